"""A training run to leaf through: the loss with a marker on it, and what is expected next.

Specifications are built once; with every move only the data change.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.frames import shown
from visualization.palette import GREY, Theme, colour

KINDS = ("training", "validation")
HEIGHT = 340
LIKELIEST = 8
_BINS = 160
_LINEAR = 10  # steps: below it the axis is nearly linear, so that step 0 has a place, above it logarithmic


def loss_curves(
    history: Mapping[str, ArrayLike], moments: Mapping[str, ArrayLike] | None = None
) -> pd.DataFrame:
    """Columns step, text ("training" or "validation") and loss, as dense as a logarithmic axis can show.

    history: columns step, loss and validation_loss (NaN where not measured), as `lstm.history` keeps
    them; moments: more of step and validation_loss, as snapshots have them.
    """
    step, loss, validation = (np.asarray(history[k], float) for k in ("step", "loss", "validation_loss"))
    width = np.log1p(step.max() / _LINEAR) / _BINS
    bins = np.floor(np.log1p(step / _LINEAR) / width)
    training = pd.DataFrame({"step": step, "loss": loss}).groupby(bins).mean()
    held_out = pd.DataFrame({"step": step, "loss": validation})
    if moments is not None:
        more = pd.DataFrame({"step": moments["step"], "loss": moments["validation_loss"]}).astype(float)
        held_out = pd.concat([held_out, more])
    held_out = held_out.dropna().drop_duplicates("step").sort_values("step")
    return pd.concat([training.assign(text=KINDS[0]), held_out.assign(text=KINDS[1])], ignore_index=True)


def film_spec(curves: pd.DataFrame, vocabulary_size: int, theme: Theme = "light") -> dict:
    """The curves as a Vega-Lite specification; the marker is its data set "flow", see `marker_frame`.

    The loss of pure guessing, ln V, is drawn beside them.
    """
    guess = math.log(vocabulary_size)
    top = max(guess * 1.08, float(curves["loss"].max()))
    spec = _film_spec(float(curves["step"].max()), vocabulary_size, round(top, 3), theme)
    return {**spec, "datasets": {**spec["datasets"], "curves": curves}}


def marker_frame(step: int, loss: float, validation_loss: float) -> pd.DataFrame:
    """One moment on the curves: columns step, text and loss; no row for what was not measured."""
    frame = pd.DataFrame({"step": float(step), "text": KINDS, "loss": [float(loss), float(validation_loss)]})
    return frame.dropna(ignore_index=True)


@lru_cache(maxsize=64)
def _film_spec(last: float, vocabulary_size: int, top: float, theme: Theme) -> dict:
    y = alt.Scale(domain=[0, top], nice=False)
    x = alt.Scale(type="symlog", constant=_LINEAR, domain=[0, last], nice=False)
    ticks = [0, *(10**n for n in range(1, 7) if 10**n <= last)]
    colours = [colour("f", theme), colour("C", theme)]
    axis = alt.Axis(values=ticks, format=",d")
    encodings = (
        alt.X("step:Q", title="training step (logarithmic)", scale=x, axis=axis),
        alt.Y("loss:Q", title="loss per character (nats)", scale=y),
        alt.Color(
            "text:N",
            title=None,
            scale=alt.Scale(domain=list(KINDS), range=colours),
            legend=alt.Legend(orient="top", symbolType="stroke", symbolStrokeWidth=4, symbolSize=400),
        ),
    )
    tips = ["text:N", alt.Tooltip("step:Q", format=",.0f"), alt.Tooltip("loss:Q", format=".3f")]
    lines = alt.Chart(alt.NamedData("curves")).encode(*encodings, tooltip=tips)
    dashes = alt.StrokeDash(
        "text:N", scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [6, 3]]), legend=None
    )
    lines = lines.mark_line(strokeWidth=2.5).encode(dashes)
    here = alt.Chart(alt.NamedData("flow")).encode(*encodings, tooltip=tips)
    # Without the colour of a curve: the moment belongs to both.
    rule = (
        alt.Chart(alt.NamedData("flow"))
        .mark_rule(strokeWidth=2, color=colour("h", theme))
        .encode(alt.X("step:Q", scale=x))
    )
    points = here.mark_point(filled=True, size=140, opacity=1)
    return (
        alt.layer(*_guessing(vocabulary_size, y, theme), lines, rule, points)
        .properties(height=HEIGHT - 10)
        .to_dict()
    )


def _guessing(vocabulary_size: int, y: alt.Scale, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """The loss of who knows nothing but the characters, with its name."""
    guess = math.log(vocabulary_size)
    named = pd.DataFrame({"loss": [guess], "meaning": [f"guessing: ln {vocabulary_size} = {guess:.2f}"]})
    base = alt.Chart(named).encode(alt.Y("loss:Q", scale=y), color=alt.value(GREY[theme]))
    name = base.mark_text(align="right", dy=-7, fontSize=12).encode(
        alt.Text("meaning:N"), x=alt.value("width")
    )
    return base.mark_rule(strokeDash=[2, 4]), name


def next_frame(probabilities: ArrayLike, chars: Sequence[str]) -> pd.DataFrame:
    """The likeliest characters, the likeliest first: columns rank, character, probability, says.

    probabilities (V,), of the characters in the same order.
    """
    p = np.asarray(probabilities, float)
    order = np.argsort(-p, kind="stable")[:LIKELIEST]
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1),
            "character": [shown(chars[index]) for index in order],
            "probability": p[order],
            "says": [f"{value:.0%}" if value >= 0.01 else "< 1%" for value in p[order]],
        }
    )


@lru_cache(maxsize=4)
def next_spec(theme: Theme = "light") -> dict:
    """Bars of a `next_frame`, which is the data set "flow"."""
    rank = alt.Y(
        "rank:O", axis=None, scale=alt.Scale(domain=list(range(1, LIKELIEST + 1)), paddingInner=0.25)
    )
    base = alt.Chart(alt.NamedData("flow")).encode(rank)
    bars = base.mark_bar(color=colour("h", theme)).encode(
        alt.X("probability:Q", title=None, axis=None, scale=alt.Scale(domain=[-0.09, 1.12], nice=False)),
        alt.X2(datum=0),
        tooltip=["character:N", alt.Tooltip("probability:Q", format=".4f")],
    )
    ink = alt.value({"light": "#1b2026", "dark": "#e8ebef"}[theme])
    names = base.mark_text(align="right", dx=-8, fontSize=15, font="monospace").encode(
        alt.Text("character:N"), alt.X(datum=0), color=ink
    )
    numbers = base.mark_text(align="left", dx=6, fontSize=13).encode(
        alt.Text("says:N"), alt.X("probability:Q"), color=ink
    )
    spec = alt.layer(bars, names, numbers).properties(height=230).configure_view(stroke=None).to_dict()
    return {"datasets": {}, **spec}


def describe_next(frame: pd.DataFrame) -> str:
    """The likeliest characters in words."""
    listed = ", ".join(f"{c} {s}" for c, s in zip(frame["character"], frame["says"], strict=True))
    return f"Likeliest next characters: {listed}."
