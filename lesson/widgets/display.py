"""Showing things: charts, source code, predictions; all in the visitor's theme."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType

import altair as alt
import pandas as pd
import streamlit as st

from lesson.frame.glossary import prose
from visualization.palette import GREY, Theme


def theme() -> Theme:
    """The visitor's theme."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw(chart: alt.Chart, text: str, key: str | None = None) -> None:
    """Draw a chart; `text` says in words what it shows, for those who do not see it."""
    st.altair_chart(chart.configure(**_words()), alt=text, key=key)


def draw_prepared(spec: dict, frame: pd.DataFrame, text: str, key: str | None = None) -> None:
    """Draw a chart whose specification was built before; the frame is its data set "flow"."""
    datasets = {**spec["datasets"], "flow": frame}
    st.vega_lite_chart(spec={**spec, "datasets": datasets, "config": _words()}, alt=text, key=key)


def _words() -> dict[str, dict[str, str]]:
    """The colour of what is written on axes and legends: the charts' own grey is too pale to read."""
    grey = GREY[theme()]
    return {part: {"labelColor": grey, "titleColor": grey} for part in ("axis", "legend", "header")}


def side_by_side(count: int) -> Sequence[AbstractContextManager]:
    """A column for each of several; a single one is where the page is."""
    return st.columns(count) if count > 1 else [nullcontext()] * count


def show_source(runs: Callable | ModuleType, label: str, mark: str | None = None) -> None:
    """Show the source of a function or module as it runs, behind a label.

    mark: what the lines to point at contain.
    """
    source = inspect.getsource(runs)
    if mark:
        lines = source.split("\n")
        source = "\n".join(f"{line}  ◀" if mark in line else line for line in lines)
    with st.expander(label, icon=":material/code:"):
        st.code(source, language="python")


def predict(question: str, answers: Mapping[str, str], key: str) -> None:
    """A question to commit to before looking; the answer given is then replied to.

    answers: each answer with the reply to it, written or computed by the page.
    """
    with st.container(border=True):
        given = st.radio(
            f"**First guess:** {question}", list(answers), index=None, key=key, persist_state="session"
        )
        if given is not None:
            prose(answers[given])
