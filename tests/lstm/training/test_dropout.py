"""Dropout: which units are switched off, when, and that a resumed run draws the same."""

import numpy as np
import pytest

from lstm.training.dropout import dropout_masks

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
