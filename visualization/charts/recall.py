"""How far back networks recall: what was measured."""

from collections.abc import Mapping
from typing import Any, Literal

import altair as alt
import pandas as pd

from visualization.palette import GREY, colour
from visualization.symbols import Theme

Panel = Literal["direct", "curriculum", "elsewhere"]

BAND = 84  # pixels for a network's row
# A picture's text has no index, so the biases are words there, in the second line of a label.
_BIASES = {"b_f =": "forget bias", "b_z =": "update-gate bias"}
_TWO_LINES = "split(datum.label, ', ')"
_TOOLTIP = [
    alt.Tooltip("network:N"),
    alt.Tooltip("gap:O", title="steps of noise N"),
    alt.Tooltip("goal:O", title="trained at N"),
    alt.Tooltip("seed:O"),
    alt.Tooltip("accuracy:Q", format=".1%", title="right answers"),
    alt.Tooltip("updates:Q", format=",", title="updates trained"),
]


def recall_frame(results: Mapping[str, Any], every_goal: bool = False) -> pd.DataFrame:
    """What assets/recall.json holds, one row a judgement of a trained network.

    Columns: row (the network), curriculum (whether short sequences came first), goal (steps of noise
    it was trained for), gap (and over which it was judged), seed, accuracy (a share), updates and
    seconds (of the training), and cell (RNN, GRU or LSTM).
    By curriculum, those trained for the longest gap, judged at all; `every_goal`: those trained for a
    shorter one as well, each judged there.
    """
    frame = pd.DataFrame(results["runs"])
    frame = frame.assign(cell=frame["row"].str.split(",").str[0])
    return frame if every_goal else frame[~frame["curriculum"] | (frame["goal"] == frame["goal"].max())]


def recall_panel(frame: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """The part of a `recall_frame` with every goal that makes one picture.

    direct: trained at the gap from the start; curriculum: short sequences first, then the gap;
    elsewhere: short sequences first, up to the longest gap, and then judged at all of them.
    """
    parts = {
        "direct": ~frame["curriculum"],
        "curriculum": frame["curriculum"] & (frame["gap"] == frame["goal"]),
        "elsewhere": frame["curriculum"] & (frame["goal"] == frame["goal"].max()),
    }
    return frame[parts[panel]]


def plot_recall(frame: pd.DataFrame, theme: Theme = "light", symbols: int = 8) -> alt.LayerChart:
    """Accuracy against gap, a strip for each network: the seeds as dots, their median as a line.

    frame: the part of a `recall_frame` with or without curriculum, or a `recall_panel`.  In a strip,
    the upper thin line is 100% and the dotted one chance, 1 / symbols.  One picture and not facets:
    strips share the gaps' axis, and it takes whatever width there is, a phone's too.
    """
    if frame.duplicated(["row", "gap", "seed"]).any():
        raise ValueError("these are several pictures; choose one with recall_panel")
    median = frame.groupby(["row", "gap"])["accuracy"].transform("median")
    frame = frame.assign(median=median, network=frame["row"].replace(_BIASES, regex=True))
    rows, gaps = frame["network"].unique().tolist(), sorted(frame["gap"].unique().tolist())
    cells = {cell: colour(cell, theme) for cell in frame["cell"].unique()}
    axis = alt.Axis(labelExpr=_TWO_LINES, labelLimit=200, ticks=False, domain=False)
    strip = alt.Y("network:N", sort=rows, title=None, axis=axis)
    base = alt.Chart(frame).encode(
        strip,
        alt.X(
            "gap:O",
            sort=gaps,
            title="steps between symbol and question",
            axis=alt.Axis(labelAngle=0, grid=False),
            scale=alt.Scale(paddingInner=0.35, paddingOuter=0.25),
        ),
        alt.Color("cell:N", legend=None, scale=alt.Scale(domain=[*cells], range=[*cells.values()])),
    )
    medians = base.mark_line(strokeWidth=2, opacity=0.6).encode(_height("median"), alt.Detail("network:N"))
    # Seeds side by side, so that equal ones can be counted.
    dots = base.mark_circle(size=34, opacity=0.9).encode(
        _height("accuracy"), alt.XOffset("seed:O"), tooltip=_TOOLTIP
    )
    layers = alt.layer(*_levels(rows, strip, 1 / symbols, theme), medians, dots)
    return layers.properties(height=BAND * len(rows))


def _height(column: str) -> alt.YOffset:
    """The place of a share within its row, which has room for the dots at 0 and 1."""
    return alt.YOffset(f"{column}:Q", scale=alt.Scale(domain=[-0.12, 1.12], nice=False))


def _levels(
    rows: list[str], strip: alt.Y, chance: float, theme: Theme
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Lines at 100 % and at chance in every strip, with their names at the right."""
    named = ((1.0, "100%"), (chance, f"{chance:.1%}"))
    levels = pd.DataFrame(
        [{"network": row, "level": level, "name": name} for row in rows for level, name in named]
    )
    base = alt.Chart(levels).encode(strip, _height("level"), color=alt.value(GREY[theme]))
    lines = base.encode(x=alt.value(0), x2=alt.value("width"))
    full = lines.mark_rule(opacity=0.5).transform_filter("datum.level == 1")
    guessing = lines.mark_rule(strokeDash=[2, 4]).transform_filter("datum.level != 1")
    names = base.mark_text(align="left", dx=5, fontSize=11).encode(alt.Text("name:N"), x=alt.value("width"))
    return full, guessing, names
