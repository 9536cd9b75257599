"""Loss curves of runs that go on: what is new of them, for a browser that keeps what it has had.

The axis of steps is cut into stretches; a stretch that is full has its means, and they stay.  So what is new
since a step is the stretch in which that step lies and all after it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.drawings.loss_codes import StepAxis, loss_axis, loss_codes, norm_axis, norm_codes
from visualization.drawings.losses import Curve, guessing, steps_above

POINTS = 300  # of a curve, at most


@dataclass(frozen=True)
class Frame:
    """What the curves of one run or two share: the last step of their axis, and the loss of guessing."""

    last: int
    vocabulary_size: int
    clip: float | None = None

    @property
    def top(self) -> float:
        """The loss above which a code is a logarithm: no axis ends higher."""
        return 2 * guessing(self.vocabulary_size)[0] or 30.0

    @property
    def width(self) -> int:
        """Steps of a stretch: a power of two, so that an axis that grows seldom changes them."""
        return 2 ** max(0, math.ceil(math.log2(max(1, self.last) / POINTS)))


def axes(curves: Sequence[Curve], frame: Frame) -> dict:
    """The axes for all that is known of the runs; up: of each curve the steps that are above them."""
    guess, name = guessing(frame.vocabulary_size)
    losses = np.concatenate([np.asarray(loss, float) for c in curves for _, _, loss in c.kinds()])
    highest = float(losses.max(where=np.isfinite(losses), initial=0.0))
    norms = [np.asarray(c.gradient_norm, float) for c in curves if c.gradient_norm is not None]
    return {
        "x": StepAxis(float(max(1, frame.last)), False).sent(),
        "y": loss_axis(highest, guess)[1],
        "guess": (round(1000 * guess), name),
        "norm": norm_axis(norms, frame.clip),
        "up": [steps_above(curves, curve, frame.last, frame.vocabulary_size) for curve in curves],
        "width": frame.width,
    }


def shares_axes(last: int, symbols: int) -> dict:
    """The axes for shares of right answers, in thousandths."""
    ticks = [(200 * k, f"{20 * k}%") for k in range(6)]
    return {
        "x": StepAxis(float(max(1, last)), False).sent() | {"title": "updates"},
        "y": {"top": 1000, "title": "right answers", "ticks": ticks},
        "guess": (round(1000 / symbols), f"guessing: 1 / {symbols}"),
        "norm": None,
        "up": [],
        "width": 1,
    }


def news(curve: Curve, since: int, frame: Frame) -> dict:
    """The points of a curve that are new since a step, −1 for all.

    after: points of later steps are replaced by these; step, loss, norm: codes, of the curve's first and last
    step and of means over stretches; validation: steps and codes of all measurements after `since`.
    """
    step, loss, norm = (np.asarray(c, float) for c in (curve.step, curve.loss, curve.gradient_norm))
    after = max(0, (since - 1) // frame.width * frame.width)
    rows = step > after
    points = _points(np.stack([step[rows], loss[rows], norm[rows]]), frame.width, after == 0)
    held_out = np.asarray(curve.validation_step) > since
    return {
        "after": after,
        "step": np.rint(points[0]).astype(int).tolist(),
        "loss": loss_codes(points[1], frame.top).tolist(),
        "norm": norm_codes(points[2]).tolist(),
        "validation": [
            np.asarray(curve.validation_step)[held_out].astype(int).tolist(),
            loss_codes(np.asarray(curve.validation_loss)[held_out], frame.top).tolist(),
        ],
    }


def point(loss: float, norm: float, frame: Frame) -> list[int]:
    """The codes of one step's loss and norm."""
    return [int(loss_codes(loss, frame.top)), int(norm_codes(norm))]


def share_codes(shares: ArrayLike) -> NDArray:
    """Shares in thousandths, of any shape."""
    return np.rint(1000 * np.asarray(shares, float)).astype(int)


def _points(rows: NDArray, width: int, is_first: bool) -> NDArray:
    """Means over stretches (3, p), and the last row; rows (3, n), the steps first.

    is_first: they begin with the first row of all, which stays as it is, too.
    """
    if width == 1 or not rows.shape[1]:
        return rows
    starts = np.flatnonzero(np.diff((rows[0] - 1) // width, prepend=-1.0))
    with np.errstate(all="ignore"):  # infinity is a result like another
        means = np.add.reduceat(rows, starts, axis=1) / np.diff(starts, append=rows.shape[1])
    first = rows[:, :1] if is_first and rows.shape[1] > 1 else rows[:, :0]
    return np.concatenate([first, means, rows[:, -1:]], axis=1)
