"""The frame's style sheet, with the colours of the palette, and the theme."""

from functools import cache

import streamlit as st

from lesson.frame.files import asset, script
from visualization.palette import BACKGROUND, GREY, PRIMARY, SYMBOL_TONES
from visualization.symbols import Theme

_COLOURS = {
    "background": BACKGROUND, "grey": GREY, "primary": PRIMARY,
    **{id: SYMBOL_TONES[id] for id in ("f", "i", "o")},
}  # fmt: skip

_FOLLOWER = st.components.v2.component("theme", js=script("theme/theme.js"))


def theme() -> Theme:
    """Return the visitor's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def follow_theme() -> None:
    """Run the page once more when its theme changes: what Python coloured keeps its colours until then."""
    _FOLLOWER(key="theme", data=[theme()], on_theme_change=lambda: None)


@cache
def style() -> str:
    """Return the style sheet as HTML; code has the colours of three gates."""
    variables = "".join(
        f"--lstm-{name}: light-dark({tones['light']}, {tones['dark']});" for name, tones in _COLOURS.items()
    )
    sheets = "".join(map(asset, ("frame.css", "reading.css", "touch.css", "embedded.css")))
    return f"<style>:root {{{variables}}}\n{sheets}</style>"
