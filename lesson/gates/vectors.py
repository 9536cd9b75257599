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

_PANEL = Panel("vectors", "gates/vectors")


def show() -> None:
    """Show the part: controls, the drawing, and which is which."""
    prose(
        "A network has $H$ units, and every symbol of the cell becomes a **vector** of $H$ numbers; the "
        "equations stay the same. Follow one character through: what it is multiplied with, what is kept, "
        "and what the network expects next."
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
        "A **unit is not a time step**: units lie side by side at every step, and each has its own row of "
        "weights; steps follow one another and share all weights. And **“cell”** means one unit in some "
        "texts and the whole layer in others; here it is the layer. Many texts call the candidate a fourth "
        "gate. It opens and shuts nothing: it goes through tanh, and it is what the input gate lets in."
    )


def _complain_of_character() -> None:
    """Say it if a link names a character that its text does not have."""
    T = len(readable_text(st.query_params.get(LETTERS.name, LETTERS.start))[0])
    _, complaints = settings_of_link([CHARACTER.within(1, T, first_character(T))])
    complain(complaints)
