"""How much of an error is left on its way back through time."""

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.palette import CELLS, GREY, Theme, colour

# Smaller than this, relative to a weight, an update in float32 changes nothing.
FLOAT32_STEP = float(np.finfo(np.float32).eps)
# An axis needs an end: what is smaller, zero included, is not drawn, and said in words.
FLOOR = 1e-40


def plot_gradient_flow_comparison(
    lstm_grads: ArrayLike,
    rnn_grads: ArrayLike,
    gru_grads: ArrayLike | None = None,
    theme: Theme = "light",
) -> alt.LayerChart:
    """Gradient norms against steps back, logarithmic, relative to where the error was put in.

    Each argument: norms at t = 1..T, (T,), the last being the step with the error, as
    `lstm.gradients` returns them.  A curve ends where it falls below 10⁻⁴⁰.
    """
    frame = gradient_frame({"LSTM": lstm_grads, "RNN": rnn_grads, "GRU": gru_grads})
    cells = [name for name in CELLS if name in set(frame["cell"])]
    frame = frame[frame["left"] >= FLOOR]
    lowest = float(frame["left"].min())
    low = 10.0 ** np.floor(np.log10(min(lowest, FLOAT32_STEP)) - 0.5)
    high = 10.0 ** np.ceil(np.log10(max(1.0, float(frame["left"].max()))) + 0.5)
    scale = alt.Scale(type="log", domain=[low, high], clamp=True)
    lines = (
        alt.Chart(frame)
        .mark_line(strokeWidth=3)
        .encode(
            alt.X("back:Q", title="steps back in time"),
            alt.Y("left:Q", scale=scale, title="gradient left", axis=_decades(low, high)),
            alt.Color(
                "cell:N",
                title=None,
                scale=alt.Scale(domain=cells, range=[colour(name, theme) for name in cells]),
                legend=alt.Legend(orient="top", symbolStrokeWidth=3),
            ),
            alt.StrokeDash("cell:N", scale=alt.Scale(domain=cells), title=None, legend=None),
            tooltip=[
                "cell:N",
                alt.Tooltip("back:Q", title="steps back"),
                alt.Tooltip("left:Q", format=".2e"),
            ],
        )
    )
    return alt.layer(*_references(scale, theme), lines).properties(height=380)


def _references(scale: alt.Scale, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """Dotted lines where nothing is lost and where float32 loses an update beside a weight of 1."""
    marks = pd.DataFrame({"left": [1.0, FLOAT32_STEP], "meaning": ["", "too small beside 1 in float32"]})
    base = alt.Chart(marks).encode(alt.Y("left:Q", scale=scale), color=alt.value(GREY[theme]))
    rules = base.mark_rule(strokeDash=[2, 4], opacity=0.7)
    names = base.mark_text(align="left", dx=6, dy=10, fontSize=12).encode(
        alt.Text("meaning:N"), x=alt.value(0)
    )
    return rules, names


def _decades(low: float, high: float) -> alt.Axis:
    """An axis of powers of ten, at most eight of them, written as powers."""
    first, last = round(np.log10(low)), round(np.log10(high))
    every = max(1, -(-(last - first) // 8))
    exponents = [e for e in range(first, last + 1) if e % every == 0]
    labels = {str(e): "1" if e == 0 else f"10{superscript(e)}" for e in exponents}
    return alt.Axis(
        values=[10.0**e for e in exponents], labelExpr=f"{labels}[round(log(datum.value) / LN10)]"
    )


def superscript(exponent: int) -> str:
    """An exponent in raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def gradient_frame(norms: Mapping[str, ArrayLike | None]) -> pd.DataFrame:
    """Columns cell, back (steps), left (share of the norm where the error was put in)."""
    frames = []
    for name, values in norms.items():
        if values is not None:
            array = np.asarray(values, float)
            share = array[::-1] / array[-1]
            frames.append(pd.DataFrame({"cell": name, "back": np.arange(len(share)), "left": share}))
    return pd.concat(frames, ignore_index=True)


def left_after(norms: ArrayLike, steps: int) -> float:
    """The share of the gradient that is left `steps` steps before the error was put in."""
    array = np.asarray(norms, float)
    return float(array[-1 - steps] / array[-1])


def describe_flow(norms: Mapping[str, ArrayLike], steps: int) -> str:
    """What the chart shows, in words computed from the norms."""
    parts = []
    for name, values in norms.items():
        left = left_after(values, steps)
        parts.append(f"{name} {scientific(left)}{' (it explodes)' if left > 1 else ''}")
    return f"Share of the gradient that is left {steps} steps back: {', '.join(parts)}."


def scientific(value: float) -> str:
    """A share in words a student can read: 0.31, or 2 · 10⁻⁴."""
    if value == 0:
        return "exactly 0"
    if not np.isfinite(value):
        return "more than any number" if value > 0 else "not a number"
    mantissa, exponent = f"{value:.1e}".split("e")
    if -2 <= int(exponent) <= 0:
        return f"{value:.2g}"
    return f"{value:.0f}" if 0 < int(exponent) <= 2 else f"{mantissa} · 10{superscript(int(exponent))}"
