"""The norm of a gradient; what clipping does with it is in `test_training`."""

import numpy as np
import pytest

from lstm.training.clipping import length


def test_a_norm_is_right_where_its_square_outgrows_float32():
    vector = np.array([3e25, -4e25, 0.0], np.float32)
    assert length(vector) == pytest.approx(5e25, rel=1e-6)
    assert length(np.array([3.0, 4.0], np.float32)) == 5
    assert length(np.zeros(3, np.float32)) == 0
    assert length(np.array([1.0, np.inf], np.float32)) == np.inf
    assert np.isnan(length(np.array([1.0, np.nan], np.float32)))
