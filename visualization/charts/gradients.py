"""How much of an error is left on its way back through time."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.charts.logarithmic import axis, decades, references, scale
from visualization.numbers import CEILING, FLOOR, scientific
from visualization.palette import CELLS, colour
from visualization.symbols import Theme

# The paths of an LSTM's error, with the symbol or cell whose colour they have and their dashes.
PATHS = {"whole": ("LSTM", [1, 0]), "cell state alone": ("f", [7, 4]), "gates and h": ("h", [2, 3])}
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


def plot_gradient_paths(
    whole: ArrayLike, alone: ArrayLike, rest: ArrayLike, theme: Theme = "light"
) -> alt.LayerChart:
    """dL/dC on its two paths: through the cell state alone, through gates and h, and the whole; norms (T,).

    All three are relative to the whole where the error was put in.
    """
    whole, alone, rest = (np.asarray(values, float) for values in (whole, alone, rest))
    named = dict(zip(PATHS, (whole, alone, rest), strict=True))
    frame = gradient_frame(named, put_in=float(whole[-1]))
    low, high = decades(frame["left"].to_numpy())
    colours = {name: colour(symbol, theme) for name, (symbol, _) in PATHS.items()}
    lines = _lines(frame, colours, {name: dash for name, (_, dash) in PATHS.items()}, low, high)
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
    visible = (end == "") | (np.arange(len(share)) == (outside[0] if len(outside) else -1))
    return pd.DataFrame(
        {
            "cell": name,
            "back": np.arange(len(share))[visible],
            "left": np.clip(np.nan_to_num(share, nan=0.0, posinf=CEILING), 0, CEILING)[visible],
            "says": [scientific(v) if e else "" for v, e in zip(share[visible], end[visible], strict=True)],
            "end": end[visible],
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
