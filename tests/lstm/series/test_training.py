"""Training on series: repeatable, carried on, and the gradient reaches back over one sequence only."""

import numpy as np
import pytest

from lstm import InputError
from lstm.series.regression import regression_gradients
from lstm.series.run import LEARNED, SeriesRun, test_chunks
from lstm.series.streams import Chunk, stream
from lstm.series.training import predict_chunks, series_network, test_loss, train_series

test_chunks.__test__ = test_loss.__test__ = False  # functions of the library, no tests


def reports(length, updates=6, task="spike", seed=1):
    net = series_network("lstm", 2, 4, 3, seed)
    return net, [
        (p.update, p.steps, p.loss) for p in train_series(net, stream(task, seed, 3), length, updates)
    ]


def test_the_same_seed_gives_the_same_numbers():
    (one, first), (other, second) = reports(50), reports(50)
    assert first == second
    np.testing.assert_array_equal(one.weights.flat, other.weights.flat)
    assert first != reports(50, seed=2)[1]


def test_a_sequence_without_a_question_gives_no_update():
    _, adding = reports(25, 3, "adding")
    assert [(update, steps) for update, steps, _ in adding] == [(1, 100), (2, 200), (3, 300)]


def test_the_state_is_carried_on_and_a_new_problem_begins_with_zero():
    net = series_network("gru", 1, 3, 2, 1)
    parts = [np.random.default_rng(k).normal(size=(4, 2, 1)) for k in range(3)]
    chunks = [Chunk(part, part[..., 0], k != 1) for k, part in enumerate(parts)]
    predictions = predict_chunks(net, chunks)
    whole = net.run(np.concatenate(parts[:2]).astype(np.float32)).logits[..., 0]
    np.testing.assert_allclose(predictions[:8], whole, atol=1e-6)
    np.testing.assert_allclose(
        predictions[8:], net.run(parts[2].astype(np.float32)).logits[..., 0], atol=1e-6
    )
    assert test_loss(net, chunks) == pytest.approx(
        np.mean((predictions - np.concatenate(parts)[..., 0]) ** 2)
    )


def test_an_error_reaches_a_spike_in_its_own_sequence_only():
    """The gradient at the input of a spike, with the question in the same sequence and in the next."""
    net = series_network("lstm", 2, 4, 5, 1)
    inputs, targets = np.zeros((110, 1, 2)), np.full((110, 1), np.nan)
    inputs[3, 0], targets[103, 0] = (1, 1), 1
    whole = regression_gradients(net, inputs, targets, net.zero_state(1))
    assert whole.loss > 0
    # The column of the mark in W: no other step has one.
    assert np.abs(net.Wc[:, -1]).sum() > 0 and np.abs(net.gradients["Wc"][:, -1]).sum() > 0
    first = regression_gradients(net, inputs[:50], targets[:50], net.zero_state(1))
    assert not net.gradients.flat.any()  # nothing is asked there
    second = regression_gradients(net, inputs[50:], targets[50:], first.state)
    assert second.loss == pytest.approx(whole.loss, rel=1e-4)  # the state was carried on
    assert net.gradients.flat.any() and not net.gradients["Wc"][:, -1].any()


def test_biases_begin_as_chosen():
    lstm, gru = series_network("lstm", 2, 4, 5, 1), series_network("gru", 2, 4, 5, 1)
    assert set(lstm.bf) == {5} and set(lstm.bi) == {-5} and set(gru.bz) == {5}
    assert series_network("rnn", 2, 4, 5, 1).kind == "rnn"
    with pytest.raises(InputError, match="no cell 'cnn'"):
        series_network("cnn", 2, 4, 5, 1)


def test_impossible_arguments_are_refused_before_the_first_update():
    net = series_network("lstm", 1, 4, 1, 1)
    with pytest.raises(InputError, match="2 inputs"):
        train_series(net, stream("spike", 1, 2), 10, 10)
    with pytest.raises(InputError, match="seq_length"):
        train_series(net, stream("sine", 1, 2), 0, 10)


def test_a_run_in_slices_is_the_run_in_one_go():
    one, other = (SeriesRun("sine", "lstm", 1, 5, 45, 1) for _ in range(2))
    first = one.advance(100, np.inf)
    losses, tests = [], []
    while not other.finished:
        news = other.advance(other.step + 7, np.inf)
        losses += news.losses
        tests += news.tests
    assert losses == first.losses and tests == first.tests
    assert [step for step, _ in tests] == [20, 40, 45] and one.finished


@pytest.mark.slow
def test_a_short_sequence_teaches_nothing_and_a_long_one_does():
    shares = {}
    for length in (50, 150):
        run = SeriesRun("spike", "lstm", 5, length, 600, 1)
        run.advance(600, np.inf)
        shares[length] = run.test_share
    assert shares[50] > 0.9 and shares[150] < LEARNED["spike"]
