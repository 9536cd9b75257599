"""Surprise and entropy in bits."""

import numpy as np
import pytest

from lstm import LSTM, Vocabulary
from lstm.textstats.surprise import entropy, surprise
from lstm.training import evaluate


def test_a_bit_is_a_factor_of_two():
    p = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])
    np.testing.assert_array_equal(surprise(p, [1, 0]), [2, 0])
    np.testing.assert_array_equal(entropy(p), [1.5, 0])


def test_what_was_impossible_surprises_without_end_and_nothing_is_minus_zero():
    assert surprise([1.0, 0.0], 1) == np.inf
    assert not np.signbit(surprise([1.0, 0.0], 0)) and not np.signbit(entropy([1.0, 0.0]))


@pytest.mark.parametrize("size", [1, 2, 64])
def test_who_has_no_idea_is_surprised_by_the_logarithm_of_how_many_there_are(size):
    even = np.full(size, 1 / size)
    assert entropy(even) == pytest.approx(np.log2(size)) == surprise(even, 0)


def test_the_mean_surprise_is_the_loss_in_bits():
    text = "a fox and a hen, " * 10
    vocabulary = Vocabulary.from_text(text)
    net = LSTM(len(vocabulary), 8, len(vocabulary), seed=1, dtype=np.float64)
    ids = vocabulary.encode(text)
    bits = surprise(net.run(ids[:-1]).probabilities[:, 0], ids[1:]).mean()
    assert bits * np.log(2) == pytest.approx(evaluate(net, ids))
