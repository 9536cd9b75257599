"""The frame's style sheet, with the colours of the palette."""

from functools import cache

from lesson.frame.files import asset
from visualization.palette import BACKGROUND, GREY, SYMBOL_TONES

_COLOURS = {"background": BACKGROUND, "grey": GREY, **{id: SYMBOL_TONES[id] for id in ("f", "i", "o")}}


@cache
def style() -> str:
    """Return the style sheet as HTML; code has the colours of three gates."""
    variables = "".join(
        f"--lstm-{name}: light-dark({tones['light']}, {tones['dark']});" for name, tones in _COLOURS.items()
    )
    return f"<style>:root {{{variables}}}\n{asset('frame.css')}{asset('embedded.css')}</style>"
