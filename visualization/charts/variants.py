"""What variants of the LSTM do to recall and to a text: a dot for each trained network."""

import altair as alt
import pandas as pd

from visualization.palette import GREY, colour
from visualization.symbols import Theme

ROW, AXIS, LEGEND = 40, 56, 40  # pixels

_NARROW = "windowSize()[0] < 640"


def plot_variant_recall(frame: pd.DataFrame, theme: Theme = "light", symbols: int = 8) -> alt.LayerChart:
    """Right answers, a row for each cell and forget bias; the shape says over how many steps.

    frame: columns row, gap, seed, accuracy, updates.  The dotted line is chance, 1 / symbols.
    """
    gaps = sorted(int(gap) for gap in frame["gap"].unique())
    base = _rows(frame.assign(steps=[f"{gap:.0f} steps" for gap in frame["gap"]]))
    dots = base.mark_point(size=60, opacity=0.9, strokeWidth=2).encode(
        alt.X(
            "accuracy:Q",
            title="right answers",
            axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1.02], nice=False),
        ),
        alt.YOffset("steps:N", sort=[f"{gap} steps" for gap in gaps]),
        alt.Shape(
            "steps:N",
            title="noise between",
            sort=[f"{gap} steps" for gap in gaps],
            legend=alt.Legend(orient="top"),
        ),
        color=alt.value(colour("C", theme)),
        tooltip=["row:N", "steps:N", "seed:O", alt.Tooltip("accuracy:Q", format=".1%"), "updates:Q"],
    )
    chance = alt.Chart(pd.DataFrame({"chance": [1 / symbols]})).mark_rule(strokeDash=[2, 4])
    return alt.layer(chance.encode(x="chance:Q", color=alt.value(GREY[theme])), dots).properties(
        height=ROW * frame["row"].nunique() + AXIS + LEGEND
    )


def plot_variant_losses(frame: pd.DataFrame, theme: Theme = "light") -> alt.Chart:
    """Validation loss on a text, a row for each cell.  frame: columns row, seed, loss, parameters."""
    chart: alt.Chart = (
        _rows(frame)
        .mark_point(size=60, opacity=0.9, strokeWidth=2)
        .encode(
            alt.X("loss:Q", title="validation loss, nats a character", scale=alt.Scale(zero=False)),
            color=alt.value(colour("C", theme)),
            tooltip=[
                "row:N",
                "seed:O",
                alt.Tooltip("loss:Q", format=".3f"),
                alt.Tooltip("parameters:Q", format=","),
            ],
        )
        .properties(height=ROW * frame["row"].nunique() + AXIS)
    )
    return chart


def describe_variants(frame: pd.DataFrame, column: str) -> str:
    """What a picture shows, in words: each row's least and greatest number."""
    written = "{:.0%}".format if column == "accuracy" else "{:.2f}".format
    keys = ["row", "gap"] if column == "accuracy" else ["row"]
    parts = []
    for key, values in frame.groupby(keys, sort=False)[column]:
        name = f"{key[0]} over {key[1]:.0f} steps" if len(keys) > 1 else key[0]
        low, high = written(values.min()), written(values.max())
        parts.append(f"{name}: {low if low == high else f'{low} to {high}'}")
    what = "Right answers" if column == "accuracy" else "Validation loss"
    return f"{what} of each network. {'; '.join(parts)}."


def _rows(frame: pd.DataFrame) -> alt.Chart:
    rows = frame["row"].unique().tolist()
    # On a phone a row has two lines: the cell, and its forget bias.
    bracket = "indexof(datum.label, ' (')"
    parts = f"[slice(datum.label, 0, {bracket}), slice(datum.label, {bracket} + 1)]"
    label = f"{_NARROW} && {bracket} > 0 ? {parts} : datum.label"
    # Of two lines, the first stands where a single one would.
    offset = alt.ExprRef(f"{_NARROW} ? -7 : 0") if any(" (" in row for row in rows) else 0
    axis = alt.Axis(
        labelExpr=label,
        labelOffset=offset,
        labelLineHeight=14,
        labelLimit=300,
        labelOverlap=False,
        ticks=False,
        domain=False,
        grid=True,
    )
    return alt.Chart(frame).encode(alt.Y("row:N", sort=rows, title=None, axis=axis))
