"""How long a gate lets a unit keep what it holds."""

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array


def half_lives(gate: ArrayLike) -> Array:
    """Return after how many steps half is left, for each unit: (T, H) to (H,); infinite where all is kept.

    Over T steps a state is multiplied by the product of its forget gate, so by its geometric mean a step:
    the half-life is ln ½ over the mean of ln f.  A gate that is 0 once has lost everything: its half-life is
    0.
    """
    values = np.asarray(gate, np.float64)
    with np.errstate(divide="ignore"):
        lives: Array = np.log(0.5) / np.log(values).mean(axis=0)
    return np.abs(lives)  # never −0
