"""Long texts in a picture of bounded size: windows of equally many steps, and what is drawn of each.

A notebook refuses a chart of more than 5,000 rows, and a screen has no more than some thousand columns.
"""

import numpy as np
import pandas as pd

MOST_ROWS = 4_500  # of a frame that is drawn row by row; Altair refuses 5,001
COUNT = 500  # windows that a longer text is cut into


def window_starts(steps: int, most: int) -> np.ndarray:
    """First steps (from 0) of at most so many windows; all have one length, the last one may be shorter."""
    return np.arange(0, steps, -(-steps // most))


def window_means(values: np.ndarray, most: int, axis: int = 0) -> np.ndarray:
    """Means over at most so many windows along an axis; the values themselves if there are no more."""
    starts = window_starts(values.shape[axis], most)
    lengths = np.diff(starts, append=values.shape[axis])
    shape = [1] * values.ndim
    shape[axis] = len(starts)
    return np.add.reduceat(values, starts, axis=axis) / lengths.reshape(shape)


def over_windows(means: np.ndarray, symbol: str) -> pd.DataFrame:
    """Mean, lowest and highest of a line (T,) in each window.

    Columns: step (the middle of the window), from, to, symbol, mean, low, high.
    """
    starts = window_starts(len(means), COUNT)
    ends = np.append(starts[1:], len(means))
    return pd.DataFrame(
        {
            "step": (starts + 1 + ends) / 2,
            "from": starts + 1,
            "to": ends,
            "symbol": symbol,
            "mean": np.add.reduceat(means, starts) / (ends - starts),
            "low": np.minimum.reduceat(means, starts),
            "high": np.maximum.reduceat(means, starts),
        }
    )


def same_line(values: np.ndarray, most: int) -> np.ndarray:
    """Places of at most so many points (4 or more) whose line looks like the line through all of values (T,).

    Of each window the first, the last, the lowest and the highest, as in M4 (Jugel et al. 2014).
    """
    if len(values) <= most:
        return np.arange(len(values))
    starts = window_starts(len(values), most // 4)
    ends = np.append(starts[1:], len(values))
    windows = [(start, values[start:end]) for start, end in zip(starts, ends, strict=True)]
    extremes = [start + place for start, part in windows for place in (part.argmin(), part.argmax())]
    return np.unique(np.concatenate([starts, ends - 1, extremes]))
