"""The part *Compared*: RNN, GRU, LSTM and Transformer in a table, and which one to take."""

import streamlit as st

from lesson.cheatsheet.answers import ADVICE, COMPARED, TIMED_ROW, TIMES
from lesson.cheatsheet.cells import COLUMNS
from lesson.cheatsheet.parameters import CHARACTERS, FAR, HIDDEN_UNITS, MUCH, WHERE
from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.widgets.panel import Control, Panel

_TABLE = Panel("compared", COMPARED, css=asset("panel/table.css"))
_ADVICE = Panel("advice", ADVICE)


def show() -> None:
    """Show the part: the table of the four, and which one to take."""
    _TABLE.show(
        "compared",
        [Control(HIDDEN_UNITS), Control(CHARACTERS)],
        page="cheatsheet",
        look={"columns": COLUMNS, "times": TIMES, "timedRow": TIMED_ROW},
    )
    note(
        "Parameters are counted; times are measured on this server when they are first asked for, with Adam; "
        "gradients: T = 100, H = 32, b_f = 1, b_z = 0, spectral radius 0.9, input 0.5, seed 0. The "
        "Transformer's column is by formula and from Vaswani et al. 2017, not computed here."
    )
    page_link("3_gradients.py", "See it: the gradients of the three, side by side", {"bf": "1"})
    st.subheader("LSTM or RNN, at a glance")
    prose(
        "Both read a step at a time and pass a state on. The RNN rewrites it at every step; the LSTM adds to "
        "it, and gates decide how much. So the LSTM *can* keep a number and an error for long, if its forget "
        "gate is open; it costs four times the weights of the cell."
    )
    st.subheader("Which one?")
    _ADVICE.show("advice", [Control(FAR), Control(WHERE), Control(MUCH)], page="cheatsheet")
    page_link(
        "3_gradients.py", "What was measured: how far each learns to recall", {"view": "Does it matter?"}
    )
