"""The part *Compared*: RNN, GRU, LSTM and Transformer in a table, and which one to take."""

import streamlit as st

from lesson.cheatsheet.answers import ADVICE, COMPARED, TIMED_ROW, TIMES
from lesson.cheatsheet.cells import BIASES, COLUMNS
from lesson.cheatsheet.parameters import CHARACTERS, FAR, HIDDEN_UNITS, MUCH, WHERE
from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.gradients.flows import Setup
from lesson.widgets.panel import Control, Panel
from visualization.text import join_words

_TABLE = Panel("compared", COMPARED, css=asset("panel/table.css") + asset("shared/sideways.css"))
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
        "The numbers of parameters of the three recurrent cells are exact. The "
        "output layer is left out, because it is the same in all three. The formulas count the "
        "multiplications with weights; for the Transformer they also count those of attention, 2·H·T². (That "
        "is each character with each; where it looks only at earlier ones, half of it is needed.) With "
        "a one-hot input the part with V costs nothing: a column of the weights is just looked up. The times "
        "are measured on this server, with Adam: several steps of each cell, of which the fastest counts. "
        "They are not in proportion to the multiplications, because the output layer, for example, takes "
        "the same time in all three. The gradients are those of the part *The race* with its first "
        f"settings (T = {race.T}, H = {race.H}, spectral radius {race.radius:g}, inputs of size "
        f"{race.scale:g}), but with bias values of {join_words(map(str, BIASES))} (in the LSTM b_f, in the "
        "GRU b_z). The RNN has no such bias. The bias decides more than the kind of cell. A "
        "Transformer is a network without recurrence: each character looks directly at all earlier ones, "
        "by attention. Its column is computed by formula (Vaswani et al. 2017): no Transformer is run here."
    )
    page_link("3_gradients.py", "See it: the gradients of the three, side by side", {"bf": "1"})
    st.subheader("LSTM or RNN, at a glance")
    prose(
        "Both read one character at a time and pass a state on. The RNN computes its state anew at every "
        "step. The LSTM adds to its cell state, and gates decide how much stays and how much is added. So an "
        "LSTM with an open forget gate can carry a number, and a gradient, over many steps. An LSTM's cell "
        "has four times as many weights as an RNN's."
    )
    st.subheader("Which one should I take?")
    _ADVICE.show("advice", [Control(FAR), Control(WHERE), Control(MUCH)], page="cheatsheet")
    page_link(
        "3_gradients.py",
        "See it: over how many steps each one learns to recall a symbol",
        {"view": "Does it matter?"},
    )
