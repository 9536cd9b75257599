"""The race's curves, drawn by a component: a Vega-Lite chart takes twice as long to answer a slider.

It shows what `plot_gradient_flow_comparison` draws, with its colours, dashes and ends.
"""

import numpy as np
import pandas as pd
import streamlit as st

from lesson.frame.files import asset, script
from lesson.widgets.display import theme
from visualization.charts.gradients import DASHES
from visualization.charts.logarithmic import FLOAT32_STEP, decades
from visualization.palette import CELLS, colour

_CURVES = st.components.v2.component(
    "curves",
    html="""<div class="curves"><p class="legend"></p><svg class="picture" role="img"></svg>
        <div class="tip" hidden></div></div>""",
    css=asset("curves/curves.css"),
    js=script("curves/curves.js"),
)
# What stands before the power of ten, for each hundredth of a logarithm: 1.0, 1.0, 1.0, …, 9.8.
_MANTISSAS = [f"{10 ** (k / 100):.1f}" for k in range(100)]


def draw_curves(frame: pd.DataFrame, steps: int, text: str, key: str) -> None:
    """Draw a `gradient_frame`; text: what it shows, in words."""
    low, high = decades(frame["left"].to_numpy())
    references = {"nothing lost": 0, "too small beside 1 in float32": round(100 * np.log10(FLOAT32_STEP))}
    names = sorted(frame["cell"].unique(), key=lambda name: name in CELLS)  # the faint ones first
    _CURVES(
        key=key,
        data={
            "low": low,
            "high": high,
            "steps": steps,
            "alt": text,
            "mantissas": _MANTISSAS,
            "references": [{"name": name, "log": log} for name, log in references.items()],
            "curves": [_curve(name, frame[frame["cell"] == name]) for name in names],
        },
    )


def _curve(name: str, rows: pd.DataFrame) -> dict:
    points = rows[rows["end"] == ""]
    end = rows[rows["end"] != ""]
    main = name in CELLS
    return {
        "name": name,
        "label": "" if main else name,
        "colour": colour(name if main else "LSTM", theme()),
        "dash": " ".join(map(str, DASHES[name])) if main else "",
        "width": 3.5 if main else 1.5,
        "opacity": 1 if main else 0.6,
        "logs": np.round(100 * np.log10(points["left"].to_numpy())).astype(int).tolist(),
        "end": None if end.empty else {"up": end["end"].iloc[0] == "above", "says": end["says"].iloc[0]},
    }
