"""The recall task asks what it says it asks."""

import numpy as np
import pytest

from lstm import LSTM, InputError
from lstm.gradients import gradient_flow
from lstm.optimisers import Adam
from lstm.recall.experiment import HIDDEN_SIZE, ROWS
from lstm.recall.task import recall, recall_size
from lstm.recall.untrained import left_at_first_symbol


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


def test_what_comes_back_before_training_is_the_share_of_the_networks_own_gradient():
    (left,) = left_at_first_symbol("LSTM, b_f = 3", 6, [4])
    net = ROWS["LSTM, b_f = 3"](9, HIDDEN_SIZE, 9, seed=4, dtype=np.float64)
    inputs = recall(np.random.default_rng([4, 1]), 1, 6).inputs[:, 0]
    norms = gradient_flow(net.cell, inputs, seed=4).dh
    assert len(norms) == 8 and left == norms[0] / norms[-1] and 0.01 < left < 10
    median = {row: np.median(left_at_first_symbol(row, 50, range(21))) for row in ROWS}
    assert 5e-4 < median["LSTM, b_f = 1"] < 5e-3 and 0.3 < median["LSTM, b_f = 3"] < 1.5
    assert 1e-4 < median["RNN"] < 1e-3 and median["GRU"] < 1e-7 < 0.05 < median["GRU, b_z = 3"]
