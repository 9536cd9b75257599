"""The start page's first picture: a network unrolled over a word, which answers while it is typed."""

from lesson.frame.style import theme
from lesson.start.answers import UNROLLED
from lesson.start.parameters import WORD
from lesson.widgets.panel import Control, Panel
from visualization.shades import shades

_PANEL = Panel("unrolled", UNROLLED)


def draw_unrolled() -> None:
    """Draw the LSTM of the fables over a word of the visitor's."""
    _PANEL.show(
        "unrolled", [Control(WORD)], page="start", by_post=True, look={"palette": shades("h", theme())}
    )
