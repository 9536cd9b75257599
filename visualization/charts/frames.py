"""From arrays to tidy frames: one row a mark, one column a meaning."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.text import visible


def steps_by_unit(values: ArrayLike) -> np.ndarray:
    """Values of one sequence as (T, H): (T,), (T, H), (T, 1, H) and a list of columns (H, 1) are read.

    Raises ValueError for anything else.
    """
    array = np.asarray(values, float)
    if array.ndim == 1:
        array = array[:, None]
    if array.ndim == 3 and 1 in array.shape[1:]:
        array = array.reshape(len(array), -1)
    if array.ndim != 2:
        raise ValueError(f"values of one sequence must be (T, H), not {array.shape}")
    return array


def over_time(values: Mapping[str, ArrayLike], text: Sequence[str]) -> pd.DataFrame:
    """Mean and quartiles over the units at each step: columns step, character, symbol, mean, low, high;
    one row a step and symbol.  Between low and high lies the middle half of the units."""
    frames = []
    for symbol, array in values.items():
        units = steps_by_unit(array)  # (T, H)
        if len(units) != len(text):
            raise ValueError(f"{symbol} has {len(units)} steps and the text {len(text)} characters")
        frames.append(
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
        )
    return pd.concat(frames, ignore_index=True)
