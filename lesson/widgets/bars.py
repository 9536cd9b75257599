"""Bars for the next character, drawn by a component of our own: Vega-Lite takes longer than the answer."""

from collections.abc import Sequence

from lesson.frame.style import theme
from lesson.widgets.drawing import Drawing
from visualization.drawings.bars import Bar
from visualization.palette import GREY, colour

_BARS = Drawing("bars")


def draw_bars(rows: Sequence[Bar], *, key: str, alt: str, symbol: str = "h") -> None:
    """Draw a bar for each row in a symbol's colour, with a second, thinner one in grey where a row has it.

    alt: the same in words.
    """
    tone = theme()
    colours = {"colour": colour(symbol, tone), "grey": GREY[tone]}
    _BARS.draw({"rows": rows, "alt": alt, **colours}, key)
