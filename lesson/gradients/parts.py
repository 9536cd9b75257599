"""Parts of the gradients page that are more than a chart: what exploded, and whether it matters."""

import pandas as pd
import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import Number, complain, mend
from lesson.gradients.curves import draw_curves
from lesson.gradients.flows import Halving, Setup, Update, best_carrier, roads, updates
from lesson.widgets.display import draw, theme
from lstm.equations import sigmoid
from lstm.gradients import GradientFlow
from visualization.charts.gradient_units import plot_gradient_units
from visualization.charts.gradients import gradient_frame, left_after
from visualization.numbers import number, scientific, steps

_RATES = ("0.1", "0.01", "0.001", "1")


WORDS = """
- **Gradient** ∂L/∂h: by how much the error L changes when h changes a little, one number a unit. Its
  **norm** is the length of this vector; what is drawn is the norm's share of what was put in.
- **Backpropagation through time**: the chain rule, from the last step back to the first.
- **Vanishing, exploding**: the product over many steps becomes too small to teach anything, or too
  large.
- **The belt**: the cell state's own road, where each step multiplies by the forget gate f.
- **Forget bias** $b_f$, **keep bias** $b_z$: what the gate that keeps does when nothing else speaks; z
  is to a GRU what f is to an LSTM.
- **Spectral radius**: the largest absolute eigenvalue of the recurrent weights; over many steps they
  stretch a state by it at each.
- **Finite difference**: the same slope found without any gradient, by moving a little and looking.
- **Clipping**: shortening a gradient that is too long, number by number (by value) or as a whole (by
  global norm). The **cosine** between two vectors is 1 if they have the same direction, 0 if they have
  nothing in common.
- **Seed**: where the random numbers start; another seed is another network of the same kind.
"""


def chain() -> str:
    """The product that gradients vanish by, for the gate of an LSTM at its start."""
    f = float(sigmoid(1.0))
    return f"{number(f)} × {number(f)} × …, 50 times, is {scientific(f**50)}."


def half_life_row(found: Halving, forget_bias: float) -> None:
    """The forget bias, its half-life and the slopes of both curves, side by side, in steps."""
    digits = 3 if found.f < 0.9995 else 5
    with st.container(horizontal=True):
        st.metric("Forget bias → mean gate f", f"{forget_bias:g} → {number(found.f, digits)}", border=True)
        st.metric(
            "Half-life, ln 0.5 / ln f", steps(found.half_life), border=True,
            help="Of the mean gate. Along the belt each unit multiplies by its own gates, so that those "
            "which keep most or least count most: the next number differs a little.",
        )  # fmt: skip
        st.metric("The belt alone: half is gone after", steps(found.road), border=True)
        whole = "it does not fall" if found.whole == float("inf") else steps(found.whole)
        st.metric("The whole ∂L/∂C: half is gone after", whole, border=True)


def verdicts(setup: Setup, flow: GradientFlow, mean_gate: float) -> None:
    """Two sentences of many cheat sheets, each with what it comes to for this setting; mean_gate: of f."""
    back = setup.T - 1
    left, road = left_after(flow.dC, back), left_after(roads(flow).alone, back)
    what = "it stays" if 0.1 <= left <= 10 else "it grows" if left > 10 else "it shrinks"
    true = "True here" if what == "it stays" else "Not true here"
    prose(
        f"""
| many cheat sheets say | verdict, for $b_f = {setup.forget_bias:g}$ over {back} steps |
|---|---|
| “Gradients flow via **addition** rather than multiplication” | Half true. The addition passes an error \
on unchanged, but every step also multiplies it by f, {number(mean_gate, 3)} on average: the belt \
alone leaves {scientific(road)}. |
| “Gradients **flow freely**” | {true}: {what}. Of ∂L/∂C {scientific(left)} is left (to stay would be \
between a tenth and ten times). It is the open forget gate that lets them flow, not the name LSTM. |
"""
    )


def where_it_flows(setup: Setup, flow: GradientFlow) -> None:
    """Heat maps of one cell at a time, unit by step, with the gate that keeps; flow: the LSTM's."""
    st.subheader("Where it flows")
    cells = ("LSTM", "GRU", "RNN")
    complain(mend({"cell": cells}))
    kind = st.segmented_control("Cell", cells, default="LSTM", required=True, key="cell", bind="query-params")
    shown = flow if kind == "LSTM" else setup.flow(kind.lower())
    gate = {"LSTM": "f", "GRU": "z"}.get(kind)
    unit, most = best_carrier(shown)
    far = f"Unit {unit} carries most to the first step: {scientific(most)}."
    draw(plot_gradient_units(shown.dh_units, shown.gates.get(gate), gate or "", theme()), far, key="units")
    same = f" The second picture is its gate {gate}, with the units in the same order." if gate else ""
    prose(f"**{far}** Point at a row for its unit.{same}")


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
    draw_curves(gradient_frame({"LSTM": lstm, "RNN": rnn}), setup.T, text, key="explosion")
    prose(
        f"**{text}** (T = {setup.T}, inputs of size {setup.scale:g}, {setup.H} units, seed {setup.seed}.) "
        "Its weights get the sum of all these steps, and one update moves them by it:"
    )
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
    prose(_clipping_words(found))


def _clipping_words(found: list[Update]) -> str:
    raw, value, norm = found
    if raw.norm <= norm.clipped + 1e-9:
        return f"The norm is {scientific(raw.norm)}: small enough, clipping by norm leaves it as it is."
    by_value = (
        f"By value it is still {scientific(value.moved)}, and the direction is another (cosine "
        f"{number(value.kept_direction)}): every number above 5 has become the same 5."
        if value.kept_direction < 0.995
        else f"By value it is {scientific(value.moved)}: hardly a number is above 5, although the whole "
        "vector is long."
    )
    return (
        f"One update without clipping changes the weights by {scientific(raw.moved)} times their own length. "
        f"{by_value} By global norm it is {scientific(norm.moved)}, in the direction that the gradient had."
    )
