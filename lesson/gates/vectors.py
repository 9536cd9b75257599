"""Vectors: one character's way through a small network that reads a text of the student's.

The drawing is a component that formats and maps to pixels.
"""

import streamlit as st

from lesson.frame.files import asset, script
from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.gates.parameters import CHARACTER, HIDDEN_UNITS, LETTERS, TRAINED
from lesson.gates.small_network import LONGEST, read_text, readable_text, untrained
from lstm import GRU, LSTM, RNN
from visualization.drawings.vectors import Way, counts, parameters_table, picture
from visualization.palette import SYMBOL_TONES

FEED = "vectors_feed"  # the key of the component that brings the numbers to the drawing
_FOLLOWED = "vectors_text"  # in the session state: the text that was read last; another one starts anew

_DRAWING = st.components.v2.component(
    "lstm_vectors",
    html=asset("vectors/vectors.html"),
    css=asset("vectors/vectors.css"),
    js=script("vectors/vectors.js"),
)
_FEED = st.components.v2.component("lstm_vectors_feed", js=script("vectors/feed.js"))


@st.fragment
def show() -> None:
    """Show the part: controls, the drawing, and which is which."""
    prose(
        "A network has $H$ units, and every symbol of the cell becomes a **vector** of $H$ numbers; the "
        "equations stay the same. Follow one character through: what it is multiplied with, what is kept, "
        "and what the network expects next."
    )
    left, middle, right = st.columns([5, 4, 5], gap="medium")
    with left:
        text, complaint = readable_text(LETTERS.text_input())
    complain([*([complaint] if complaint else []), *mend(HIDDEN_UNITS, TRAINED)])
    with middle:
        H = HIDDEN_UNITS.select_slider()
    with right:
        steps = TRAINED.select_slider()
    way = read_text(text, H, steps)
    _follow(way)
    _DRAWING(key="vectors", data=SYMBOL_TONES)
    _which_is_which(way, H)


@st.fragment
def _follow(way: Way) -> None:
    """Draw the slider along the text, and send the numbers of the step that it stands at.

    It changes most often, so it is a fragment of its own, and the drawing lies outside.
    """
    T = len(way.text)
    character = CHARACTER.within(1, T, min(4, T - 1))
    if st.session_state.setdefault(_FOLLOWED, way.text) != way.text:
        st.session_state[_FOLLOWED], st.session_state[CHARACTER.name] = way.text, character.start
    complain(mend(character))
    with st.container(gap=None):  # the feed draws nothing
        # As wide as the characters below, so that the thumb stands above the one that is read.
        t = character.select_slider(width=max(240, 44 * T))
        _FEED(key=FEED, data=picture(way, t - 1), on_chosen_change=_go_to_chosen)


def _go_to_chosen() -> None:
    """Move the slider to the character that was chosen in the drawing."""
    step = st.session_state[FEED].chosen
    if isinstance(step, int) and 0 <= step < LONGEST:
        st.session_state[CHARACTER.name] = step + 1


def _which_is_which(way: Way, H: int) -> None:
    """Say what units, time steps, layers and cells are in the student's numbers, and count the parameters."""
    T, D = len(way.text), len(way.chars)
    st.subheader("Which is which")
    prose(
        f"- **Units**: $H = {H}$, so every vector of the cell has {H} numbers.\n"
        f"- **Time steps**: $T = {T}$, so the same weights are used {T} times, once for each character.\n"
        "- **Layers**: 1. A second layer would read this one's $h_t$ as its input, with weights of its own.\n"
        f"- **Cells**: one, with {H} units, used {T} times."
    )
    prose(
        "A **unit is not a time step**: units lie side by side at every step, and each has its own row of "
        "weights; steps follow one another and share all weights. And **“cell”** means one unit in some "
        "texts and the whole layer in others; here it is the layer."
    )
    networks = {kind.__name__: untrained(kind, D, H) for kind in (RNN, GRU, LSTM)}
    prose(f"**Parameters, counted** for $H = {H}$ and $D = {D}$:")
    prose(parameters_table(networks))
    rnn, _, rnn_whole = counts(networks["RNN"])
    lstm, _, lstm_whole = counts(networks["LSTM"])
    prose(
        "Three gates and a candidate: four blocks of the same shape, so an LSTM's cell has exactly "
        f"{lstm / rnn:g} times the parameters of an RNN's cell ({lstm:,} and {rnn:,}). The readout is the "
        f"same for both, so the whole network has only {lstm_whole / rnn_whole:.2f} times as many. Many "
        "texts call the candidate a fourth gate. It opens and shuts nothing: it goes through tanh, and it is "
        "what the input gate lets in."
    )
