"""Over time: the live cell runs along an input: a preset, or numbers that are typed or drawn."""

import streamlit as st
from numpy.typing import NDArray

from lesson.frame.links import complain, fresh, mend
from lesson.gates import input_presets, questions
from lesson.gates.cell_drawing import mount
from lesson.gates.cell_feed import feed, take_drawn_input
from lesson.gates.cell_state import CellState, show_case, take_link
from lesson.gates.parameters import INPUT, NOISE, RNN, STEPS, VALUES
from lesson.gates.tables import Run
from lesson.gates.views import OVER_TIME
from lesson.widgets.questions import ask
from lstm import InputError
from lstm.equations import LSTMStep
from lstm.scalar import half_life, scalar_rnn_run
from visualization.numbers import number, steps


def show() -> None:
    """Show the part: questions, the input, the cell along it, and what it does in words."""
    ask(questions.over_time(), "time", lambda question: show_case(OVER_TIME, question))
    run = _choose_run()
    complain(take_link(OVER_TIME, len(run.x)))
    mount(OVER_TIME)
    st.fragment(feed)(OVER_TIME, run, lambda state, values: _describe(state, values, run), take_drawn_input)


def _describe(state: CellState, values: LSTMStep, run: Run) -> str:
    """Say what the cell does at the step in view; values: (T,) each."""
    t = state.t - 1
    words = (
        f"At step {state.t} the cell keeps {number(values.f[t])} of what it held, which is "
        f"{number(values.kept_part[t])}, adds {number(values.added_part[t])} and holds "
        f"{number(values.C[t])}. If f stayed like this, half of C would be gone after "
        f"{steps(half_life(values.f[t]))}."
    )
    if not run.rnn:
        return words
    h = scalar_rnn_run(state.setting, run.x)
    return words + (
        " The RNN has the candidate's weights and no gates: it writes its whole state anew at every "
        f"step, and shows {number(h[t])} where the LSTM shows {number(values.h[t])}."
    )


def _choose_run() -> Run:
    """Draw the choice of an input, and return what the cell is to run along."""
    complain(mend(INPUT, STEPS, NOISE, RNN))
    if values := fresh(VALUES):
        st.session_state[VALUES.name] = values[-1][: VALUES.longest]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = INPUT.pills(wrap=True)
        if kind == input_presets.OWN:
            # Not bound: the cell writes what was typed into the address.
            typed = st.text_input(
                VALUES.label, VALUES.start, key=VALUES.name, max_chars=VALUES.longest, persist_state="session"
            )
        else:
            T = int(STEPS.slider(width=200))
        seed = int(NOISE.number_input(width=120)) if kind == "noise" else 0
        rnn = RNN.toggle()
    if kind != input_presets.OWN:
        return Run(input_presets.preset(kind, T, seed), rnn, draw=True)
    x, text = _read(typed)
    return Run(x, rnn, draw=True, typed=text)


def _read(typed: str) -> tuple[NDArray, str | None]:
    """Return the input (T,) that was typed and its text; a pulse and None if it can't be read."""
    try:
        x, changes = input_presets.parse(typed)
    except InputError as error:
        st.error(f"{error} Until then the cell reads a pulse.")
        return input_presets.preset("pulse", 20), None
    complain([changes] if changes else [])
    return x, typed
