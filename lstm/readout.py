"""From logits to probabilities, a loss and its gradient."""

import numpy as np

from lstm.arrays import Array, Indices
from lstm.products import Workspace


def softmax(logits: Array) -> Array:
    """Return e^logits / Σ e^logits along the last axis, of any shape."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return probabilities


def softmax_cross_entropy(
    logits: Array, targets: Indices, space: Workspace | None = None
) -> tuple[float, Array]:
    """Return the loss −log softmax(logits)[target] and the probabilities softmax(logits), (T, B, V).

    logits (T, B, V); targets (T, B), −1 where nothing is predicted.  The loss is in nats, summed over
    steps, mean over sequences.
    """
    space = space or Workspace()
    shifted = space.empty("probabilities", logits.shape, logits.dtype)
    np.subtract(logits, logits.max(axis=-1, keepdims=True), out=shifted)
    at_target = np.take_along_axis(shifted, targets[..., None], axis=-1)  # (T, B, 1)
    exponentials = np.exp(shifted, out=shifted)
    sums = exponentials.sum(axis=-1, keepdims=True)
    losses = (np.log(sums) - at_target)[..., 0]  # (T, B)
    probabilities = np.divide(exponentials, sums, out=exponentials)
    return float(losses.sum(dtype=np.float64, where=targets >= 0) / targets.shape[1]), probabilities


def softmax_minus_one_hot(probabilities: Array, targets: Indices, space: Workspace) -> Array:
    """Return the gradient of the loss at the logits, (T, B, V)."""
    d_logits = space.empty("d_logits", probabilities.shape, probabilities.dtype)
    np.multiply(probabilities, 1 / targets.shape[1], out=d_logits)
    T, B = targets.shape
    d_logits[np.arange(T)[:, None], np.arange(B), targets] -= 1 / B
    d_logits[targets < 0] = 0
    return d_logits
