"""What a prediction without any network achieves: to be computed before a network is trained."""

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.series.regression import mean_squared_error


def mean_loss(targets: Array) -> float:
    """Return the loss of always predicting the mean of these targets: their variance."""
    return mean_squared_error(np.full(targets.shape, np.nanmean(targets)), targets)


def constant_loss(value: float, targets: Array) -> float:
    """Return the loss of always predicting this value."""
    return mean_squared_error(np.full(targets.shape, value), targets)


def last_value_loss(inputs: Array, targets: Array) -> float:
    """Return the loss of predicting that the last value comes again; inputs (T, B, D), the first counts."""
    return mean_squared_error(inputs[..., 0], targets)


def linear_weights(inputs: Array, targets: Array, count: int) -> Array:
    """Fit a weighted sum of the last `count` values and a constant by least squares; (count + 1,).

    Raises InputError if there are fewer steps than that.
    """
    rows, answers = _windows(inputs, targets, count)
    if len(rows) <= count:
        raise InputError(f"To fit {count} weights takes more than {count} steps.")
    weights: Array = np.linalg.lstsq(rows, answers, rcond=None)[0]
    return weights


def linear_loss(weights: Array, inputs: Array, targets: Array) -> float:
    """Return the loss of such a sum on other steps, those that have enough values before them."""
    rows, answers = _windows(inputs, targets, len(weights) - 1)
    return mean_squared_error(rows @ weights, answers)


def _windows(inputs: Array, targets: Array, count: int) -> tuple[Array, Array]:
    """Return the last `count` values before each target, with a 1 after them, and the targets."""
    values = np.lib.stride_tricks.sliding_window_view(
        inputs[..., 0], count, axis=0
    )  # (T − count + 1, B, count)
    answers = targets[count - 1 :].ravel()
    rows = values.reshape(-1, count)[~np.isnan(answers)]
    return np.hstack([rows, np.ones((len(rows), 1))]), answers[~np.isnan(answers)]
