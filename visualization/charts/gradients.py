"""How much of an error is left on its way back through time."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from lstm.errors import InputError
from visualization.charts.frames import as_numbers
from visualization.charts.logarithmic import axis, references, scale
from visualization.charts.windows import MOST_ROWS, same_line
from visualization.numbers import CEILING, FLOOR, decades, scientific
from visualization.palette import CELLS, colour
from visualization.symbols import Theme

# The paths of an LSTM's error, with the symbol or cell whose colour they have and their dashes.
PATHS = {"whole": ("LSTM", [1, 0]), "cell-state path": ("f", [7, 4]), "through h": ("h", [2, 3])}
_TOOLTIP = [
    alt.Tooltip("cell:N"),
    alt.Tooltip("back:Q", title="steps back"),
    alt.Tooltip("left:Q", format=".1e"),
]
_WHOLE = alt.Axis(format="d", tickMinStep=1)  # steps are whole
DASHES = {"LSTM": [1, 0], "GRU": [8, 3], "RNN": [3, 3]}


def plot_gradient_flow_comparison(
    lstm_grads: ArrayLike,
    rnn_grads: ArrayLike,
    gru_grads: ArrayLike | None = None,
    theme: Theme = "light",
    ghosts: Mapping[str, ArrayLike] | None = None,
) -> alt.LayerChart:
    """Draw gradient norms against steps back, logarithmic, relative to where the error was put in.

    Each argument: norms at t = 1..T, (T,), the last being the step with the error, as
    `lstm.gradients` returns them; of gradients, (T, H) or a list of T arrays, the norms are taken here.
    ghosts: more LSTMs to compare with, by what is different in them.
    A curve ends, with a mark, where it leaves 10⁻⁴⁰ … 10⁴⁰; so do 0 and infinity.
    Curves of thousands of steps are drawn through fewer of them, chosen so that they look the same; the
    chart's title says so.  Raises InputError for what is neither norms nor gradients.
    """
    arguments = {"LSTM": lstm_grads, "GRU": gru_grads, "RNN": rnn_grads}
    curves = {
        name: _norms(values, f"{name.lower()}_grads")
        for name, values in arguments.items()
        if values is not None
    }
    ghosts = {name: _norms(values, name) for name, values in (ghosts or {}).items()}
    frame, ghost_frame = gradient_frame(curves), gradient_frame(ghosts) if ghosts else None
    low, high = decades(pd.concat([frame, ghost_frame])["left"].to_numpy())
    colours = {name: colour(name, theme) for name in CELLS if name in curves}
    lines = _lines(_thinned(frame), colours, DASHES, low, high)
    faint = () if ghost_frame is None else _ghosts(_thinned(ghost_frame), low, high, theme)
    chart = alt.layer(*references(low, high, theme), *faint, *lines).properties(height=330)
    return _titled(chart, frame, ghost_frame)


def plot_gradient_paths(
    whole: ArrayLike, alone: ArrayLike, rest: ArrayLike, theme: Theme = "light"
) -> alt.LayerChart:
    """∂L/∂C on its two paths: along the cell-state path, through h, and the whole; norms (T,).

    All three are relative to the whole where the error was put in.
    """
    whole, alone, rest = (np.asarray(values, float) for values in (whole, alone, rest))
    named = dict(zip(PATHS, (whole, alone, rest), strict=True))
    frame = gradient_frame(named, put_in=float(whole[-1]))
    low, high = decades(frame["left"].to_numpy())
    colours = {name: colour(symbol, theme) for name, (symbol, _) in PATHS.items()}
    dashes = {name: dash for name, (_, dash) in PATHS.items()}
    lines = _lines(_thinned(frame), colours, dashes, low, high)
    return _titled(alt.layer(*references(low, high, theme), *lines).properties(height=340), frame)


def _norms(values: ArrayLike, name: str) -> np.ndarray:
    """Norms (T,): of gradients, (T, H) or (T, B, H), the length of each step's vector."""
    array = as_numbers(values, name)
    if array.ndim == 0 or 0 in array.shape:
        raise InputError(f"{name} must be T norms, or T gradients of H units, (T, H), not {array.shape}.")
    return array if array.ndim == 1 else np.linalg.norm(array.reshape(len(array), -1), axis=1)


def _thinned(frame: pd.DataFrame) -> pd.DataFrame:
    """A `gradient_frame` of at most MOST_ROWS rows, whose curves look as if all rows were there."""
    if len(frame) <= MOST_ROWS:
        return frame
    curves = [rows for _, rows in frame.groupby("cell", sort=False, observed=True)]
    most = max(4, MOST_ROWS // len(curves))
    return pd.concat([rows.iloc[same_line(rows["left"].to_numpy(), most)] for rows in curves])


def _titled(chart: alt.LayerChart, *frames: pd.DataFrame | None) -> alt.LayerChart:
    """The chart, with a title if one of its frames is thinned."""
    if not any(frame is not None and len(frame) > MOST_ROWS for frame in frames):
        return chart
    steps = max(int(frame["back"].max()) for frame in frames if frame is not None)
    title = alt.TitleParams(
        f"{steps:,} steps back",
        subtitle="of neighbouring steps the first, the last, the lowest and the highest are drawn",
        anchor="start",
    )
    return chart.properties(title=title)


def _lines(
    frame: pd.DataFrame, colours: Mapping[str, str], dashes: Mapping[str, list[int]], low: int, high: int
) -> tuple[alt.Chart, alt.Chart]:
    """A line for each curve, and marks where curves leave the picture."""
    names = list(colours)
    base = alt.Chart(frame).encode(
        alt.X("back:Q", title="steps back in time", scale=alt.Scale(nice=False), axis=_WHOLE),
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
    """Dashed lines to compare with, named at their ends."""
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
    return base.mark_line(strokeWidth=2.5, strokeDash=[12, 4, 2, 4]), names_at_ends


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


def describe_flow(norms: Mapping[str, ArrayLike], steps: int, what: str = "the gradient") -> str:
    """What the chart shows, in words computed from the norms; what: the gradient's name."""
    parts = [f"{name} {scientific(left_after(values, steps))}" for name, values in norms.items()]
    return f"Share of {what} that is left {steps} steps back: {', '.join(parts)}."
