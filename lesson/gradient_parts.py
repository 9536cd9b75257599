"""Parts of the gradients page that are more than a chart: what exploded, and whether it matters."""

import pandas as pd
import streamlit as st

from lesson.flows import Setup, Update, halving, roads, updates
from lesson.query import Number, complain, mend
from lesson.show import draw_prepared, theme
from lstm.gradients import GradientFlow
from visualization.gates import number, steps
from visualization.gradients import gradient_flow_picture, left_after
from visualization.logarithmic import FLOAT32_STEP, scientific

_RATES = ("0.1", "0.01", "0.001", "1")


def half_life_row(flow: GradientFlow, forget_bias: float) -> None:
    """The forget bias, its half-life and the slopes of both curves, side by side, in steps."""
    found = halving(flow)
    with st.container(horizontal=True):
        st.metric("Forget bias → mean gate", f"{forget_bias:g} → {number(found.f, 3)}", border=True)
        st.metric("Half-life ln 0.5 / ln f", steps(found.half_life), border=True)
        st.metric("The cell state alone halves every", steps(found.road), border=True)
        whole = "never" if found.whole == float("inf") else steps(found.whole)
        st.metric("The whole dL/dC halves every", whole, border=True)


def verdicts(setup: Setup, flow: GradientFlow, back: int) -> None:
    """Two sentences of the cheat sheet, each with what it comes to for this setting."""
    f = halving(flow).f
    left = left_after(flow.dC, back)
    road = left_after(roads(flow).alone, back)
    usable = "more than float32 needs" if left >= FLOAT32_STEP else "too little for float32"
    flows = "true here" if 0.1 <= left <= 10 else "not true here"
    st.markdown(
        f"""
| the cheat sheet says | verdict, for $b_f = {setup.forget_bias:g}$ and {back} steps |
|---|---|
| “Gradients flow via **addition** rather than multiplication” | Half true. The addition passes an error on \
unchanged, but every step also multiplies it by f, {number(f, 3)} on average: the belt alone leaves \
{scientific(road)}. |
| “Gradients **flow freely**” | {flows.capitalize()}. Of dL/dC {scientific(left)} is left: {usable}. It is \
the open forget gate that lets them flow, not the name LSTM. |
"""
    )


def explosion() -> None:
    """A setting in which the RNN explodes, and what clipping makes of it."""
    complain(mend({"explode": Number(0.5, 3.0, 3.0, 0.1), "rate": _RATES}))
    _explode()


@st.fragment
def _explode() -> None:
    left, right = st.columns(2)
    radius = left.slider("Spectral radius of the RNN", 0.5, 3.0, 3.0, 0.1, key="explode", bind="query-params")
    rate = right.select_slider(
        "Learning rate", sorted(_RATES, key=float), "0.1", key="rate", bind="query-params"
    )
    setup = Setup(T=50, radius=radius)
    rnn, lstm = setup.flow("rnn").dh, setup.flow("lstm").dh
    times = scientific(left_after(rnn, setup.T - 1))
    text = f"{setup.T - 1} steps back the RNN's gradient is {times} times what was put in."
    draw_prepared(*gradient_flow_picture(lstm, rnn, theme=theme()), text, key="explosion")
    st.markdown(f"**{text}** Its weights get the sum of all these steps, and one update moves them by it:")
    found = updates(setup, float(rate))
    st.dataframe(
        pd.DataFrame(
            {
                "gradient": [u.name for u in found],
                "its norm": [scientific(u.clipped) for u in found],
                "update ÷ weights": [scientific(u.moved) for u in found],
                "cosine with the raw one": [number(u.kept_direction) for u in found],
            }
        ),
        hide_index=True,
        alt="What one update does to the weights, without clipping and with two kinds of it.",
    )
    st.markdown(_clipping_words(found))


def _clipping_words(found: list[Update]) -> str:
    raw, value, norm = found
    if raw.norm <= norm.clipped + 1e-9:
        return f"The norm is {scientific(raw.norm)}: small enough, clipping by norm leaves it as it is."
    words = (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their own length. "
        f"By value it is still {scientific(value.moved)}, and the direction is another (cosine "
        f"{number(value.kept_direction)}): every number above 5 has become the same 5. By global norm it is "
        f"{scientific(norm.moved)}, in the direction the gradient had."
    )
    return words if raw.moved > 0.1 else words + " With this learning rate even the raw update is small."
