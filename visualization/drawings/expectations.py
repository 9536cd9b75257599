"""What a network expected at every character, as whole numbers for the browser, which only looks them up."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.drawings.loss_codes import packed

ROWS = 8  # characters of each place: the likeliest ones, and among them the one that came
MOST = 2**16 - 1


class Expected(NamedTuple):
    """Of each character of a text, L of them, what the network expected there.

    before, after (L, V): probabilities as the network gives them, and as they are drawn from; came (L,):
    the character that came; surprise, entropy (L,): in bits, of `before`.
    """

    before: NDArray
    after: NDArray
    came: NDArray
    surprise: NDArray
    entropy: NDArray


def expectation_codes(expected: Expected) -> dict[str, str]:
    """Whole numbers of two bytes, packed: of each place its rows, then what is said of it.

    index (L, ROWS), before and after (L, ROWS) in hundredths of a per cent; surprise and entropy (L,) in
    hundredths of a bit; among (L,), two to the entropy, in tenths: as unsure as among so many equally
    likely ones; rank (L,): 1 if the likeliest came.
    """
    before, came = expected.before, expected.came
    rows = likeliest_rows(before, came)
    chosen = np.take_along_axis(before, came[:, None], axis=1)
    columns = {
        "index": rows,
        "before": 10_000 * np.take_along_axis(before, rows, axis=1),
        "after": 10_000 * np.take_along_axis(expected.after, rows, axis=1),
        "surprise": 100 * expected.surprise,
        "entropy": 100 * expected.entropy,
        "among": 10 * 2**expected.entropy,
        "rank": 1 + (before > chosen).sum(axis=1),
    }
    return {name: packed(np.rint(np.minimum(column, MOST)).astype("<u2")) for name, column in columns.items()}


def likeliest_rows(probabilities: NDArray, came: NDArray) -> NDArray:
    """The likeliest characters of each place, (L, up to ROWS); where the one that came is not among them, it
    stands in the last row."""
    rows = np.argsort(-probabilities, axis=1, kind="stable")[:, :ROWS]
    missing = ~(rows == came[:, None]).any(axis=1)
    rows[missing, -1] = came[missing]
    return rows


def tints(values: ArrayLike, high: float) -> str:
    """How strongly each character is coloured, in hundredths of the way from 0 to `high`; values (L,)."""
    share = np.clip(np.asarray(values, float) / high, 0, 1)
    return packed(np.rint(100 * share).astype("<i2"))
