"""The recall task asks what it says it asks."""

import numpy as np
import pytest

from lstm import LSTM, InputError
from lstm.optimisers import Adam
from lstm.recall.task import recall, recall_size


@pytest.mark.parametrize("other_noise", [False, True])
@pytest.mark.parametrize("gap", [0, 1, 7])
def test_only_the_question_is_asked_and_its_answer_is_the_first_symbol(rng, gap, other_noise):
    inputs, targets = recall(rng, 50, gap, symbols=4, other_noise=other_noise)
    assert inputs.shape == targets.shape == (gap + 2, 50)
    assert (targets[:-1] == -1).all()
    np.testing.assert_array_equal(targets[-1], inputs[0])
    assert (inputs[-1] == 4).all()
    assert inputs.min() >= 0 and inputs.max() < recall_size(4, other_noise)


def test_noise_comes_from_the_same_symbols_or_from_others(rng):
    assert set(recall(rng, 500, 3, symbols=4).inputs[1:-1].ravel()) == {0, 1, 2, 3}
    assert set(recall(rng, 500, 3, symbols=4, other_noise=True).inputs[1:-1].ravel()) == {5, 6, 7, 8}


def test_every_symbol_is_asked_about_equally_often(rng):
    counts = np.bincount(recall(rng, 8000, 2).targets[-1], minlength=8)
    assert counts.sum() == 8000 and (abs(counts - 1000) < 150).all()


def test_sizes_are_those_of_the_network():
    assert recall_size() == 9 and recall_size(8, other_noise=True) == 17


def test_the_same_generator_gives_the_same_batch():
    one, two = (recall(np.random.default_rng(3), 5, 4) for _ in range(2))
    np.testing.assert_array_equal(one.inputs, two.inputs)


@pytest.mark.parametrize("wrong", [{"gap": -1}, {"symbols": 1}, {"batch_size": 0}])
def test_impossible_tasks_are_input_errors(rng, wrong):
    with pytest.raises(InputError):
        recall(rng, **{"batch_size": 4, "gap": 3} | wrong)


def test_an_lstm_learns_to_recall_over_five_steps(rng):
    net = LSTM(recall_size(4), 24, recall_size(4), seed=1, forget_bias=3)
    adam = Adam(net.weights.flat.size, net.dtype)
    for _ in range(200):
        net.forward(*recall(rng, 32, 5, symbols=4))
        net.backward()
        adam.step(net.weights.flat, net.gradients.flat, 0.01)
    inputs, targets = recall(rng, 200, 5, symbols=4)
    assert (net.run(inputs).logits[-1].argmax(axis=-1) == targets[-1]).mean() > 0.95
