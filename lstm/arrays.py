"""Names for the arrays in type hints, and an array of what a person passes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm.errors import InputError

Array = NDArray[np.floating[Any]]  # numbers of a model, float32 or float64
Indices = NDArray[np.intp]  # characters by their place in the vocabulary
Mask = NDArray[np.bool_]
AnyArray = NDArray[Any]  # whatever a file or a training state holds
State = tuple[Array, ...]  # h, and for the LSTM C, each (B, H)


def as_array(values: ArrayLike, what: str) -> AnyArray:
    """Return values as an array.  Raises InputError for rows of different lengths; what: their name."""
    try:
        return np.asarray(values)
    except ValueError as error:
        raise InputError(f"{what} have rows of different lengths; make them equally long.") from error
