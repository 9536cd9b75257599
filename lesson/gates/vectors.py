"""Vectors: one character's way through a small network that reads a text of the student's.

Every number is the library's: the network is trained by `train`, read by `net.run`, and taken apart by
the textbook's step on the same weights.  The drawing is a component that formats and maps to pixels.
"""

import time
import unicodedata
from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.files import asset, script
from lesson.frame.glossary import prose
from lesson.frame.links import Number, complain, mend
from lesson.frame.memo import memo
from lstm import GRU, LSTM, RNN, Vocabulary, lstm_step, train
from lstm.readout import softmax_cross_entropy
from visualization.palette import SYMBOLS
from visualization.vectors import Way, counts, parameters_table, picture

DEFAULT = "hello hello"
LONGEST = 24  # characters
EACH = 20
STEPS = range(0, 301, EACH)  # of training
SEED = 1
FEED = "vectors_feed"
_FOLLOWED = "vectors_text"  # in the session state: the text that was read last; another one starts anew


def readable(typed: str | None) -> tuple[str, str | None]:
    """The text to read, and a sentence where it is not what was typed."""
    text = unicodedata.normalize("NFC", (typed or "")[:1000])
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for char in spaced if _visible(char))
    text = visible[:LONGEST]
    if not text:
        return DEFAULT, f"Type a few characters; until then “{DEFAULT}” is read."
    if len(set(text)) == 1:
        return DEFAULT, (
            f"A guess needs at least two different characters among the first {LONGEST}; "
            f"until then “{DEFAULT}” is read."
        )
    if len(visible) > LONGEST:
        return text, f"Only the first {LONGEST} characters are read."
    if len(visible) < len(spaced):
        return text, "Characters that can't be seen were left out."
    return text, None


def _visible(char: str) -> bool:
    """Whether a character leaves a mark: no control or format sign, no variation selector."""
    return unicodedata.category(char)[0] != "C" and not "\ufe00" <= char <= "\ufe0f"


def untrained(kind: type, D: int, H: int) -> RNN | GRU | LSTM:
    """The network of a kind that reads D characters, the same at every call."""
    # float64: the numbers shown are those of the textbook's equations to every digit.
    return kind(D, H, D, seed=SEED, dtype=np.float64)


@memo(entries=100)
def weights_while_training(text: str, H: int) -> dict[int, NDArray]:
    """The weights (P,) of an LSTM after 20, 40, … steps of training on just this text."""
    vocabulary = Vocabulary.from_text(text)
    net = untrained(LSTM, len(vocabulary), H)
    found = {}
    for progress in train(
        net, vocabulary.encode(text), epochs=STEPS[-1], seq_length=len(text) - 1, batch_size=1,
        learning_rate=0.01, validation_share=0.0,
    ):  # fmt: skip
        if progress.step in STEPS:
            found[progress.step] = net.weights.flat.copy()
        if progress.step % 10 == 0:
            time.sleep(0.001)  # others wait for this processor as well
    return found


def walk(text: str, H: int, steps: int) -> Way:
    """The way of a text through an LSTM of H units after some steps of training on it."""
    vocabulary = Vocabulary.from_text(text)
    net = untrained(LSTM, len(vocabulary), H)
    if steps:
        net.weights.flat[:] = weights_while_training(text, H)[steps]
    ids = vocabulary.encode(text)  # (T,)
    reading = net.run(ids)
    h, C = (reading.values[name][:, 0] for name in ("h", "C"))  # (T, H)
    first = np.zeros((1, H))
    h_prev, C_prev = np.concatenate([first, h[:-1]]), np.concatenate([first, C[:-1]])
    weights = net.equation_arguments()
    one_hot = np.eye(len(vocabulary))[ids]  # (T, D)
    step = lstm_step(one_hot, h_prev, C_prev, **weights)
    losses = [
        softmax_cross_entropy(reading.logits[t : t + 1], ids[t + 1].reshape(1, 1))[0]
        for t in range(len(ids) - 1)
    ]
    logits, y = reading.logits[:, 0], reading.probabilities[:, 0]
    return Way(text, vocabulary.chars, ids, h_prev, C_prev, step, logits, y, losses, weights)


# -- the drawing --


_DRAWING = st.components.v2.component(
    "lstm_vectors",
    html=asset("vectors/vectors.html"),
    css=asset("vectors/vectors.css"),
    js=script("vectors/vectors.js"),
)
_FEED = st.components.v2.component("lstm_vectors_feed", js=script("vectors/feed.js"))


def _chosen() -> None:
    """A character was chosen in the drawing: the slider goes there."""
    step = st.session_state[FEED].chosen
    if isinstance(step, int) and 0 <= step < LONGEST:
        st.session_state.char = step + 1


UNITS = Number(2, 8, 4)
TRAINED = Number(0, STEPS[-1], 0, EACH)


def settle(key: str, allowed: Number) -> list[str]:
    """Before a slider is made: a link's value that it can't show moves to the nearest, and it is said."""
    complaints = mend({key: allowed})
    if st.session_state.get(key, allowed.start) not in _options(allowed):
        st.session_state[key] = allowed.start
    return complaints


def choose(label: str, key: str, allowed: Number, width: int | Literal["stretch"] = "stretch") -> int:
    """A slider over whole numbers."""
    # Not `st.slider`: it would take a link's 2.7, or 65 where steps are of 20, as it is.
    start = int(allowed.start)
    return st.select_slider(label, _options(allowed), start, key=key, bind="query-params", width=width)


def _options(allowed: Number) -> range:
    return range(int(allowed.low), int(allowed.high) + 1, int(allowed.step))


@st.fragment
def vectors() -> None:
    """The part of the page: controls, the drawing, and which is which."""
    prose(
        "A network has $H$ units, and every symbol of the cell becomes a **vector** of $H$ numbers; the "
        "equations stay the same. Follow one character through: what it is multiplied with, what is kept, "
        "and what the network expects next."
    )
    word, units, trained = st.columns([5, 4, 5], gap="medium")
    typed = word.text_input("Text to read", DEFAULT, key="word", bind="query-params")
    text, complaint = readable(typed)
    complain([*([complaint] if complaint else []), *settle("H", UNITS), *settle("trained", TRAINED)])
    with units:
        H = choose("Hidden units $H$", "H", UNITS)
    with trained:
        steps = choose("Training steps on this text", "trained", TRAINED)
    way = walk(text, H, steps)
    follow(way)
    _DRAWING(key="vectors", data=SYMBOLS)
    which_is_which(way, H)


@st.fragment
def follow(way: Way) -> None:
    """The slider along the text, and the numbers of the step that it stands at.

    It changes most often, so it is a fragment of its own, and the drawing lies outside.
    """
    T = len(way.text)
    along = Number(1, T, min(4, T - 1))
    if st.session_state.setdefault(_FOLLOWED, way.text) != way.text:
        st.session_state[_FOLLOWED], st.session_state.char = way.text, along.start
    complain(settle("char", along))
    with st.container(gap=None):  # the feed draws nothing
        # As wide as the characters below, so that the thumb stands above the one that is read.
        t = choose("Character that is read", "char", along, width=max(240, 44 * T))
        _FEED(key=FEED, data=picture(way, t - 1), on_chosen_change=_chosen)


def which_is_which(way: Way, H: int) -> None:
    """Units, time steps, layers and cells in the student's numbers, and the parameters counted."""
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
