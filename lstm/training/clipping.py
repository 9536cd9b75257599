"""Gradients that are too long are cut, so that one odd batch can't throw the network away."""

import numpy as np

from lstm.arrays import Array


def clip(gradients: Array, largest_norm: float | None, largest_value: float | None) -> float:
    """Scale a gradient down to a norm, then limit each number of it, in place; None does not.

    Returns the norm before that.
    """
    norm = length(gradients)
    if largest_norm is not None and norm > largest_norm:
        gradients *= largest_norm / norm
    if largest_value is not None:
        np.clip(gradients, -largest_value, largest_value, out=gradients)
    return norm


def length(vector: Array) -> float:
    """Return the Euclidean norm, also where the squares outgrow float32 although the numbers don't."""
    with np.errstate(over="ignore"):
        norm = float(np.sqrt(vector @ vector))
    largest = float(np.abs(vector).max()) if norm == np.inf else 0.0
    if not 0 < largest < np.inf:
        return norm
    shrunk = vector.astype(np.float64) / largest
    return largest * float(np.sqrt(shrunk @ shrunk))
