"""The frame's style sheet, with the colours of the palette."""

from functools import cache

from lesson.frame.files import asset
from visualization.palette import BACKGROUND, GREY, PRIMARY, SYMBOL_TONES

_COLOURS = {
    "background": BACKGROUND, "grey": GREY, "primary": PRIMARY,
    **{id: SYMBOL_TONES[id] for id in ("f", "i", "o")},
}  # fmt: skip


@cache
def style() -> str:
    """Return the style sheet as HTML; code has the colours of three gates."""
    variables = "".join(
        f"--lstm-{name}: light-dark({tones['light']}, {tones['dark']});" for name, tones in _COLOURS.items()
    )
    sheets = "".join(map(asset, ("frame.css", "reading.css", "touch.css", "embedded.css")))
    return f"<style>:root {{{variables}}}\n{sheets}</style>"
