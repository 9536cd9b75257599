"""A signal that two cells carry along."""

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from visualization.gates import number
from visualization.palette import Theme, colour


def plot_carried(values: tuple[NDArray, NDArray], theme: Theme = "light") -> alt.Chart:
    """What the LSTM's cell state and the RNN's hidden state hold after each step; values: two (T,)."""
    lstm, rnn = values
    steps = np.arange(1, len(lstm) + 1)
    frame = pd.concat(
        [
            pd.DataFrame({"step": steps, "held": lstm, "cell": "LSTM"}),
            pd.DataFrame({"step": steps, "held": rnn, "cell": "RNN"}),
        ]
    )
    names = ["LSTM", "RNN"]
    return (
        alt.Chart(frame)
        .mark_line(strokeWidth=3)
        .encode(
            alt.X("step:Q", title="step"),
            alt.Y("held:Q", title="still held (C or h)", scale=alt.Scale(domain=[0, 1])),
            alt.Color(
                "cell:N",
                title=None,
                scale=alt.Scale(domain=names, range=[colour("LSTM", theme), colour("RNN", theme)]),
                legend=alt.Legend(orient="top"),
            ),
            alt.StrokeDash("cell:N", scale=alt.Scale(domain=names, range=[[1, 0], [5, 4]]), legend=None),
            tooltip=["cell:N", "step:Q", alt.Tooltip("held:Q", format=".3f")],
        )
        .properties(height=260)
    )


def describe_carried(values: tuple[NDArray, NDArray]) -> str:
    """What is left at the end, in words computed from the values."""
    lstm, rnn = values
    return (
        f"After {len(lstm)} steps the LSTM's cell state still holds {number(lstm[-1])} "
        f"of the {number(lstm[0])} that was put in, the RNN {number(rnn[-1])} of {number(rnn[0])}."
    )
