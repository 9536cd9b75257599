"""The part *Explosion*: a gradient that grows, and what clipping makes of the update."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.gradients import questions
from lesson.gradients.curves import draw_curves
from lesson.gradients.flows import CLIP_AT, Setup, Update, updates
from lesson.gradients.parameters import EXPLOSION_RADIUS, SGD_RATE
from lesson.widgets.questions import ask
from visualization.charts.gradients import gradient_frame, left_after
from visualization.numbers import number, scientific

STEPS = 50
_SAME_DIRECTION = 0.995  # a cosine from here on reads as 1.00 or nearly so


def show() -> None:
    """Ask which kind of clipping keeps the direction, then let a gradient explode."""
    prose("With large recurrent weights the same product grows instead. How large is one update then?")
    ask(questions.about_clipping(), "clipping")
    complain(mend(EXPLOSION_RADIUS, SGD_RATE))
    _explode()


@st.fragment
def _explode() -> None:
    """Draw the controls, both curves, and the update with and without clipping."""
    left, right = st.columns(2)
    with left:
        radius = EXPLOSION_RADIUS.slider()
    with right:
        rate = float(SGD_RATE.select_slider())
    setup = Setup(T=STEPS, radius=radius)
    rnn, lstm = setup.flow("rnn").dh, setup.flow("lstm").dh
    times = scientific(left_after(rnn, setup.T - 1))
    text = f"{setup.T - 1} steps back the RNN's gradient is {times} times what was put in."
    draw_curves(gradient_frame({"LSTM": lstm, "RNN": rnn}), setup.T, text, key="explosion")
    prose(
        f"**{text}** (T = {setup.T}, inputs of size {setup.scale:g}, {setup.H} units, seed {setup.seed}.) "
        "Its weights get the sum of all these steps, and one update moves them by it:"
    )
    compared = updates(setup, rate)
    _update_table(compared)
    prose(_clipping_sentences(*compared))


def _update_table(compared: Sequence[Update]) -> None:
    st.dataframe(
        pd.DataFrame(
            {
                "gradient": [update.name for update in compared],
                "its norm": [scientific(update.clipped) for update in compared],
                "update ÷ weights": [scientific(update.moved) for update in compared],
                "cosine with the raw one": [number(update.kept_direction) for update in compared],
            }
        ),
        hide_index=True,
        alt="What one update does to the weights, without clipping and with two kinds of it.",
    )


def _clipping_sentences(raw: Update, value: Update, norm: Update) -> str:
    """Return what the three updates show: not clipped, clipped by value, clipped by global norm."""
    if raw.norm <= norm.clipped + 1e-9:
        return f"The norm is {scientific(raw.norm)}: small enough, clipping by norm leaves it as it is."
    by_value = (
        f"By value it is still {scientific(value.moved)}, and the direction is another (cosine "
        f"{number(value.kept_direction)}): every number above {CLIP_AT:g} has become the same {CLIP_AT:g}."
        if value.kept_direction < _SAME_DIRECTION
        else f"By value it is {scientific(value.moved)}: hardly a number is above {CLIP_AT:g}, although the "
        "whole vector is long."
    )
    return (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their own length. "
        f"{by_value} By global norm it is {scientific(norm.moved)}, in the direction that the gradient had."
    )
