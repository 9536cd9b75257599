"""The part *Compared*: RNN, GRU, LSTM and Transformer in a table, and which one to take."""

import streamlit as st

from lesson.cheatsheet.answers import ADVICE, COMPARED, TIMED_ROW, TIMES
from lesson.cheatsheet.cells import COLUMNS
from lesson.cheatsheet.parameters import CHARACTERS, FAR, HIDDEN_UNITS, MUCH, WHERE
from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.gradients.flows import Setup
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
    race = Setup()
    note(
        "Parameters are counted. The weights of the output layer are left out, for they are the same in "
        "all three. Multiplications are those of the weights with full vectors; a one-hot input is looked "
        "up and costs none. Times are measured on this server, with Adam, when they are first shown. "
        f"Gradients are those of the race as it opens: T = {race.T}, H = {race.H}, b_f = "
        f"{race.forget_bias:g}, spectral radius {race.radius:g}, input {race.scale:g}. The column of the "
        "Transformer is computed by formula (Vaswani et al. 2017): no Transformer is run here."
    )
    page_link("3_gradients.py", "See it: the gradients of the three, side by side", {"bf": "1"})
    st.subheader("LSTM or RNN, at a glance")
    prose(
        "Both read one step at a time and pass a state on. The RNN computes its state anew at every step. "
        "The LSTM adds to its cell state, and gates decide how much stays and how much is added. So an "
        "LSTM with an open forget gate can carry a number, and a gradient, over many steps. Its cell has "
        "four times the weights."
    )
    st.subheader("Which one?")
    _ADVICE.show("advice", [Control(FAR), Control(WHERE), Control(MUCH)], page="cheatsheet")
    page_link(
        "3_gradients.py", "See it: over how many steps each learns to recall", {"view": "Does it matter?"}
    )
