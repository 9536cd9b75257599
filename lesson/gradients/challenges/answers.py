"""What the challenges ask: whether an answer is right, on the median of 21 networks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.parameters import Choice, Number, address_value
from lesson.frame.query import Query
from lesson.gradients.challenges import sentences
from lesson.gradients.curves import curve_data, curve_ends
from lesson.gradients.parameters import (
    BIAS_FROM,
    BIAS_TO,
    BY_HAND,
    MOVES,
    MOVES_LARGER,
    MOVES_WITHOUT,
    RADIUS_FROM,
    RADIUS_TO,
)
from lesson.gradients.windows import Window, medians, window
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source

HIGHEST_BIAS = 8.0
_NEARLY_A_TENTH = (0.07, 0.14)
_SCALES = (0.0, 0.5, 1.0)  # of the input, for where a window moves


@dataclass(frozen=True)
class Measured:
    """A window that is asked for: its two sliders, how far an end may be off, and what was measured.

    share: the share of the gradient that is left at each value of the slider; after: what is said once the
    window is right.
    """

    low: Number
    high: Number
    name: str
    tolerance: float
    shares: Callable[[], NDArray]
    after: Callable[["Measured"], str]

    @property
    def grid(self) -> tuple[float, ...]:
        """All values of the sliders."""
        return tuple(self.low.grid)

    def window(self) -> Window:
        """Return where the gradient stays."""
        return window(self.grid, self.shares())


def _after_bias(measured: Measured) -> str:
    return sentences.second_path() if measured.window()[1] < sentences.TENTH_BIAS else ""


def _after_radius(measured: Measured) -> str:
    return sentences.radius_one(float(measured.shares()[measured.grid.index(1.0)]))


WINDOWS = {
    "bias": Measured(
        BIAS_FROM, BIAS_TO, "$b_f$", 0.3,
        lambda: medians("lstm", tuple(BIAS_FROM.grid), 100, what="C"), _after_bias,
    ),
    "radius": Measured(
        RADIUS_FROM, RADIUS_TO, "the radius", 0.15,
        lambda: medians("rnn", tuple(RADIUS_FROM.grid), 50), _after_radius,
    ),
}  # fmt: skip


def check(query: Query) -> Answer:
    """Answer whether an answer is right."""
    return _CHECKS[query.choice(_OF)](query)


def _check_window(query: Query, measured: Measured) -> Answer:
    """Answer for every position of an end of a window, or for one window."""
    low, high = measured.low, measured.high
    shares, right, after = measured.shares(), measured.window(), inline_html(measured.after(measured))
    return {
        "common": {
            "axes": curve_ends(shares),
            "curve": curve_data(shares),
            "note": after,
        },
        "frames": [
            _window_frame(measured, right, one.number(low), one.number(high))
            for one in query.positions((low, high))
        ],
    }


def _window_frame(measured: Measured, right: Window, start: float, end: float) -> dict[str, Any]:
    low, high = min(start, end), max(start, end)
    errors = [
        off if abs(off) > measured.tolerance + 1e-9 else 0.0 for off in (low - right[0], high - right[1])
    ]
    is_right = not any(errors)
    words = sentences.window_found(measured.name, right) if is_right else sentences.window_missed(errors)
    places = [measured.grid.index(low), measured.grid.index(high)]
    return {
        "window": places,
        "ends": [address_value(start), address_value(end)],
        "right": is_right,
        "verdict": inline_html(words),
    }


def _check_by_hand(query: Query) -> Answer:
    """Answer whether the cell-state path keeps a tenth at the bias that was typed."""
    text = query.text(BY_HAND).strip()
    bias = _number(text)
    if not text:
        frame: dict[str, Any] = {"right": False, "verdict": ""}
    elif bias is None:
        words = f"That is not a number from 0 to {HIGHEST_BIAS:g}."
        frame = {"right": False, "verdict": words}
    else:
        left = float(medians("lstm", (bias,), 101, what="path")[0])
        low, high = _NEARLY_A_TENTH
        words = (
            sentences.tenth_found(left) if low <= left <= high else sentences.tenth_missed(bias, left, low)
        )
        frame = {"right": low <= left <= high, "verdict": inline_html(words)}
    return {"common": {}, "frames": [frame]}


def _number(text: str) -> float | None:
    """Return a number from 0 to 8, in hundredths; None for anything else."""
    try:
        value = round(float(text.replace(",", ".").replace("−", "-")), 2)
    except (ValueError, OverflowError):
        return None
    return value if 0 <= value <= HIGHEST_BIAS else None


def _check_moves(query: Query) -> Answer:
    """Answer where the window of the radius moves without input and with a larger one."""
    chosen = [query.choice(MOVES_WITHOUT), query.choice(MOVES_LARGER)]
    if not set(chosen) <= set(MOVES):
        return {"common": {}, "frames": [{"right": False, "verdict": ""}]}
    radii = WINDOWS["radius"].grid
    windows = [window(radii, medians("rnn", radii, 50, scale=scale)) for scale in _SCALES]
    moves = [MOVES[1 + _direction(windows[1], windows[k])] for k in (0, 2)]
    right = sum(one == other for one, other in zip(chosen, moves, strict=True))
    words = sentences.moves([windows[0], windows[2]], right)
    return {"common": {}, "frames": [{"right": chosen == moves, "verdict": inline_html(words)}]}


def _direction(before: Window, after: Window) -> int:
    """Return −1, 0 or 1: where the middle of a window has gone."""
    return int(np.sign(round(sum(after) - sum(before), 6)))


_CHECKS: dict[str, Callable[[Query], Answer]] = {
    "bias": lambda query: _check_window(query, WINDOWS["bias"]),
    "radius": lambda query: _check_window(query, WINDOWS["radius"]),
    "by_hand": _check_by_hand,
    "moves": _check_moves,
}
_OF = Choice("of", options=tuple(_CHECKS))

ANSWERS = {"gradients/check": Source(check, in_thread=True)}
