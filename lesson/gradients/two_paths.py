"""The part *Two roads*: dL/dC on its two paths to the past, and which units carry it."""

import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.gradients import questions
from lesson.gradients.controls import choose_setup, mend_link
from lesson.gradients.flows import Setup, best_carrier, digits, paths
from lesson.gradients.parameters import FLOW_CELL, HIDDEN_UNITS, INPUT_SCALE, SEED, STEPS
from lesson.widgets.display import draw, show_source, theme
from lesson.widgets.questions import ask
from lstm.cells import LSTMCell
from lstm.gradients import GradientFlow
from visualization.charts.gradient_units import plot_gradient_units
from visualization.charts.gradients import left_after, plot_gradient_paths
from visualization.numbers import scientific

_KEEP_GATES = {"LSTM": "f", "GRU": "z"}


def show() -> None:
    """Ask what comes along the belt alone, then show both paths and where the gradient flows."""
    prose(
        "dL/dC has two roads to the past: along the belt, where every step multiplies by f, and through the "
        "gates and h, which C changes too. Both are computed here. As vectors they add up to the whole; "
        "their lengths, which are drawn, need not."
    )
    ask(questions.about_the_paths(), "roads")
    mend_link()
    _compare()
    show_source(
        LSTMCell.backward, "The LSTM's backward pass as it runs: ◀ marks the road along the belt",
        "the path through the cell state",
    )  # fmt: skip


@st.fragment
def _compare() -> None:
    """Draw both paths, their check, and where the gradient flows."""
    setup = choose_setup(STEPS, INPUT_SCALE, HIDDEN_UNITS, SEED)
    flow, back = setup.flow("lstm"), min(50, setup.T - 1)
    norms = paths(flow)
    alone = float(norms.alone[-1 - back] / norms.whole[-1])
    words = (
        f"{back} steps back {scientific(left_after(norms.whole, back))} of dL/dC is left; the cell state "
        f"alone would leave {scientific(alone)}."
    )
    draw(plot_gradient_paths(*norms, theme()), words, key="roads")
    prose(
        f"**{words}** :green-badge[:material/check: agrees with a finite difference to "
        f"{digits(setup._replace(measured='h')):.0f} digits]"
    )
    _where_it_flows(setup, flow)


def _where_it_flows(setup: Setup, flow: GradientFlow) -> None:
    """Draw heat maps of one cell at a time, unit by step, with the gate that keeps; flow: the LSTM's."""
    st.subheader("Where it flows")
    complain(mend(FLOW_CELL))
    kind = FLOW_CELL.segmented_control()
    cell_flow = flow if kind == "LSTM" else setup.flow(kind.lower())
    gate = _KEEP_GATES.get(kind, "")
    unit, most = best_carrier(cell_flow)
    words = f"Unit {unit} carries most to the first step: {scientific(most)}."
    draw(
        plot_gradient_units(cell_flow.dh_units, cell_flow.gates.get(gate), gate, theme()), words, key="units"
    )
    same = f" The second picture is its gate {gate}, with the units in the same order." if gate else ""
    prose(f"**{words}** Point at a row for its unit.{same}")
