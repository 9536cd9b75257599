"""Names for the arrays in type hints."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # numbers of a model, float32 or float64
Indices = NDArray[np.intp]  # characters by their place in the vocabulary
Mask = NDArray[np.bool_]
AnyArray = NDArray[Any]  # whatever a file or a training state holds
State = tuple[Array, ...]  # h, and for the LSTM C, each (B, H)
