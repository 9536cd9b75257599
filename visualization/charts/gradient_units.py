"""Which units carry an error farthest back, and what the gate that keeps does in them."""

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.palette import BACKGROUND, colour
from visualization.symbols import Theme


def plot_gradient_units(
    dh_units: ArrayLike, gate: ArrayLike | None = None, gate_name: str = "f", theme: Theme = "light"
) -> alt.VConcatChart:
    """dL/dh as a heat map, unit by step back, the units that carry it farthest on top; below, in the same
    order, the gate that keeps.

    dh_units (T, H); gate (T, H) or None where a cell has none.
    """
    units = np.abs(np.asarray(dh_units, float))  # (T, H)
    order = carrying_order(units)
    size = np.log10(np.maximum(units / np.linalg.norm(units[-1]), 1e-12))
    upper = _heat(
        _frame(size[:, order], order, "size"), "size", "log₁₀ |dL/dh|", _scale([-12, 0], "C", theme)
    )
    if gate is None:
        return alt.vconcat(upper)
    opened = _frame(np.asarray(gate, float)[:, order], order, "open")
    lower = _heat(opened, "open", f"gate {gate_name}", _scale([0, 1], gate_name, theme))
    return alt.vconcat(upper, lower).resolve_scale(color="independent")


def carrying_order(units: ArrayLike) -> np.ndarray:
    """Units by how large their gradient still is over all steps, largest first; units (T, H), absolute."""
    size = np.log10(np.maximum(np.asarray(units, float), 1e-300))
    return np.argsort(-size.mean(axis=0), kind="stable")


def _scale(domain: list[int], symbol: str, theme: Theme) -> alt.Scale:
    """From the page's own colour to that of a symbol."""
    return alt.Scale(range=[BACKGROUND[theme], colour(symbol, theme)], domain=domain, clamp=True)


def _frame(values: np.ndarray, order: np.ndarray, name: str) -> pd.DataFrame:
    """A row for each cell of a map; values (T, H), in the order (H,) of the units."""
    T, H = values.shape
    back = np.repeat(np.arange(T - 1, -1, -1), H)
    return pd.DataFrame(
        {
            "back": back,
            "end": back + 1.1,  # a little over the next: no seams
            "rank": np.tile(np.arange(H), T),
            "next": np.tile(np.arange(H) + 1.1, T),
            "unit": np.tile(order + 1, T),
            name: values.ravel().round(3),
        }
    )


def _heat(frame: pd.DataFrame, name: str, title: str, scale: alt.Scale) -> alt.Chart:
    T = int(frame["back"].max()) + 1
    across = alt.X("back:Q", title="steps back in time", scale=alt.Scale(domain=[0, T], nice=False))
    down = alt.Y(
        "rank:Q",
        title="units, best on top",
        axis=alt.Axis(labels=False, ticks=False, grid=False),
        scale=alt.Scale(reverse=True),
    )
    shade = alt.Color(
        f"{name}:Q", title=title, scale=scale, legend=alt.Legend(orient="top", gradientLength=160)
    )
    tooltip = [alt.Tooltip("unit:Q"), alt.Tooltip("back:Q", title="steps back"), alt.Tooltip(f"{name}:Q")]
    chart = alt.Chart(frame).mark_rect()
    return chart.encode(across, alt.X2("end:Q"), down, alt.Y2("next:Q"), shade, tooltip=tooltip).properties(
        height=170
    )
