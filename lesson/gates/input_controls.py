"""The choice of an input for the cell over time: presets, or numbers that are typed or drawn."""

import streamlit as st
from numpy.typing import NDArray

from lesson.frame.links import Number, complain, fresh, mend
from lesson.gates import input_presets
from lesson.gates.live_cell import OWN_INPUT
from lstm import InputError

_LINKED = {
    "input": (*input_presets.PRESETS, input_presets.OWN),
    "T": Number(5, input_presets.LONGEST, 20),
    "noise": Number(0, 999, 0),
}


def choose_input() -> tuple[NDArray, str | None, bool]:
    """The input (T,), what was typed for it if anything was, and whether an RNN reads it as well."""
    complain(mend(_LINKED))
    if given := fresh("values"):
        st.session_state[OWN_INPUT] = given[-1][: input_presets.LONGEST_TEXT]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.pills(
            "Input $x$", _LINKED["input"], default="pulse", required=True, key="input", bind="query-params",
            wrap=True,
        )  # fmt: skip
        if kind == input_presets.OWN:
            typed = st.text_input(
                "Numbers from −4 to 4", "0 1 0 0 0 0 0 0", key=OWN_INPUT, persist_state="session",
                max_chars=input_presets.LONGEST_TEXT,
            )  # fmt: skip
        else:
            T = st.slider("Steps T", 5, input_presets.LONGEST, 20, key="T", bind="query-params", width=200)
        seed = 0
        if kind == "noise":
            seed = st.number_input("Seed", 0, 999, key="noise", bind="query-params", width=120)
        rnn = st.toggle(
            "An RNN beside it", key="rnn", bind="query-params",
            help="A plain recurrent network on the same input: one state and no gates, written anew at every "
            "step. Its curve is dotted.",
        )  # fmt: skip
    if kind != input_presets.OWN:
        return input_presets.preset(kind, T, seed), None, rnn
    return *_read(typed), rnn


def _read(typed: str) -> tuple[NDArray, str | None]:
    try:
        x, changed = input_presets.parse(typed)
    except InputError as error:
        st.error(f"{error} Until then the cell reads a pulse.")
        return input_presets.preset("pulse", 20), None
    complain([changed] if changed else [])
    return x, typed
