"""The validation loss of the same network with the settings of several contenders, epoch by epoch."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from visualization.palette import BACKGROUND, GREY, RUNS
from visualization.symbols import Theme
from visualization.text import join_words

_DASHES = ([6, 3], [2, 3], [1, 0])  # besides the colours, so that nobody needs to tell those apart
_HEIGHT = 380


def recipe_frame(results: Mapping[str, Any]) -> pd.DataFrame:
    """Return what assets/recipe.json holds, one row an epoch of a run.

    Columns: contender, seed, epoch (from 1), loss (validation, nats a character), and median (of the loss,
    over the contender's seeds).
    """
    frame = pd.DataFrame(
        [
            {"contender": run["contender"], "seed": run["seed"], "epoch": epoch, "loss": loss}
            for run in results["runs"]
            for epoch, loss in enumerate(run["losses"], 1)
        ]
    )
    groups = frame.groupby(["contender", "epoch"])["loss"]
    return frame.assign(median=groups.transform("median"))


def median_curves(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return each contender's median loss by epoch; frame: a `recipe_frame`."""
    parts = frame.groupby("contender", sort=False)
    return {str(name): rows.groupby("epoch")["loss"].median() for name, rows in parts}


def plot_recipe(frame: pd.DataFrame, theme: Theme = "light") -> alt.LayerChart:
    """Draw loss against epoch: a thin line a seed, a thick one their median, a dot at its lowest epoch.

    frame: a `recipe_frame` of up to three contenders.  The losses of the first epochs, far above all others,
    are cut off.
    """
    curves = median_curves(frame)
    scale = {"domain": list(curves)}
    tones = [RUNS[0][theme][1], GREY[theme], RUNS[1][theme][1]]
    low, high = frame["loss"].min(), max(curve.iloc[len(curve) // 10] for curve in curves.values())
    base = alt.Chart(frame).encode(
        alt.X("epoch:Q", title="epoch", scale=alt.Scale(domain=[0, int(frame["epoch"].max())], nice=False)),
        alt.Color("contender:N", title=None, scale=alt.Scale(**scale, range=tones), legend=_legend()),
    )
    height = alt.Scale(domain=[round(low - 0.1, 2), round(high, 2)], nice=False)
    loss = alt.Y("loss:Q", title="validation loss, nats", scale=height)
    median = alt.Y("median:Q", title="validation loss, nats", scale=height)
    dash = alt.StrokeDash(
        "contender:N", title=None, scale=alt.Scale(**scale, range=_DASHES), legend=_legend()
    )
    seeds = base.mark_line(strokeWidth=1, opacity=0.4, clip=True).encode(loss, alt.Detail("seed:N"))
    one = base.transform_filter(
        alt.datum.seed == int(frame["seed"].iloc[0])
    )  # a median once, not for each seed
    medians = one.mark_line(strokeWidth=2.5, clip=True).encode(median, dash)
    hover = one.mark_circle(size=90, opacity=0, clip=True).encode(median, tooltip=_tooltip())
    best = base.mark_circle(size=90, opacity=1, stroke=BACKGROUND[theme], strokeWidth=1.5)
    best = best.properties(data=_best(frame)).encode(median, tooltip=_tooltip())
    return alt.layer(seeds, medians, best, *_losses(base, _best(frame), median, theme), hover).properties(
        height=_HEIGHT
    )


def describe_recipe(frame: pd.DataFrame) -> str:
    """Put what `plot_recipe` shows into words: each contender's first, lowest and last median."""
    parts = [
        f"{name}: {curve.iloc[0]:.2f} after the first, lowest {curve.min():.2f} after {curve.idxmin()}, "
        f"{curve.iloc[-1]:.2f} at the end"
        for name, curve in median_curves(frame).items()
    ]
    return (
        f"Validation loss after each of {frame['epoch'].max()} epochs, median of {frame['seed'].nunique()} "
        f"seeds, nats a character. {'; '.join(parts)}. Contenders from the lowest loss on: {_ranking(frame)}."
    )


def _ranking(frame: pd.DataFrame) -> str:
    curves = median_curves(frame)
    return join_words(sorted(curves, key=lambda name: curves[name].min()))


def _best(frame: pd.DataFrame) -> pd.DataFrame:
    """Return each contender's row with the lowest median, one of them."""
    return frame.loc[frame.groupby("contender", sort=False)["median"].idxmin()]


def _losses(base: alt.Chart, best: pd.DataFrame, height: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Write the lowest losses: the lowest of all below its dot, the others above, out of each other's way.

    Each stands on a rim of the background, so that no line crosses it.
    """
    lowest = best["median"] == best["median"].min()
    return [
        base.mark_text(align="right", dx=4, dy=dy, fontSize=13, **rim)
        .properties(data=rows)
        .encode(height, alt.Text("median:Q", format=".2f"))
        for rows, dy in ((best[lowest], 16), (best[~lowest], -12))
        for rim in ({"stroke": BACKGROUND[theme], "strokeWidth": 4}, {})
    ]


def _legend() -> alt.Legend:
    stroke = {"symbolType": "stroke", "symbolStrokeWidth": 3, "symbolSize": 500, "symbolOpacity": 1}
    # On a phone three names do not fit side by side.
    return alt.Legend(orient="top", columns=alt.ExprRef("width < 500 ? 2 : 3"), **stroke)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("contender:N"),
        alt.Tooltip("epoch:Q"),
        alt.Tooltip("median:Q", format=".3f", title="median loss"),
    ]
