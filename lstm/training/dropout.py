"""Dropout: units switched off at random while training, so that none can rely on another.

Srivastava et al. 2014; only on the way up, to the next layer and to the readout: along time the same
memory would be hit at every step (Zaremba et al. 2014).
"""

import math
from typing import Any

import numpy as np

from lstm.arrays import Array

_DRAWS = 2**16  # as many as 16 random bits tell apart


def dropout_masks(
    share: float, shape: tuple[int, ...], layers: int, seed: int, step: int, dtype: np.dtype[Any]
) -> tuple[Array, ...]:
    """Return factors for each layer's outputs, each of `shape`: 0 for a share of them, else 1 / (1 − share).

    So the expected output stays as it is, and a network that is used has to change nothing.  They depend
    on seed and step alone, so a resumed run draws what an uninterrupted one does.
    """
    random = np.random.PCG64([seed, step, 1])  # not [seed, epoch], which cuts the text
    dropped = min(_DRAWS - 1, round(share * _DRAWS))
    factor = dtype.type(_DRAWS / (_DRAWS - dropped))
    size = layers * math.prod(shape)
    # Raw words of 64 bits, each cut into four draws: five times as fast as asking for bytes.
    draws = random.random_raw(-(-size // 4)).view(np.uint16)[:size]
    return tuple((draws >= dropped).reshape(layers, *shape) * factor)
