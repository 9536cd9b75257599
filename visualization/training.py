"""How a loss falls."""

import math
from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from visualization.palette import GREY, Theme, colour

POINTS = 400


def plot_loss(
    history: Mapping[str, ArrayLike], vocabulary_size: int, theme: Theme = "light"
) -> alt.LayerChart:
    """Training and validation loss against steps, with the loss of pure guessing, ln V.

    history: columns step, loss and validation_loss (NaN where not measured), as `lstm.history` keeps
    them.  The training loss is averaged over stretches where there are more than 400 reports.
    """
    frame = loss_frame(history)
    guess = math.log(vocabulary_size)
    kinds = ["training", "validation"]
    scale = alt.Scale(domain=[0, max(guess * 1.08, float(frame["loss"].max()))], nice=False)
    lines = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2.5)
        .encode(
            alt.X("step:Q", title="training step"),
            alt.Y("loss:Q", title="loss per character (nats)", scale=scale),
            alt.Color(
                "text:N",
                title=None,
                scale=alt.Scale(domain=kinds, range=[colour("f", theme), colour("C", theme)]),
                legend=alt.Legend(orient="top"),
            ),
            alt.StrokeDash("text:N", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 3]]), legend=None),
            tooltip=["text:N", "step:Q", alt.Tooltip("loss:Q", format=".3f")],
        )
    )
    line = pd.DataFrame({"loss": [guess], "meaning": [f"guessing: ln {vocabulary_size} = {guess:.2f}"]})
    base = alt.Chart(line).encode(alt.Y("loss:Q", scale=scale), color=alt.value(GREY[theme]))
    rule = base.mark_rule(strokeDash=[2, 4])
    name = base.mark_text(align="right", dy=-7, fontSize=12).encode(
        alt.Text("meaning:N"), x=alt.value("width")
    )
    return alt.layer(rule, name, lines).properties(height=320)


def loss_frame(history: Mapping[str, ArrayLike]) -> pd.DataFrame:
    """Columns step, text ("training" or "validation"), loss."""
    step, loss, validation = (np.asarray(history[k], float) for k in ("step", "loss", "validation_loss"))
    size = max(1, math.ceil(len(step) / POINTS))
    groups = np.arange(len(step)) // size
    training = pd.DataFrame({"step": step, "loss": loss}).groupby(groups).mean()
    measured = ~np.isnan(validation)
    held_out = pd.DataFrame({"step": step[measured], "loss": validation[measured]})
    return pd.concat(
        [training.assign(text="training"), held_out.assign(text="validation")], ignore_index=True
    )


def describe_loss(history: Mapping[str, ArrayLike], vocabulary_size: int) -> str:
    """What the chart shows, in words computed from the history."""
    frame = loss_frame(history)
    training, measured = (
        frame[frame["text"] == text]["loss"].tolist() for text in ("training", "validation")
    )
    recent = training[-max(1, len(training) // 50) :]
    text = (
        f"The training loss goes from {training[0]:.2f} to {sum(recent) / len(recent):.2f} nats per character"
    )
    if len(measured):
        text += f", the validation loss ends at {measured[-1]:.2f}"
    return f"{text}; guessing among {vocabulary_size} characters is {math.log(vocabulary_size):.2f}."
