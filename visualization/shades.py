"""Colours of heat maps: from the page's own to those of a symbol."""

import numpy as np
from numpy.typing import NDArray

from visualization.palette import BACKGROUND, colour
from visualization.symbols import GATES, Theme

COUNT = 201  # of what has two signs; a gate has 101
BELOW, ABOVE = "f", "C"  # whose colours what has two signs takes: blue below 0, orange above


def shades(symbol: str, theme: Theme) -> list[str]:
    """Colours from the page's own towards the symbol's; of what has two signs, in both directions."""
    if symbol in GATES:
        return towards(symbol, theme)
    half = COUNT // 2 + 1
    below, ground, above = two_signs(theme)
    return [*_between(below, ground, half), *_between(ground, above, half)[1:]]


def towards(symbol: str, theme: Theme) -> list[str]:
    """Colours from the page's own towards a symbol's."""
    return _between(BACKGROUND[theme], colour(symbol, theme), COUNT // 2 + 1)


def two_signs(theme: Theme) -> tuple[str, str, str]:
    """The colours of the lowest value, of 0 and of the highest, for what has two signs."""
    return colour(BELOW, theme), BACKGROUND[theme], colour(ABOVE, theme)


def _between(start: str, end: str, count: int) -> list[str]:
    low, high = _rgb(start), _rgb(end)
    rows = np.rint(low + np.linspace(0, 1, count)[:, None] * (high - low)).astype("u1")
    return [f"#{row.tobytes().hex()}" for row in rows]


def _rgb(tone: str) -> NDArray:
    return np.array([int(tone[k : k + 2], 16) for k in (1, 3, 5)], float)
