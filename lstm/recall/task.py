"""Tasks with a known answer, to measure what a network can hold."""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Indices
from lstm.errors import InputError


class Recall(NamedTuple):
    """A batch of the recall task: inputs and targets (T, B); only the last target is asked."""

    inputs: Indices
    targets: Indices


def recall(
    rng: np.random.Generator, batch_size: int, gap: int, symbols: int = 8, other_noise: bool = False
) -> Recall:
    """Draw a batch: name the first symbol after `gap` symbols of noise.

    After Hochreiter & Schmidhuber 1997, task 2.
    T = gap + 2: the symbol, the noise, and a question mark, which has index `symbols`.  The noise
    is drawn from the same symbols, or with `other_noise` from as many others (from symbols + 1 on).
    Targets are −1, not asked, except at the question.
    A network for it has `recall_size(...)` inputs and outputs.  Chance is 1 / symbols.
    """
    if gap < 0 or symbols < 2 or batch_size < 1:
        raise InputError("Recall needs at least 2 symbols, a gap of at least 0 and a batch of at least 1.")
    inputs = rng.integers(0, symbols, (gap + 2, batch_size))
    if other_noise:
        inputs[1:-1] += symbols + 1
    inputs[-1] = symbols
    targets = np.full_like(inputs, -1)
    targets[-1] = inputs[0]
    return Recall(inputs, targets)


def recall_size(symbols: int = 8, other_noise: bool = False) -> int:
    """Return how many different inputs the recall task has."""
    return 2 * symbols + 1 if other_noise else symbols + 1
