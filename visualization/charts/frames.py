"""From arrays to tidy frames: one row a mark, one column a meaning."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lstm.errors import InputError
from visualization.text import visible


def as_numbers(values: ArrayLike, name: str = "values") -> np.ndarray:
    """Values as an array of float64: arrays, tensors (with a gradient, too), lists of them or of numbers.

    Raises InputError for what is no array of numbers, lists of unequal lengths included.
    """
    if isinstance(values, list | tuple):
        values = [_detached(value) for value in values]
    try:
        return np.asarray(_detached(values), float)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{name} must be numbers in an array, or a list of arrays of one length, one for each step."
        ) from error


def _detached(values: ArrayLike) -> ArrayLike:
    """A tensor that records gradients as one that NumPy may read; everything else as it is."""
    return values.detach().cpu() if hasattr(values, "detach") else values


def steps_by_unit(values: ArrayLike, name: str = "values") -> np.ndarray:
    """Values of one sequence as (T, H): (T,), (T, H), (T, 1, H) and a list of columns (H, 1) are read.

    Raises InputError for anything else; `name` is what the sentence is about.
    """
    array = as_numbers(values, name)
    if array.ndim == 1:
        array = array[:, None]
    if array.ndim == 3 and 1 in array.shape[1:]:
        array = array.reshape(len(array), -1)
    if array.ndim == 3:
        raise InputError(
            f"{name} has the shape {array.shape}, several sequences; show one of them, (T, H): values[:, 0]."
        )
    if array.ndim != 2 or 0 in array.shape:
        raise InputError(f"{name} must be (T, H), T steps of H units, not {array.shape}.")
    return array


def steps_of_text(values: ArrayLike, text: Sequence[str], name: str) -> np.ndarray:
    """Values as (T, H), one step for each character.  Raises InputError if they do not match."""
    units = steps_by_unit(values, name)
    if len(units) != len(text):
        transposed = "; it seems to be transposed: pass values.T" if units.shape[1] == len(text) else ""
        raise InputError(f"{name} has {len(units)} steps and the text {len(text)} characters{transposed}.")
    return units


def over_time(values: Mapping[str, np.ndarray], text: Sequence[str]) -> pd.DataFrame:
    """Mean and quartiles over the units at each step: columns step, character, symbol, mean, low, high;
    one row a step and symbol.  Between low and high lies the middle half of the units.
    values: (T, H) each."""
    frames = [
        pd.DataFrame(
            {
                "step": np.arange(1, len(units) + 1),
                "character": [visible(char) for char in text],
                "symbol": symbol,
                "mean": units.mean(axis=1),
                "low": np.quantile(units, 0.25, axis=1),
                "high": np.quantile(units, 0.75, axis=1),
            }
        )
        for symbol, units in values.items()
    ]
    return pd.concat(frames, ignore_index=True)
