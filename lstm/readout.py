"""From logits to probabilities, a loss and its gradient."""

import numpy as np
from numpy.typing import NDArray

from lstm.products import Workspace


def softmax(logits: NDArray) -> NDArray:
    """e^logits / Σ e^logits along the last axis, of any shape."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def cross_entropy(logits: NDArray, targets: NDArray) -> float:
    """−log softmax(logits)[target], summed over steps, mean over sequences; logits become softmax.

    logits (T, B, V); targets (T, B), −1 where nothing is asked.
    """
    logits -= logits.max(axis=-1, keepdims=True)
    at_target = np.take_along_axis(logits, targets[..., None], axis=-1)
    np.exp(logits, out=logits)
    sums = logits.sum(axis=-1, keepdims=True)
    logits /= sums
    losses = (np.log(sums) - at_target)[..., 0]  # (T, B)
    return float(losses.sum(dtype=np.float64, where=targets >= 0) / targets.shape[1])


def softmax_minus_one_hot(probabilities: NDArray, targets: NDArray, space: Workspace) -> NDArray:
    """The gradient of the loss at the logits, (T, B, V)."""
    d_logits = space.empty("d_logits", probabilities.shape, probabilities.dtype)
    np.multiply(probabilities, 1 / targets.shape[1], out=d_logits)
    steps, sequences = np.indices(targets.shape, sparse=True)
    d_logits[steps, sequences, targets] -= 1 / targets.shape[1]
    d_logits[targets < 0] = 0
    return d_logits
