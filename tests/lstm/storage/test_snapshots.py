"""Snapshots: taken at the steps asked for, kept by a checkpoint, and refused if they don't fit."""

import numpy as np
import pytest

from lstm import LSTM, InputError, Vocabulary, save
from lstm.settings import Settings
from lstm.storage.checkpoint import read
from lstm.storage.snapshots import Recorder, Snapshots, geometric_steps
from lstm.training import Training

TEXT = "a rose is a rose is a rose. " * 40
VOCABULARY = Vocabulary.from_text(TEXT)


@pytest.fixture
def recorded():
    """A short run with snapshots, and the weights that it had at each."""
    net = LSTM(len(VOCABULARY), 6, len(VOCABULARY), seed=0)
    training = Training(net, VOCABULARY.encode(TEXT), Settings(epochs=4, seq_length=10, batch_size=4))
    recorder = Recorder(training, {0, 5, training.steps}, length=20)
    weights = {0: net.weights.flat.copy()}
    recorder.take()
    for progress in training:
        recorder.take(progress.loss)
        weights[training.step] = net.weights.flat.copy()
    return net, recorder.snapshots(), weights


def test_a_snapshot_is_the_network_of_its_moment(recorded):
    net, snapshots, weights = recorded
    assert snapshots.step.tolist() == [0, 5, max(weights)]
    for moment, step in enumerate(snapshots.step):
        then = snapshots.network(net, moment)
        assert then is not net
        np.testing.assert_allclose(then.weights.flat, weights[step], rtol=1e-3, atol=1e-6)
    assert np.isnan(snapshots.loss[0]) and snapshots.loss[-1] > 0
    assert snapshots.samples.shape == (3, 20)


def test_snapshots_are_kept_by_a_checkpoint(recorded, tmp_path):
    net, snapshots, _ = recorded
    save(tmp_path / "m.npz", net, VOCABULARY, snapshots=snapshots)
    kept = read(tmp_path / "m.npz").snapshots
    for name, column in snapshots.arrays().items():
        np.testing.assert_array_equal(getattr(kept, name), column)
        assert getattr(kept, name).dtype == column.dtype


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": np.zeros((3, 7), np.float16)},
        {"samples": np.full((3, 20), 999, np.uint16)},
        {"step": np.arange(2)},
        {"loss": None},
        {"surprise": np.zeros(3)},
    ],
)
def test_snapshots_that_do_not_fit_are_refused(recorded, tmp_path, wrong):
    net, snapshots, _ = recorded

    save(tmp_path / "m.npz", net, VOCABULARY, snapshots=snapshots)
    with np.load(tmp_path / "m.npz", allow_pickle=False) as arrays:
        columns = {**arrays, **{f"snapshots/{name}": column for name, column in wrong.items()}}
    np.savez(tmp_path / "m.npz", **{name: column for name, column in columns.items() if column is not None})
    with pytest.raises(InputError):
        read(tmp_path / "m.npz")


def test_the_steps_begin_at_0_end_at_the_last_and_are_close_together_at_first():
    steps = sorted(geometric_steps(5000, 12))
    assert steps[0] == 0 and steps[-1] == 5000 and len(steps) == 12
    assert (np.diff(np.diff(steps[1:])) > 0).all()
    assert max(geometric_steps(3, 12)) == 3


def test_snapshots_need_a_row_of_everything():
    with pytest.raises(InputError):
        Snapshots(np.arange(2), np.arange(2), np.arange(2), np.zeros((3, 4)), np.zeros((2, 5)))
