"""Dropout: which units are switched off, when, and that a resumed run draws the same."""

import dataclasses

import numpy as np
import pytest

from lstm import save, train
from lstm.network import NETWORKS
from lstm.storage.checkpoint import read
from lstm.training.dropout import dropout_masks
from tests.lstm.training.test_training import CHUNKS, IDS, SMALL, VOCABULARY, V

F32 = np.dtype(np.float32)
SHAPE = 50, 16, 128


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.9])
def test_a_share_is_0_and_the_mean_stays_1(share):
    (mask,) = dropout_masks(share, SHAPE, 1, seed=0, step=0, dtype=F32)
    assert mask.shape == SHAPE and mask.dtype == F32
    assert set(np.unique(mask)) == {0, mask.max()}
    assert mask.max() == pytest.approx(1 / (1 - share), rel=1e-3)
    assert (mask == 0).mean() == pytest.approx(share, abs=0.01)
    assert mask.mean(dtype=float) == pytest.approx(1, abs=0.02)


def test_every_layer_step_and_seed_has_masks_of_its_own_and_always_the_same():
    def draw(seed=0, step=0, share=0.5):
        return np.stack(dropout_masks(share, (5, 3, 7), 2, seed, step, F32))

    one, two = draw()
    assert (one != two).any()
    np.testing.assert_array_equal(draw(), draw())
    for other in (draw(seed=1), draw(step=1)):
        assert (draw() != other).mean() == pytest.approx(0.5, abs=0.15)


def test_a_mask_tells_nothing_of_its_neighbours():
    (mask,) = dropout_masks(0.5, SHAPE, 1, seed=0, step=0, dtype=F32)
    on = mask > 0
    for axis in range(3):
        neighbours = np.moveaxis(on, axis, 0)
        assert (neighbours[1:] == neighbours[:-1]).mean() == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("share", [1e-9, 1 - 1e-9])
def test_shares_at_the_ends_drop_nothing_and_nearly_all(share):
    (mask,) = dropout_masks(share, SHAPE, 1, seed=0, step=0, dtype=F32)
    assert np.isfinite(mask).all() and (share > 0.5 or (mask == 1).all())


# -- in training --


@pytest.fixture
def new(kind):
    return lambda dtype=np.float32: NETWORKS[kind](V, 12, V, seed=1, dtype=dtype)


def reports(training):
    return [(p.loss, p.gradient_norm, p.validation_loss) for p in training]


def test_dropout_changes_the_training_and_leaves_the_network_without_masks(new):
    whole, dropped = (train(new(), IDS, **SMALL, dropout=share) for share in (0, 0.5))
    for one, two in zip(whole, dropped, strict=True):
        assert one.loss != two.loss
        assert not dropped.net.dropout_masks


def test_a_step_with_dropout_uses_the_masks_of_its_number(new):
    """In double precision, by the loss: that of a network whose outputs are multiplied by hand."""
    training = train(new(np.float64), IDS, **SMALL, dropout=0.5)
    net = new(np.float64)
    inputs, targets = training.batch(0, 0)
    (mask,) = dropout_masks(0.5, (10, 4, 12), 1, seed=0, step=0, dtype=np.dtype(np.float64))
    h = net.run(inputs, net.zero_state(4)).values["h"] * mask
    logits = h @ net.Wy.T + net.by
    log_p = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    expected = -np.take_along_axis(log_p, targets[..., None], axis=-1).mean()
    assert next(training).loss == pytest.approx(expected, rel=1e-12)


def test_validation_is_measured_with_all_units(new, monkeypatch):
    measured = []
    monkeypatch.setattr(
        "lstm.training.training.evaluate", lambda net, ids: measured.append(bool(net.dropout_masks)) or 1.0
    )
    list(train(new(), IDS, **SMALL, dropout=0.5))
    assert measured == [False, False]


@pytest.mark.parametrize("stop", [1, CHUNKS + 3])
def test_with_dropout_stopped_and_resumed_is_not_stopped_at_all(new, stop, tmp_path):
    whole = train(new(), IDS, **SMALL, dropout=0.3)
    expected = reports(whole)
    stopped = train(new(), IDS, **SMALL, dropout=0.3)
    for _ in range(stop):
        next(stopped)
    save(tmp_path / "m", stopped.net, VOCABULARY, stopped)
    checkpoint = read(tmp_path / "m")
    settings = dataclasses.asdict(checkpoint.settings)
    going_on = train(checkpoint.net, IDS, resume=checkpoint.training, **settings)
    assert reports(going_on) == expected[stop:]
    assert going_on.net.weights.flat.tobytes() == whole.net.weights.flat.tobytes()


def test_each_layer_and_each_step_has_masks_of_its_own(monkeypatch):
    net = NETWORKS["lstm"](V, 6, V, seed=1, layers=2)
    masks, forward = [], type(net).forward
    monkeypatch.setattr(
        type(net), "forward", lambda self, *args: masks.append(self.dropout_masks) or forward(self, *args)
    )
    training = train(net, IDS, **SMALL, dropout=0.5, seed=3)
    for step in range(3):
        next(training)
        low, high = masks[step]
        assert low.shape == high.shape == (10, 4, 6) and (low != high).any()
        expected = dropout_masks(0.5, (10, 4, 6), 2, seed=3, step=step, dtype=F32)
        np.testing.assert_array_equal(masks[step], expected)
