"""The controls that all parts of the sampling page share: which network, after which prompt, and how."""

from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend
from lesson.sampling.networks import NEXT_NETWORK, TrainedNetwork, network_named, network_names
from lesson.sampling.parameters import LENGTH, NETWORK, NO_TOP_K, PROMPT, SEED, TEMPERATURE, TOP_K, TOP_P
from lesson.sampling.write.passages import LONGEST_PROMPT, Draw, longest_text
from lesson.widgets.unknown_characters import readable
from lstm.text import Vocabulary


class WritingSettings(NamedTuple):
    """Which network writes, and how its characters are drawn."""

    network: TrainedNetwork
    draw: Draw


def choose_all() -> WritingSettings:
    """Draw network, prompt and, behind a drawer, how the text was written; return what is chosen."""
    network, prompt = choose_network()
    with st.expander("How it was written", icon=":material/tune:"):
        return choose_draw(network, prompt)


def choose_network() -> tuple[TrainedNetwork, str]:
    """Draw network and prompt; return them, of the prompt what the network can read."""
    if name := st.session_state.pop(NEXT_NETWORK, None):
        st.session_state[NETWORK.name] = name
    choice = NETWORK.among(network_names())
    complain(mend(choice))
    left, right = st.columns([2, 3])
    with left:
        network = network_named(choice.selectbox())
    with right:
        prompt = PROMPT.text_input(placeholder="nothing: the beginning of a line")
    return network, _readable_prompt(prompt, network.checkpoint.vocabulary)


def _readable_prompt(prompt: str, vocabulary: Vocabulary) -> str:
    """Return what is read of a prompt; what is left out is named on the page."""
    if len(prompt) > LONGEST_PROMPT:
        note(f"Of a long prompt only the last {LONGEST_PROMPT} characters are read.")
    return readable(prompt[-LONGEST_PROMPT:], vocabulary)


def choose_draw(network: TrainedNetwork, prompt: str) -> WritingSettings:
    """Draw temperature, what may be drawn, length and seed; return what is chosen."""
    complain(mend(TEMPERATURE, TOP_K, TOP_P, LENGTH, SEED))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        temperature = TEMPERATURE.slider(width=290)
        top_k = TOP_K.select_slider(width=138)
        top_p = TOP_P.slider(width=138)
        length = LENGTH.select_slider(width=138)
        seed = SEED.number_input(width=138)
    if int(length) > (most := longest_text(network.checkpoint.vocabulary)):
        note(f"This network chooses among so many characters that {most} are written at most.")
    k = None if top_k == NO_TOP_K else int(top_k)
    p = None if top_p >= TOP_P.high else float(top_p)
    return WritingSettings(network, Draw(prompt, float(temperature), k, p, int(length), int(seed)))
