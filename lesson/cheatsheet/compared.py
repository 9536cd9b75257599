"""RNN, GRU, LSTM and Transformer beside each other: what can be computed is, the rest is called opinion."""

import time

import numpy as np
import pandas as pd
import streamlit as st

from lesson.cheatsheet.parameters import CHARACTERS, HIDDEN_UNITS
from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lesson.gradients.flows import Setup
from lesson.training.engine.settings import RunSettings
from lstm.training import train
from visualization.charts.gradients import left_after
from visualization.numbers import scientific

_BACK = 50
_KINDS = ("rnn", "gru", "lstm")


def show() -> None:
    """Show the part: the table of the four, and which one to take."""
    complain(mend(HIDDEN_UNITS, CHARACTERS))
    left, right = st.columns(2)
    with left:
        H = int(HIDDEN_UNITS.select_slider())
    with right:
        D = int(CHARACTERS.select_slider())
    head = ["", "RNN", "GRU", "LSTM", "Transformer (one block)"]
    st.dataframe(pd.DataFrame(_rows(H, D), columns=head), hide_index=True)  # it scrolls sideways on a phone
    note(
        "Parameters are counted; times are measured on this server when this page is first asked, with Adam; "
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
    _aid()


def _rows(H: int, D: int) -> list[list[str]]:
    """Compute the table, row by row."""
    times, gradient = _milliseconds(H, D), _left()
    nets = {kind: RunSettings(cell=kind, hidden=H, bias=_bias(kind)).network(D) for kind in _KINDS}
    attention = 12 * H * H  # a block: 4 H² for attention, 8 H² for the layer after it
    return [
        ["gates", *(str({"rnn": 0, "gru": 2, "lstm": 3}[kind]) for kind in _KINDS), "none: attention"],
        [
            "parameters without readout",
            *(f"{net.weights['W'].size + net.weights['b'].size:,}" for net in nets.values()),
            f"about 12·H² = {attention:,}, without the embedding",
        ],
        [
            "a training step here, 32 × 50 characters",
            *(f"{times[kind]:.1f} ms" for kind in _KINDS),
            "not measured here",
        ],
        [
            f"of an error is left {_BACK} steps back, untrained",
            *(scientific(gradient[kind]) for kind in _KINDS),
            "reached directly: no chain of steps",
        ],
        ["work for T characters", "T", "T", "T", "T², but side by side"],
        ["memory while writing", "one state", "one state", "two states", "all T characters so far"],
    ]


def _bias(kind: str) -> float:
    return 1.0 if kind == "lstm" else 0.0


@memo(entries=20)
def _milliseconds(H: int, D: int) -> dict[str, float]:
    """Time some training steps of each in turns, so that other work meets all alike; return the best."""
    ids = np.random.default_rng(0).integers(0, D, 32 * 50 * 8)
    runs = {}
    for kind in _KINDS:
        net = RunSettings(cell=kind, hidden=H, bias=_bias(kind)).network(D)
        runs[kind] = train(net, ids, epochs=5, seq_length=50, batch_size=32, validation_share=0)
        next(runs[kind])
    best = dict.fromkeys(_KINDS, float("inf"))
    with st.spinner("A step of each is measured …"):
        for _ in range(8):
            for kind, run in runs.items():
                began = time.perf_counter()
                next(run)
                best[kind] = min(best[kind], 1000 * (time.perf_counter() - began))
    return best


@memo()
def _left() -> dict[str, float]:
    """Compute the share of dL/dh that is left, by backpropagation, as the race shows it when it opens."""
    return {kind: float(left_after(Setup().flow(kind).dh, _BACK)) for kind in _KINDS}


def _aid() -> None:
    """Ask a few questions, and say what they point to; opinion, and marked as such."""
    st.subheader("Which one?")
    far = st.radio(
        "How far back does it have to look?",
        ("a few steps", "tens of steps", "hundreds or more"),
        key="aid_far",
    )
    where = st.radio(
        "Where does it run?", ("step by step, as data arrives", "on a large server, whole texts at once"),
        key="aid_where",
    )  # fmt: skip
    much = st.radio("How much text is there to learn from?", ("little", "a lot"), key="aid_much")
    advice = _advice(far, where, much)
    st.info(f"{advice} *Opinion, not measured here.*", icon=":material/signpost:")
    page_link(
        "3_gradients.py", "What was measured: how far each learns to recall", {"view": "Does it matter?"}
    )


def _advice(far: str, where: str, much: str) -> str:
    """Return what the three answers point to."""
    if where.startswith("on a large") and much == "a lot":
        return "A **Transformer**: it learns from whole texts side by side, and reaches back directly."
    if far == "a few steps" and much == "little":
        return "A **plain RNN** may do; measure it against a **GRU**."
    if far == "hundreds or more":
        return (
            "An **LSTM** with a forget bias of about 3, trained on short sequences first. Beyond some "
            "hundred steps, think of attention."
        )
    return "A **GRU** or an **LSTM** with b_f = 1: try both, they rarely differ by much (Greff et al. 2017)."
