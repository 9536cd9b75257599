"""The part *Two layers*: what the second layer knows that the first does not."""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.sampling.networks import NEXT_NETWORK
from lesson.sampling.parameters import LAYER, LAYERS_AT, MEMORY, READ_OFF, STEPS_BACK, SURGERY, TASK
from lesson.sampling.two_layers.questions import questions
from lesson.sampling.two_layers.results import TWO
from lesson.widgets.display import source_of
from lesson.widgets.panel import Control, Panel, set_panel
from lesson.widgets.questions import ask
from lstm.interpret.probes import fit_probe
from visualization.palette import GREY, LAYERS
from visualization.shades import shades

_PANEL = Panel("two_layers", "sampling/two_layers", css=asset("shared/scroll.css"))
_CONTROLS = (
    Control(LAYERS_AT, looked_up=True),
    Control(STEPS_BACK, along=True),
    Control(READ_OFF),
)


def show() -> None:
    """Ask which layer knows what, then show both layers along a text, and what probes read off them."""
    covered = ask(questions(), "two_layers")
    _PANEL.show("two_layers", _CONTROLS, page="sampling", look=_look(), covered=covered)
    with st.expander("Half a page: layers, and what a probe says", icon=":material/menu_book:"):
        prose(_HALF_A_PAGE)
        st.code(source_of(fit_probe), language="python")
    _lead_on()


def _lead_on() -> None:
    """Draw the buttons that lead to the other parts, with this network."""
    ways = (
        ("Read the memory of this network", ":material/grid_on:", MEMORY, "memory"),
        ("Operate on one of its layers", ":material/content_cut:", SURGERY, "surgery"),
    )
    with st.container(horizontal=True):
        for label, icon, part, panel in ways:
            st.button(label, icon=icon, on_click=_go_on, args=(part, panel))


def _go_on(part: str, panel: str) -> None:
    """Go to a part with the network of two layers, its second layer in view."""
    st.session_state[TASK.name], st.session_state[NEXT_NETWORK] = part, TWO
    set_panel(panel, {LAYER.name: "2"})


def _look() -> dict[str, object]:
    tone = theme()
    return {"palette": shades("h", tone), "grey": GREY[tone], "layers": LAYERS[tone]}


_HALF_A_PAGE = """
**Stacked layers** (Graves, Mohamed and Hinton 2013). Layer 2 is a second LSTM: at each step it reads the h of
layer 1 in place of a character. Both layers are trained together, by the loss at the output alone: nobody
says which layer is to store what.

**Linear probes** (Alain & Bengio 2016). A probe is a linear function of h, fitted by least squares on one
half of a held-out text. We judge it on the other half. What it reads is there in a form that the next layer
can use directly; what it can't read may still be there in another form. A probe shows what can be read, not
what the network uses: for that, operate on it, as with f = 0 above.
"""
