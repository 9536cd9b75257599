"""Charts and source code, shown in the visitor's theme."""

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from lesson.frame.style import theme
from visualization.palette import GREY, Theme

# Streamlit gives a chart its size.
alt.theme.enable("none")
Spec = dict[str, Any]  # of Vega-Lite


def draw(chart: alt.Chart | Spec, text: str, key: str | None = None) -> None:
    """Draw a chart, or what `ready` made of one; `text` says in words what it shows, for those who do not see
    it."""
    if isinstance(chart, dict):
        st.vega_lite_chart(spec=chart, alt=text, key=key)
    else:
        st.altair_chart(chart.configure(**_text_look(theme())), alt=text, key=key)


def ready(chart: alt.Chart, tone: Theme) -> Spec:
    """Return a chart of at most 5,000 rows as it is drawn in a theme.

    Altair writes it and holds it to Vega-Lite's rules: that takes up to 60 ms, so what looks the same for
    everybody is kept.
    """
    spec: Spec = chart.configure(**_text_look(tone)).to_dict()
    spec["datasets"] = {name: pd.DataFrame(rows) for name, rows in spec["datasets"].items()}
    return spec


def _text_look(tone: Theme) -> dict[str, dict[str, Any]]:
    """Return how axes and legends are written: the charts' own grey is too pale to read, and their letters
    are too small for the last row of a class (a low wide window, as in frame.css)."""
    low = "windowSize()[1] <= 560 && windowSize()[0] >= 640"
    size = alt.ExprRef(f"{low} ? 18.5 : windowSize()[0] < 640 ? 13 : 14")
    look = dict.fromkeys(("labelColor", "titleColor"), GREY[tone]) | dict.fromkeys(
        ("labelFontSize", "titleFontSize"), size
    )
    return dict.fromkeys(("axis", "legend", "header"), look)


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
