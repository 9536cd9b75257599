"""How surprised a network is, in bits: by a character, and how unsure it was before.

A bit is a factor of two: what had a probability of ½ surprises by 1 bit, of ¼ by 2 (Shannon 1948).  The
loss is the mean surprise in nats; divided by ln 2 it is in bits.
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array


def surprise(probabilities: ArrayLike, character: ArrayLike) -> Array:
    """Return −log₂ of a character's probability: probabilities (…, V), character (…) indices; bits (…)."""
    character = np.asarray(character)[..., None]
    chosen = np.take_along_axis(np.asarray(probabilities, np.float64), character, axis=-1)[..., 0]
    with np.errstate(divide="ignore"):  # probability 0: an infinite surprise
        bits: Array = -np.log2(chosen) + 0.0  # never −0
    return bits


def entropy(probabilities: ArrayLike) -> Array:
    """Return the mean surprise to be expected, bits from 0 (certain) to log₂ V (no idea); (…, V) to (…)."""
    p = np.asarray(probabilities, np.float64)
    bits: Array = -(p * np.log2(np.where(p > 0, p, 1))).sum(axis=-1) + 0.0
    return bits
