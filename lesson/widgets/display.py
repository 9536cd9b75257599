"""Charts and source code, shown in the visitor's theme."""

import inspect
from collections.abc import Callable
from types import ModuleType

import altair as alt
import streamlit as st

from visualization.palette import GREY
from visualization.symbols import Theme


def theme() -> Theme:
    """Return the visitor's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(chart: alt.Chart, text: str, key: str | None = None) -> None:
    """Draw a chart; `text` says in words what it shows, for those who do not see it."""
    st.altair_chart(chart.configure(**_text_colours()), alt=text, key=key)


def _text_colours() -> dict[str, dict[str, str]]:
    """Return the colours of what is written on axes and legends: the charts' own grey is too pale to read."""
    grey = GREY[theme()]
    return {part: {"labelColor": grey, "titleColor": grey} for part in ("axis", "legend", "header")}


def source_of(runs: Callable | ModuleType) -> str:
    """Return the source of a function or module as it runs."""
    return inspect.getsource(runs)


def show_source(runs: Callable | ModuleType, label: str, mark: str | None = None) -> None:
    """Show the source of a function or module as it runs, behind a label.

    mark: what the lines to point at contain.
    """
    source = source_of(runs)
    if mark:
        lines = source.split("\n")
        source = "\n".join(f"{line}  ◀" if mark in line else line for line in lines)
    with st.expander(label, icon=":material/code:"):
        st.code(source, language="python")
