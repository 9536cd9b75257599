"""Losses by counting: cases that can be done by hand, and their place beside a network's."""

import math

import pytest

from lstm.errors import InputError
from lstm.textstats.ngram_entropy import counted_loss


def test_losses_by_hand():
    assert counted_loss("abab") == pytest.approx(math.log(2))
    assert counted_loss("aaab") == pytest.approx(-0.75 * math.log(0.75) - 0.25 * math.log(0.25))
    assert counted_loss("aaaa") == pytest.approx(0)
    # After a comes b and after b comes a: nothing is left to guess.
    assert counted_loss("ababa", 1) == pytest.approx(0)
    # After a come b, c, b, c, evenly; after b and c comes a.
    assert counted_loss("abacabaca", 1) == pytest.approx(0.5 * math.log(2))
    assert counted_loss("abacabaca", 2) < counted_loss("abacabaca", 1)


def test_it_is_the_loss_of_the_best_guess_from_the_characters_before():
    text = "the fox and the hen and the ox"
    for before in (0, 1, 2, 3):
        pieces = [text[k : k + before + 1] for k in range(len(text) - before)]
        costs = [-math.log(pieces.count(p) / sum(q[:-1] == p[:-1] for q in pieces)) for p in pieces]
        assert counted_loss(text, before) == pytest.approx(sum(costs) / len(costs))


def test_a_text_that_is_too_short_is_refused():
    for text, before in (("", 0), ("ab", 2), ("ab", -1)):
        with pytest.raises(InputError):
            counted_loss(text, before)
