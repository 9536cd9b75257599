"""Curves of gradients for the browser: hundredths of logarithms, straight from arrays.

What `visualization.charts.gradients` draws, without a table: a picture that follows a slider needs dozens.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.numbers import CEILING, FLOOR, decades, scientific

# What stands before the power of ten, for each hundredth of a logarithm: 1.0, 1.0, 1.0, …, 9.8.
MANTISSAS = [f"{10 ** (k / 100):.1f}" for k in range(100)]


class CurveCodes(NamedTuple):
    """A curve from the step with the error backwards, as far as it can be drawn.

    logs: hundredths of logarithms.  start: the first step that can be drawn, and before: what is there until
    then, as for a path by which nothing has come at first.  end: where it leaves the picture, and what is
    there; None if nowhere.
    """

    logs: list[int]
    end: dict[str, bool | str] | None
    start: int = 0
    before: str = ""


def shares_left(norms: ArrayLike, put_in: float | None = None) -> NDArray:
    """Return which share of a gradient is left, (T,), from the last step backwards; norms at t = 1..T.

    put_in: what they are shares of; by default the last norm.
    """
    array = np.asarray(norms, float)
    with np.errstate(all="ignore"):  # 0 / 0 is not a number, and is said to be none
        shares: NDArray = array[::-1] / (array[-1] if put_in is None else put_in)
    return shares


def curve_codes(shares: NDArray) -> CurveCodes:
    """Return a curve of shares, (T,), up to where it leaves 10⁻⁴⁰ … 10⁴⁰."""
    inside = (shares >= FLOOR) & (shares <= CEILING)  # what is not a number is outside
    start = int(inside.argmax())
    length = len(shares[start:]) if inside[start:].all() else int(inside[start:].argmin())
    visible = shares[start : start + length]
    logs = np.rint(100 * np.log10(visible)).astype(int).tolist()
    before = scientific(float(shares[0])) if start else ""
    if start + length == len(shares):
        return CurveCodes(logs, None, start, before)
    beyond = float(shares[start + length])
    return CurveCodes(logs, {"up": beyond > CEILING, "says": scientific(beyond)}, start, before)


def axis_ends(shares: Iterable[NDArray]) -> tuple[int, int]:
    """Return the powers of ten between which all these curves have room."""
    return decades(np.concatenate(list(shares)))
