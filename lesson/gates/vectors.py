"""Vectors: one character's way through a small network that reads a text of the student's.

The drawing is a panel that formats and maps to pixels.
"""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.links import complain, settings_of_link
from lesson.gates.parameters import CHARACTER, HIDDEN_UNITS, LETTERS, TRAINED
from lesson.gates.small_network import readable_text
from lesson.gates.vectors_answer import first_character
from lesson.widgets.panel import Control, Panel
from visualization.palette import SYMBOL_TONES

_PANEL = Panel("vectors", "gates/vectors", asset("shared/sideways.css"))


def show() -> None:
    """Show the part: controls, the drawing, and which is which."""
    prose(
        "A layer has $H$ units. So each gate, the candidate, C and h are **vectors** of $H$ numbers, and "
        "the weights are matrices. The input $x_t$ is a vector of $V$ numbers, one for each different "
        "character of the text. The equations stay the same. Choose a character and follow it through the "
        "layer."
    )
    _complain_of_character()
    _PANEL.show(
        "vectors",
        [
            Control(LETTERS),
            Control(HIDDEN_UNITS),
            Control(TRAINED, along=True),
            Control(CHARACTER, along=True, by_drawing=True),
        ],
        page="gates",
        by_post=True,
        look={"palette": SYMBOL_TONES, "markup": asset("vectors/vectors.html")},
    )
    prose(
        "A **unit is not a time step**. Each unit has its own row of weights, and all units work at every "
        "step. Time steps follow one another and share all weights. **“Cell”** means one unit in some texts "
        "and the whole layer in others. Here it is the whole layer; in *One step* and *Over time* the layer "
        "has just one unit. Some texts call the candidate a fourth gate, but it opens and shuts nothing: the "
        "candidate is the new value, and the input gate decides how much of it is added. The number of "
        "different characters is $V$, the size of the vocabulary. A layer that reads something "
        "else has $D$ inputs."
    )


def _complain_of_character() -> None:
    """Say it if a link names a character that its text does not have."""
    T = len(readable_text(st.query_params.get(LETTERS.name, LETTERS.start))[0])
    _, complaints = settings_of_link([CHARACTER.within(1, T, first_character(T))])
    complain(complaints)
