"""The part *The race*: how much of an error arrives at every earlier step, in three kinds of cells."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.gradients import questions
from lesson.gradients.controls import choose_setup, mend_link
from lesson.gradients.curves import draw_curves
from lesson.gradients.flows import STAYS, Halving, Setup, halving, paths, race
from lesson.gradients.parameters import (
    HIDDEN_UNITS,
    INPUT_SCALE,
    KEEP_BIAS,
    MEASURED,
    RADIUS,
    SEED,
    STEPS,
)
from lesson.widgets.questions import ask
from lstm.equations import sigmoid
from lstm.gradients import GradientFlow
from visualization.charts.gradients import describe_flow, gradient_frame, left_after
from visualization.numbers import number, scientific, steps


def show() -> None:
    """Ask what will be left of an error, then show it and say it in words."""
    prose(
        "A network learns by sending its errors back through the steps that led to them, and every step "
        f"multiplies: {_chain()} Here an error is put in at the last step, and the curves show how much of "
        "its **gradient** (the length of the vector ∂L/∂h, or ∂L/∂C) arrives at every earlier one."
    )
    ask(questions.about_the_race(), "race")
    mend_link()
    _run()
    note(
        "Below the lower dotted line an update is smaller than float32 can add to a weight of the size of 1. "
        "A triangle marks where a curve leaves the picture; its tooltip says what is there."
    )


@st.fragment
def _run() -> None:
    """Draw the controls, the curves, and what is left in words."""
    setup = choose_setup(STEPS, MEASURED, RADIUS, KEEP_BIAS, INPUT_SCALE, HIDDEN_UNITS, SEED)
    curves, back = race(setup), min(50, setup.T - 1)
    norms = {"LSTM": curves.lstm, "GRU": curves.gru, "RNN": curves.rnn}
    words = describe_flow(norms, back)
    draw_curves(gradient_frame({**norms, **curves.ghosts}), setup.T, words, key="race")
    prose(
        f"**{words}** RNN of radius {setup.radius:g}, GRU with keep bias {setup.keep_bias:g}, inputs of "
        f"size {setup.scale:g}, {setup.H} units, T = {setup.T}, seed {setup.seed}; all untrained."
    )
    half_lives = halving(curves.flow)
    _half_life_row(half_lives, setup.forget_bias)
    _cheat_sheet_verdicts(setup, curves.flow, half_lives.f)


def _chain() -> str:
    """Return the product that gradients vanish by, for the gate of an LSTM at its start."""
    f = float(sigmoid(1.0))
    return f"{number(f)} × {number(f)} × …, 50 times, is {scientific(f**50)}."


def _half_life_row(half_lives: Halving, forget_bias: float) -> None:
    """Draw the forget bias, its half-life and the slopes of both curves, side by side, in steps."""
    digits = 3 if half_lives.f < 0.9995 else 5
    with st.container(horizontal=True):
        st.metric(
            "Forget bias → mean gate f", f"{forget_bias:g} → {number(half_lives.f, digits)}", border=True
        )
        st.metric(
            "Half-life, ln 0.5 / ln f", steps(half_lives.half_life), border=True,
            help="Of the mean gate. Along the belt each unit multiplies by its own gates, so that those "
            "which keep most or least count most: the next number differs a little.",
        )  # fmt: skip
        st.metric("The belt alone: half is gone after", steps(half_lives.path), border=True)
        whole = "it does not fall" if half_lives.whole == float("inf") else steps(half_lives.whole)
        st.metric("The whole ∂L/∂C: half is gone after", whole, border=True)


def _cheat_sheet_verdicts(setup: Setup, flow: GradientFlow, mean_gate: float) -> None:
    """Draw two sentences of many cheat sheets, each with what it comes to here; mean_gate: of f."""
    back = setup.T - 1
    left, path = left_after(flow.dC, back), left_after(paths(flow).alone, back)
    low, high = STAYS
    what = "it stays" if low <= left <= high else "it grows" if left > high else "it shrinks"
    true = "True here" if what == "it stays" else "Not true here"
    prose(
        f"""
| many cheat sheets say | verdict, for $b_f = {setup.forget_bias:g}$ over {back} steps |
|---|---|
| “Gradients flow via **addition** rather than multiplication” | Half true. The addition passes an error \
on unchanged, but every step also multiplies it by f, {number(mean_gate, 3)} on average: the belt \
alone leaves {scientific(path)}. |
| “Gradients **flow freely**” | {true}: {what}. Of ∂L/∂C {scientific(left)} is left (to stay would be \
between a tenth and ten times). It is the open forget gate that lets them flow, not the name LSTM. |
"""
    )
