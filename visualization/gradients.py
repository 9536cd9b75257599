"""How much of an error is left on its way back through time."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.logarithmic import CEILING, FLOOR, axis, decades, references, scale, scientific
from visualization.palette import CELLS, Theme, colour

# The roads of an LSTM's error, with the symbol or cell whose colour they have and their dashes.
ROADS = {"whole": ("LSTM", [1, 0]), "cell state alone": ("f", [7, 4]), "gates and h": ("h", [2, 3])}
_TOOLTIP = [
    alt.Tooltip("cell:N"),
    alt.Tooltip("back:Q", title="steps back"),
    alt.Tooltip("left:Q", format=".1e"),
]
DASHES = {"LSTM": [1, 0], "GRU": [8, 3], "RNN": [3, 3]}


def plot_gradient_flow_comparison(
    lstm_grads: ArrayLike,
    rnn_grads: ArrayLike,
    gru_grads: ArrayLike | None = None,
    theme: Theme = "light",
    ghosts: Mapping[str, ArrayLike] | None = None,
) -> alt.LayerChart:
    """Gradient norms against steps back, logarithmic, relative to where the error was put in.

    Each argument: norms at t = 1..T, (T,), the last being the step with the error, as
    `lstm.gradients` returns them.  ghosts: more LSTMs to compare with, by what is different in them.
    A curve ends, with a mark, where it leaves 10⁻⁴⁰ … 10⁴⁰; so do 0 and infinity.
    """
    curves = {"LSTM": lstm_grads, "GRU": gru_grads, "RNN": rnn_grads}
    low, high = decades(gradient_frame({**curves, **(ghosts or {})})["left"].to_numpy())
    colours = {name: colour(name, theme) for name in CELLS if curves[name] is not None}
    lines = _lines(gradient_frame(curves), colours, DASHES, low, high)
    faint = _ghosts(gradient_frame(ghosts), low, high, theme) if ghosts else ()
    return alt.layer(*references(low, high, theme), *faint, *lines).properties(height=330)


def plot_roads(whole: ArrayLike, road: ArrayLike, rest: ArrayLike, theme: Theme = "light") -> alt.LayerChart:
    """dL/dC on its two roads: through the cell state alone, through gates and h, and the whole; norms (T,).

    All three are relative to the whole where the error was put in.
    """
    whole, road, rest = (np.asarray(values, float) for values in (whole, road, rest))
    named = dict(zip(ROADS, (whole, road, rest), strict=True))
    frame = gradient_frame(named, put_in=float(whole[-1]))
    low, high = decades(frame["left"].to_numpy())
    colours = {name: colour(symbol, theme) for name, (symbol, _) in ROADS.items()}
    lines = _lines(frame, colours, {name: dash for name, (_, dash) in ROADS.items()}, low, high)
    return alt.layer(*references(low, high, theme), *lines).properties(height=340)


def _lines(
    frame: pd.DataFrame, colours: Mapping[str, str], dashes: Mapping[str, list[int]], low: int, high: int
) -> tuple[alt.Chart, alt.Chart]:
    """A line for each curve, and marks where curves leave the picture."""
    names = list(colours)
    base = alt.Chart(frame).encode(
        alt.X("back:Q", title="steps back in time", scale=alt.Scale(nice=False)),
        alt.Y("left:Q", scale=scale(low, high), title="gradient left", axis=axis(low, high)),
        alt.Color(
            "cell:N",
            title=None,
            scale=alt.Scale(domain=names, range=list(colours.values())),
            legend=alt.Legend(
                orient="top",
                symbolType="stroke",
                symbolStrokeWidth=4,
                symbolSize=400,
                columns=2 if len("".join(names)) > 20 else 0,  # long names in one row are cut on a phone
            ),
        ),
        tooltip=_TOOLTIP,
    )
    lines = (
        base.mark_line(strokeWidth=3)
        .transform_filter("datum.end == ''")
        .encode(
            alt.StrokeDash(
                "cell:N", scale=alt.Scale(domain=names, range=[dashes[n] for n in names]), legend=None
            )
        )
    )
    return lines, _ends(base, low, high)


def _ends(base: alt.Chart, low: int, high: int) -> alt.Chart:
    """A triangle where a curve leaves the picture, at the bottom or at the top."""
    return (
        base.mark_point(filled=True, size=90, opacity=1)
        .transform_filter("datum.end != ''")
        .encode(
            tooltip=[
                "cell:N",
                alt.Tooltip("back:Q", title="steps back"),
                alt.Tooltip("says:N", title="left"),
            ],
        )
        .encode(
            alt.Shape(
                "end:N",
                legend=None,
                scale=alt.Scale(domain=["below", "above"], range=["triangle-down", "triangle-up"]),
            ),
            alt.Y("edge:Q", scale=scale(low, high)),
        )
        .transform_calculate(edge=f"datum.end == 'below' ? {10.0**low} : {10.0**high}")
    )


def _ghosts(frame: pd.DataFrame, low: int, high: int, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """Thin lines to compare with, named at their ends."""
    base = (
        alt.Chart(frame)
        .transform_filter("datum.end == ''")
        .encode(
            alt.X("back:Q"),
            alt.Y("left:Q", scale=scale(low, high)),
            alt.Detail("cell:N"),
            color=alt.value(colour("LSTM", theme)),
            tooltip=_TOOLTIP,
        )
    )
    last = {
        "window": [{"op": "row_number", "as": "rank"}],
        "sort": [{"field": "back", "order": "descending"}],
    }
    names_at_ends = (
        base.transform_window(**last, groupby=["cell"])
        .transform_filter("datum.rank == 1")
        .mark_text(align="right", dx=-4, dy=12, fontSize=12)
        .encode(alt.Text("cell:N"))
    )
    return base.mark_line(strokeWidth=1.5, opacity=0.55), names_at_ends


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
    upper = _heat(size[:, order], order, "size", "log₁₀ |dL/dh|", [-12, 0], "oranges", theme)
    if gate is None:
        return alt.vconcat(upper)
    lower = _heat(
        np.asarray(gate, float)[:, order], order, "open", f"gate {gate_name}", [0, 1], "blues", theme
    )
    return alt.vconcat(upper, lower).resolve_scale(color="independent")


def carrying_order(units: ArrayLike) -> np.ndarray:
    """Units by how large their gradient still is over all steps, largest first; units (T, H), absolute."""
    size = np.log10(np.maximum(np.asarray(units, float), 1e-300))
    return np.argsort(-size.mean(axis=0), kind="stable")


def _heat(
    values: np.ndarray, order: np.ndarray, name: str, title: str, domain: list, scheme: str, theme: Theme
) -> alt.Chart:
    T, H = values.shape
    frame = pd.DataFrame(
        {
            "back": np.repeat(np.arange(T - 1, -1, -1), H),
            "end": np.repeat(np.arange(T - 1, -1, -1) + 1.1, H),  # a little over the next: no seams
            "rank": np.tile(np.arange(H), T),
            "next": np.tile(np.arange(H) + 1.1, T),
            "unit": np.tile(order + 1, T),
            name: values.ravel().round(3),
        }
    )
    return (
        alt.Chart(frame)
        .mark_rect()
        .encode(
            alt.X("back:Q", title="steps back in time", scale=alt.Scale(domain=[0, T], nice=False)),
            alt.X2("end:Q"),
            alt.Y(
                "rank:Q",
                title="units, best on top",
                axis=alt.Axis(labels=False, ticks=False, grid=False),
                scale=alt.Scale(reverse=True),
            ),
            alt.Y2("next:Q"),
            alt.Color(
                f"{name}:Q",
                title=title,
                scale=alt.Scale(scheme=scheme, domain=domain, clamp=True, reverse=theme == "dark"),
                legend=alt.Legend(orient="top", gradientLength=160),
            ),
            tooltip=[
                alt.Tooltip("unit:Q"),
                alt.Tooltip("back:Q", title="steps back"),
                alt.Tooltip(f"{name}:Q"),
            ],
        )
        .properties(height=170)
    )


def gradient_frame(norms: Mapping[str, ArrayLike | None], put_in: float | None = None) -> pd.DataFrame:
    """Columns cell, back (steps), left (share of the norm where the error was put in) and end: "" where the
    share can be drawn, "below" or "above" at the first step where it can't, which `says` what it is.

    put_in: what all curves are shares of; by default each curve of its own last norm.
    """
    frames = []
    for name, values in norms.items():
        if values is not None:
            array = np.asarray(values, float)
            with np.errstate(all="ignore"):  # 0 / 0 is not a number, and is said to be none
                share = array[::-1] / (array[-1] if put_in is None else put_in)
            frames.append(_curve(name, share))
    frame = pd.concat(frames, ignore_index=True)
    # As categories, names travel once and not with every row.
    return frame.astype({"cell": "category", "says": "category", "end": "category"})


def _curve(name: str, share: np.ndarray) -> pd.DataFrame:
    end = np.select([share < FLOOR, share > CEILING, np.isnan(share)], ["below", "above", "below"], "")
    outside = np.flatnonzero(end != "")
    shown = (end == "") | (np.arange(len(share)) == (outside[0] if len(outside) else -1))
    return pd.DataFrame(
        {
            "cell": name,
            "back": np.arange(len(share))[shown],
            "left": np.clip(np.nan_to_num(share, nan=0.0, posinf=CEILING), 0, CEILING)[shown],
            "says": [scientific(v) if e else "" for v, e in zip(share[shown], end[shown], strict=True)],
            "end": end[shown],
        }
    )


def left_after(norms: ArrayLike, steps: int) -> float:
    """The share of the gradient that is left `steps` steps before the error was put in."""
    array = np.asarray(norms, float)
    if array[-1] == 0:
        return 0.0
    return float(array[-1 - steps] / array[-1])


def describe_flow(norms: Mapping[str, ArrayLike], steps: int) -> str:
    """What the chart shows, in words computed from the norms."""
    parts = []
    for name, values in norms.items():
        left = left_after(values, steps)
        parts.append(f"{name} {scientific(left)}{' (it explodes)' if left > 10 else ''}")
    return f"Share of the gradient that is left {steps} steps back: {', '.join(parts)}."
