"""One step: the live cell takes one step, and every slider is felt at once."""

import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import complain
from lesson.gates import questions
from lesson.gates.cell_drawing import mount
from lesson.gates.cell_feed import feed
from lesson.gates.cell_state import CellState, show_case, take_link
from lesson.gates.views import ONE_STEP
from lesson.widgets.questions import ask
from lstm.equations import LSTMStep
from lstm.scalar import half_life
from visualization.numbers import number, steps


def show() -> None:
    """Show the part: questions, the cell, and what it does in words."""
    prose(
        "An LSTM reads a sequence step by step and takes a memory along. At step t it gets an input $x_t$. "
        "What it holds is its **cell state** C, what it shows of it is its **hidden state** h, and three "
        "**gates**, numbers from 0 (shut) to 1 (open), decide what is kept, written and shown. Drag a slider."
    )
    ask(questions.one_step(), "step", lambda question: show_case(ONE_STEP, question))
    complain(take_link(ONE_STEP))
    mount(ONE_STEP)
    st.fragment(feed)(ONE_STEP, say=_describe)


def _describe(state: CellState, step: LSTMStep) -> str:
    """Say what the cell does in this step."""
    C_prev = state.setting["C_prev"]
    return (
        f"It keeps {number(step.f)} of what it held ({number(C_prev)} becomes {number(step.kept_part)}), "
        f"adds {number(step.added_part)} and holds {number(step.C)}. It shows {number(step.o)} of tanh C, "
        f"which is {number(step.h)}. If f stayed like this, half of C would be gone after "
        f"{steps(half_life(step.f))}."
    )
