"""The part *The RNN's product*: one factor of the RNN's gradient after the other."""

from collections.abc import Set

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.style import theme
from lesson.gradients.curves import curves_css, look_of_axes
from lesson.gradients.parameters import BACK, FORGET_BIAS, INPUT_SCALE, PRODUCT_SEED, RADIUS
from lesson.gradients.product.answers import ALONE, PATH, RNN
from lesson.gradients.product.challenge import TEN_NETWORKS, statement
from lesson.gradients.product.questions import questions
from lesson.gradients.product.walk import STEPS
from lesson.widgets.display import show_source
from lesson.widgets.drawing import sent_value
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lesson.widgets.solved import mark_solved, solved
from lstm.interpret.rnn_factors import step_back
from visualization.palette import GREY, colour

_PAGE, _KEY = "gradients", "product"
_PANEL = Panel("product", "gradients/product", css=curves_css())
_CONTROLS = (
    Control(BACK, along=True),
    Control(RADIUS, along=True, label="Spectral radius of $W_h$"),
    Control(INPUT_SCALE, along=True, more=True),
    Control(PRODUCT_SEED, more=True, as_field=True),
    Control(FORGET_BIAS, along=True, by_drawing=True, label="Forget bias $b_f$"),
)


def show() -> Set[str]:
    """Ask for the factor of one step back, show each factor and what all leave; return what is covered."""
    covered = ask(questions(), "product")
    _PANEL.show(_KEY, _CONTROLS, page=_PAGE, look=_look(), covered=covered, on_solved_change=_take)
    if not covered:
        _derivation()
    return covered


def _take() -> None:
    if sent_value(_KEY, "solved") == TEN_NETWORKS.name:
        mark_solved(_PAGE, TEN_NETWORKS.name)


def _look() -> dict[str, object]:
    tone = theme()
    rnn, lstm = colour("RNN", tone), colour("LSTM", tone)
    return {
        "axes": look_of_axes(),
        "curves": {
            RNN: {"colour": rnn, "dash": "", "label": "", "width": 3.5},
            ALONE: {"colour": rnn, "dash": "2 4", "label": "", "width": 3},
            PATH: {"colour": lstm, "dash": "10 4", "label": "", "width": 3},
        },
        "tones": {"rnn": rnn, "grey": GREY[tone]},
        "gate": inline_html(
            "**The LSTM’s factor** on the cell-state path is f. If x and h contribute nothing:"
        ),
        "name": TEN_NETWORKS.name,
        "task": inline_html(f"**Challenge: {TEN_NETWORKS.title.lower()}.** {statement()}"),
        "button": "Check on ten networks",
        "solved": TEN_NETWORKS.name in solved(_PAGE),
    }


def _derivation() -> None:
    """Derive the factor in three lines."""
    prose("**Where the RNN’s factor comes from.** The chain rule, in three lines:")
    st.latex(
        r"\begin{aligned}"
        r"h_t &= \tanh(W_h h_{t-1} + W_x x_t + b) \\"
        r"\frac{\partial h_t}{\partial h_{t-1}} &= \mathrm{diag}(1 - h_t^2)\, W_h \\"
        r"\frac{\partial L}{\partial h_{t-1}} &= W_h^{\mathsf T}\, \mathrm{diag}(1 - h_t^2)"
        r"\, \frac{\partial L}{\partial h_t}"
        r"\end{aligned}"
    )
    prose(
        "The slope of tanh is 1 − tanh², and tanh of the sum is $h_t$. The second line says how a change "
        "goes forward. A gradient goes back, so the third line has the transposed matrix: the slopes come "
        "first, then $W_h^T$. Over many steps these factors are multiplied. $W_h$ is the same in each of "
        "them, the slopes are not."
    )
    note(
        f"The network of the picture: an untrained RNN with two hidden units, so that ∂L/∂h is an arrow in a "
        f"plane. It reads {STEPS} steps of noise, and its weights are drawn as in the race."
    )
    show_source(step_back, "The code that computes one step back")
