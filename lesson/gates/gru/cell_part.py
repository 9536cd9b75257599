"""The GRU's cell on the page: questions, the drawing with its sliders, and what it has of an LSTM."""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.gates.cell_contents import equations
from lesson.gates.gru import cell_answer
from lesson.gates.gru.covers import hidden_numbers
from lesson.gates.gru.questions import START, questions
from lesson.gates.parameters import GRU_CELL, GRU_INPUT
from lesson.widgets.display import show_source
from lesson.widgets.panel import Control, Panel, set_panel
from lesson.widgets.question import Question
from lesson.widgets.questions import ask
from lstm.equations import gru_step
from visualization.palette import SYMBOL_TONES

_PANEL = Panel("gru", "gates/gru", css=asset("cell/cell.css"))
_KEY = "gru_cell"
# Each share of the GRU beside the gate of an LSTM that does the same, with what is different.
_SAME = (
    {"lstm": "forget gate f", "lstmOwn": "f", "gru": "update gate z", "own": "z", "value": "z",
     "note": "the share of h that is kept"},
    {"lstm": "input gate i", "lstmOwn": "i", "gru": "1 − z", "own": "z", "value": "one_minus_z",
     "note": "no gate of its own: coupled to z"},
    {"lstm": "output gate o", "lstmOwn": "o", "gru": "none", "own": "h", "value": "",
     "note": "all of h is shown"},
    {"lstm": "none", "lstmOwn": "", "gru": "reset gate r", "own": "r", "value": "r",
     "note": "the share of h that the candidate sees"},
)  # fmt: skip


def show() -> frozenset[str]:
    """Show the questions, the cell and the table; return what is covered."""
    covered = ask(questions(), "gru", _show_case)
    _PANEL.show(
        _KEY,
        [
            *(Control(slider, along=True, by_drawing=True) for slider in GRU_CELL.values()),
            Control(GRU_INPUT, by_drawing=True),
        ],
        page="gates",
        look={
            "palette": SYMBOL_TONES,
            "markup": asset("gru/gru.html"),
            "equations": equations("gru"),
            "same": _SAME,
            "input": GRU_INPUT.name,
            "hidden": hidden_numbers(covered),
            **cell_answer.look(),
        },
        covered=covered,
    )
    prose(
        "A **GRU** has one state, h, and two gates. h is its memory, and all of it is shown. The curves show "
        "an LSTM beside it, with the same input. The LSTM's f has the weights and the bias of z, and its "
        "candidate those of h̃. Its i and o have the weight 1 on x, and all else is 0."
    )
    prose(
        "Here, as in Cho et al. 2014 and in PyTorch, z is the share that is *kept*. Other texts, such as "
        "Chung et al. 2014, write 1 − z for it."
    )
    if not covered:
        show_source(gru_step, "The code that computed these numbers: gru_step")
    return covered


def _show_case(question: Question) -> None:
    """Set the cell to a question's case, and run the page again."""
    case = {**START, **(question.setting or {})}
    set_panel(_KEY, {GRU_CELL[name].name: value for name, value in case.items()})
    st.rerun()
