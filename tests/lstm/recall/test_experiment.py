"""Training on the recall task: its gradient, its schedule, when it stops, and that it repeats itself."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from lstm import LSTM, RNN, InputError
from lstm.network import NETWORKS
from lstm.recall.experiment import (
    ENOUGH,
    ROWS,
    curriculum,
    recall_accuracy,
    recall_gradients,
    recall_network,
    train_recall,
)
from lstm.recall.task import recall, recall_size


def reports(net, *arguments, **settings):
    """All reports of a run without their seconds, which never repeat."""
    return [replace(p, seconds=0.0) for p in train_recall(net, *arguments, **settings)]


@pytest.fixture
def batch(rng):
    return recall(rng, 3, 4, symbols=4)


@pytest.mark.parametrize("layers", [1, 2])
def test_the_gradient_is_that_of_the_network(kind, batch, layers):
    net = NETWORKS[kind](5, 7, 5, seed=1, dtype=np.float64, layers=layers)
    loss = net.forward(*batch)
    net.backward(clip=None)
    expected = net.gradients.flat.copy()
    net.gradients.flat[:] = np.nan
    assert recall_gradients(net, batch) == pytest.approx(loss, rel=1e-12)
    np.testing.assert_allclose(net.gradients.flat, expected, rtol=1e-10, atol=1e-14)


def test_the_gradient_is_the_slope_of_the_loss(make, batch):
    net = make(5, 3, 5)
    recall_gradients(net, batch)
    gradient, weights, step = net.gradients.flat.copy(), net.weights.flat, 1e-6
    for k in range(len(weights)):
        was = weights[k]
        weights[k] = was + step
        above = net.forward(*batch)
        weights[k] = was - step
        below = net.forward(*batch)
        weights[k] = was
        assert gradient[k] == pytest.approx((above - below) / (2 * step), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("row", ROWS)
def test_the_same_seed_gives_the_same_run_to_the_bit(row):
    nets = [recall_network(row, 2, hidden_size=8) for _ in range(2)]
    one, two = (reports(net, 3, 25, seed=4) for net in nets)
    assert one == two
    np.testing.assert_array_equal(nets[0].weights.flat, nets[1].weights.flat)
    assert reports(recall_network(row, 2, hidden_size=8), 3, 25, seed=5) != one


def test_two_runs_side_by_side_do_not_touch_each_other():
    alone = [reports(recall_network("RNN", seed), 3, 25, seed=1) for seed in (1, 2)]
    runs = [train_recall(recall_network("RNN", seed), 3, 25, seed=1) for seed in (1, 2)]
    together = list(zip(*runs, strict=True))
    assert [[replace(p, seconds=0.0) for p in run] for run in zip(*together, strict=True)] == [
        *map(list, alone)
    ]


def test_a_stopped_run_has_made_the_updates_it_reported():
    stopped, whole = recall_network("GRU", 1), recall_network("GRU", 1)
    run = train_recall(stopped, 3, seed=1)
    assert [p.step for p in islice(run, 7)] == [*range(1, 8)]
    run.close()
    assert len(reports(whole, 3, 7, seed=1)) == 7
    np.testing.assert_array_equal(stopped.weights.flat, whole.weights.flat)


@pytest.mark.parametrize("row", ROWS)
def test_every_network_learns_a_gap_of_five_and_stops_when_it_recalls(row):
    net = recall_network(row, 1)
    run = reports(net, 5, 500, seed=1)
    measured = [p.accuracy for p in run if p.accuracy is not None]
    assert [p.step for p in run if p.accuracy is not None] == [*range(20, len(run) + 1, 20)]
    assert len(run) < 500 and min(measured[-2:]) >= ENOUGH
    assert not any(min(pair) >= ENOUGH for pair in zip(measured, measured[1:-1], strict=False))
    assert recall_accuracy(net, 5, 1) > 0.97
    assert run[0].loss == pytest.approx(np.log(9), abs=1) and run[-1].loss < 0.2


def test_an_untrained_network_is_at_chance_and_judging_changes_nothing():
    net = recall_network("LSTM, b_f = 1", 3)
    before = net.weights.flat.copy()
    accuracy = recall_accuracy(net, 20, 1)
    assert abs(accuracy - 1 / 8) < 0.06
    assert accuracy == recall_accuracy(net, 20, 1) != recall_accuracy(net, 20, 2)
    np.testing.assert_array_equal(net.weights.flat, before)
    assert recall_accuracy(net, 5, 1, count=300) * 300 == pytest.approx(
        round(recall_accuracy(net, 5, 1, count=300) * 300)
    )


def test_one_update_is_one_step_of_adam_with_the_norm_clipped(rng):
    """The first step of Adam is ± the rate wherever the gradient is not tiny."""
    net = recall_network("LSTM, b_f = 3", 1)
    before = net.weights.flat.copy()
    (report,) = reports(net, 4, 1, seed=1, learning_rate=0.01, clip_norm=1e-2)
    assert report.gradient_norm > 1e-2, "measured before clipping"
    assert np.linalg.norm(net.gradients.flat) == pytest.approx(1e-2, rel=1e-5)
    assert np.abs(net.weights.flat - before).max() == pytest.approx(0.01, rel=1e-3)


# -- the schedule --


def test_the_curriculum_grows_evenly_and_stays_at_the_end():
    schedule = curriculum(5, 100, 1_000)
    gaps = [schedule(step) for step in range(1, 2_001)]
    assert gaps[0] == 5 and gaps[999:] == [100] * 1_001 and max(gaps[:990]) < 100
    assert set(np.diff(gaps)) == {0, 1} and gaps[500] == pytest.approx(52.5, abs=1)


def test_training_follows_its_schedule_and_does_not_stop_on_the_way():
    run = reports(recall_network("RNN", 1), curriculum(2, 4, 200), 400, seed=1, measure_every=10)
    assert [p.gap for p in run] == [curriculum(2, 4, 200)(p.step) for p in run]
    early = [p.accuracy for p in run if p.accuracy is not None and p.gap < 4]
    assert early[-1] > ENOUGH and early[-2] > ENOUGH, "it recalled before the last gap"
    assert 150 < len(run) < 400


# -- rows and bad arguments --


def test_rows_are_the_networks_they_are_called_after():
    for row in ROWS:
        net = recall_network(row, 1)
        assert row.startswith(type(net).__name__) and net.hidden_size == 32 and net.input_size == 9
        bias = getattr(net, {"LSTM": "bf", "GRU": "bz", "RNN": "bh"}[type(net).__name__])
        assert (bias == (int(row[-1]) if row[-1].isdigit() else 0)).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"gap": -1}, {"gap": 2.5}, {"gap": True}, {"steps": 0}, {"batch_size": 0}, {"measure_every": 0},
        {"test_size": 0}, {"learning_rate": 0}, {"learning_rate": np.nan}, {"learning_rate": "fast"},
        {"clip_norm": 0}, {"clip_norm": None}, {"symbols": 1}, {"symbols": 5}, {"seed": -1}, {"seed": None},
    ],
)  # fmt: skip
def test_impossible_settings_are_input_errors_before_the_first_update(wrong):
    net = recall_network("RNN", 1)
    before = net.weights.flat.copy()
    with pytest.raises(InputError):
        train_recall(net, **{"gap": 5, "seed": 1} | wrong)
    np.testing.assert_array_equal(net.weights.flat, before)


@pytest.mark.parametrize("wrong", [{"gap": -1}, {"count": 0}, {"seed": -1}, {"symbols": 3}])
def test_impossible_judgements_are_input_errors(wrong):
    with pytest.raises(InputError):
        recall_accuracy(recall_network("RNN", 1), **{"gap": 5, "seed": 1} | wrong)


@pytest.mark.parametrize("wrong", [{"first": -1}, {"last": 1.5}, {"updates": 1}])
def test_impossible_curricula_are_input_errors(wrong):
    with pytest.raises(InputError):
        curriculum(**wrong)


def test_what_does_not_fit_the_task_is_an_input_error():
    with pytest.raises(InputError, match="no network"):
        recall_network("Transformer", 1)
    for net in (RNN(9, 4, 8), LSTM(8, 4, 9)):
        with pytest.raises(InputError, match="9 inputs and outputs"):
            train_recall(net, 5)
    assert len(reports(RNN(recall_size(2), 4, recall_size(2), seed=1), 1, 3, symbols=2)) == 3
