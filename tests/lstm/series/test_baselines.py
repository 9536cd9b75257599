"""Predictions without a network."""

import numpy as np
import pytest

from lstm import InputError
from lstm.series.baselines import last_value_loss, linear_loss, linear_weights, mean_loss
from lstm.series.streams import PERIOD, SINE_NOISE, stream


def test_the_mean_has_the_variance_and_the_last_value_the_mean_squared_change():
    values = np.array([1.0, 3.0, 2.0, 6.0])[:, None]
    assert mean_loss(values[1:]) == pytest.approx(np.var([3, 2, 6]))
    assert last_value_loss(values[:-1, :, None], values[1:]) == pytest.approx((4 + 1 + 16) / 3)
    assert mean_loss(np.array([[1.0, np.nan], [3.0, np.nan]])) == 1.0


def test_on_a_sine_they_are_what_they_are_on_paper():
    inputs, targets, _ = stream("sine", 1, 50).take(1000)
    noise = SINE_NOISE**2
    assert mean_loss(targets) == pytest.approx(0.5 + noise, rel=0.02)
    change = 1 - np.cos(2 * np.pi / PERIOD)  # the mean of (sin(a + d) − sin a)²
    assert last_value_loss(inputs, targets) == pytest.approx(2 * noise + change, rel=0.02)


def test_a_weighted_sum_finds_the_rule_of_a_pure_sine():
    """sin(a + d) = 2 cos d · sin a − sin(a − d)."""
    values = np.sin(0.3 * np.arange(100))[:, None]
    weights = linear_weights(values[:-1, :, None], values[1:], 2)
    np.testing.assert_allclose(weights, [-1, 2 * np.cos(0.3), 0], atol=1e-9)
    assert linear_loss(weights, values[:-1, :, None], values[1:]) < 1e-20


def test_too_few_steps_are_refused():
    with pytest.raises(InputError, match="10 weights"):
        linear_weights(np.zeros((12, 1, 1)), np.zeros((12, 1)), 10)
