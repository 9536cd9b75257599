"""Colours of heat maps: from the page's own to those of a symbol."""

import numpy as np
from numpy.typing import NDArray

from visualization.palette import BACKGROUND, GATES, Theme, colour

COUNT = 201  # of what has two signs; a gate has 101
# Of what has two signs: below 0 and above 0; dark tones on light ground and light tones on dark.
SIGNS: dict[Theme, tuple[str, str]] = {"light": ("#0b62a8", "#b8400e"), "dark": ("#5aaef0", "#ff8f5e")}


def shades(symbol: str, theme: Theme) -> list[str]:
    """Colours from the page's own towards the symbol's; of what has two signs, in both directions."""
    ground = _rgb(BACKGROUND[theme])
    if symbol in GATES:
        return _between(ground, _rgb(colour(symbol, theme)), COUNT // 2 + 1)
    below, above = (_rgb(tone) for tone in SIGNS[theme])
    half = COUNT // 2 + 1
    return [*_between(below, ground, half), *_between(ground, above, half)[1:]]


def _between(start: NDArray, end: NDArray, count: int) -> list[str]:
    shares = np.linspace(0, 1, count)[:, None]
    rows = np.rint(start + shares * (end - start)).astype("u1")
    return [f"#{row.tobytes().hex()}" for row in rows]


def _rgb(tone: str) -> NDArray:
    return np.array([int(tone[k : k + 2], 16) for k in (1, 3, 5)], float)
