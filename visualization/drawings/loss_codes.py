"""Losses and gradient norms as whole numbers for the browser, thinned, and the axes that they need.

Losses travel in thousandths; what spans powers of ten travels in hundredths of its logarithm.
"""

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.numbers import CEILING, FLOOR, superscript

LINEAR = 10  # steps: below it the axis is nearly linear, so that step 0 has a place, above it logarithmic
# Codes of what has no place on an axis, below those of all that has.
NAN, INFINITE, ZERO = -32768, -32767, -32766
BEYOND = 1000  # a loss above the axis is coded as minus (this + the hundredths of its logarithm)


@dataclass(frozen=True)
class StepAxis:
    """The axis of steps, from 0 to the last."""

    last: float
    logarithmic: bool

    def share(self, step: NDArray) -> NDArray:
        """Where steps are, from 0 to 1; step and result have any shape."""
        if self.logarithmic:
            return np.log1p(step / LINEAR) / math.log1p(self.last / LINEAR)
        return step / self.last

    def codes(self, step: NDArray) -> NDArray:
        """Steps as whole numbers, of two bytes if that is enough for the last one."""
        return np.rint(step).astype("<u2" if self.last < 2**16 else "<u4")

    def sent(self) -> dict:
        """The axis for the browser."""
        if self.logarithmic and self.last > 2 * LINEAR:
            steps = [0, *(10**n for n in range(1, 10) if 10**n <= self.last)]
        else:
            steps = range(0, int(self.last) + 1, max(1, round(_round_step(self.last, 5))))
        return {
            "last": self.last,
            "linear": LINEAR if self.logarithmic else 0,
            "title": "training step (logarithmic)" if self.logarithmic else "training step",
            "ticks": [(step, f"{step:,}") for step in steps],
        }


def thinned(step: ArrayLike, columns: Sequence[ArrayLike], axis: StepAxis, points: int) -> list[NDArray]:
    """The first row, means over stretches that are alike on the axis, and the last row.

    step (n,), columns of (n,); returns steps (p,) and the columns (p,), p at most `points`.
    """
    rows = np.stack([np.asarray(column, float) for column in (step, *columns)])  # (columns, n)
    inner = rows[:, 1:-1]
    if not inner.size:
        return list(rows)
    stretch = np.floor((points - 3) * axis.share(inner[0]))
    starts = np.flatnonzero(np.diff(stretch, prepend=-1.0))
    with np.errstate(all="ignore"):  # infinity is a result like another
        means = np.add.reduceat(inner, starts, axis=1) / np.diff(starts, append=inner.shape[1])
    return list(np.concatenate([rows[:, :1], means, rows[:, -1:]], axis=1))


def loss_codes(loss: ArrayLike, top: float) -> NDArray:
    """Thousandths; of what is above the axis the logarithm, see `BEYOND`.  Of any shape."""
    loss = np.asarray(loss, float)
    with np.errstate(all="ignore"):
        above = -BEYOND - np.rint(100 * np.log10(loss))
        codes = np.where(loss > top, above, np.rint(1000 * np.maximum(loss, 0)))
    return np.where(np.isnan(loss), NAN, np.where(np.isinf(loss), INFINITE, codes)).astype("<i2")


def norm_codes(norm: ArrayLike) -> NDArray:
    """Hundredths of the logarithm, of any shape."""
    norm = np.asarray(norm, float)
    with np.errstate(all="ignore"):
        codes = np.rint(100 * np.log10(np.clip(norm, FLOOR, CEILING)))
    codes = np.where(np.isnan(norm), NAN, np.where(np.isinf(norm), INFINITE, codes))
    return np.where(norm == 0, ZERO, codes).astype("<i2")


def packed(numbers: NDArray) -> str:
    """Whole numbers as the browser unpacks them, low bytes first, in base64."""
    return base64.b64encode(numbers.tobytes()).decode()


def loss_axis(highest: float, guess: float) -> tuple[float, dict]:
    """Where the axis of the losses ends, and the axis: it has all of them, but never far above guessing.

    highest: the largest finite loss; guess: the loss of guessing; both in nats per character.  Beside each
    mark stands the same loss as perplexity.
    """
    top = max(1.08 * guess, min(1.02 * highest, 2 * guess)) or max(1.0, 1.02 * highest)
    step = _round_step(top, 6)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    marks = range(int(top / step + 1e-9) + 1)
    ticks = [(round(1000 * k * step), f"{k * step:.{digits}f}") for k in marks]
    return top, {
        "top": round(1000 * top),
        "title": "loss per character (nats)",
        "ticks": ticks,
        "other_unit": {"title": "perplexity", "ticks": [_short(math.exp(k * step)) for k in marks]},
    }


def _short(perplexity: float) -> str:
    return f"{perplexity:.1f}" if perplexity < 10 else f"{perplexity:,.0f}"


def norm_axis(norms: Sequence[NDArray], clip: float | None) -> dict | None:
    """The axis of the gradients' norms, between two powers of ten; None without any norms."""
    if not norms:
        return None
    values = np.concatenate([*norms, [clip or 1.0]])
    values = np.clip(values[(values > 0) & np.isfinite(values)], FLOOR, CEILING)
    low, high = math.floor(math.log10(values.min())), math.ceil(math.log10(values.max()))
    high = max(high, low + 1)
    every = -(-(high - low) // 4)
    return {
        "low": 100 * low,
        "high": 100 * high,
        "title": "gradient norm before clipping (logarithmic)",
        "ticks": [(100 * e, _power(e)) for e in range(low, high + 1, every)],
        "clip": (round(100 * math.log10(clip)), f"clipped to {clip:g}") if clip else None,
    }


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if -2 <= exponent <= 3 else f"10{superscript(exponent)}"


def _round_step(span: float, most: int) -> float:
    """1, 2 or 5 times a power of ten, such that a span has no more than so many of them."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(n * power for n in (1, 2, 5, 10) if n * power * most >= span * (1 - 1e-9))
