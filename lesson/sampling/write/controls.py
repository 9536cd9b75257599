"""The controls of the sampling page: which network writes, after which prompt, and how."""

from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import Number, complain, mend
from lesson.sampling.sources import TAKEN, Source, source, source_names
from lesson.sampling.write.writing import LONGEST, Draw, longest
from lesson.widgets.unknown_characters import readable
from lstm.text import Vocabulary

LENGTHS = ("100", "200", "300", "500", "1000")
TOP_K = ("off", "1", "2", "3", "5", "10", "20", "40")
STREAM = "write_stream"  # in the session state: how often the text was asked to be written anew
TEMPERATURE = Number(0.0, 2.0, 0.8, 0.05)
_NUCLEUS = Number(0.05, 1.0, 1.0, 0.05)
_SEEDS = Number(0, 10**6, 1)


class Asked(NamedTuple):
    """What the visitor asked for."""

    source: Source
    draw: Draw


def choose() -> tuple[Source, str]:
    """The network, and what it can read of the prompt."""
    if taken := st.session_state.pop(TAKEN, None):
        st.session_state.network = taken
    names = source_names()
    complain(mend({"network": names}))
    if st.session_state.get("network") not in (None, *names):  # an upload that is gone
        st.session_state.network = names[0]
    left, right = st.columns([2, 3])
    name = left.selectbox(
        "Network", names, key="network", bind="query-params", persist_state="session",
        help="The models of this course; your own run or upload comes in further down.",
    )  # fmt: skip
    prompt = right.text_input(
        "Prompt", key="prompt", bind="query-params", persist_state="session",
        placeholder="nothing: the beginning of a line",
    )  # fmt: skip
    chosen = source(name)
    return chosen, _readable(prompt, chosen.checkpoint.vocabulary)


def choose_all() -> Asked:
    """The network, the prompt and, behind a drawer, how the text was written."""
    chosen, prompt = choose()
    with st.expander("How it was written", icon=":material/tune:"):
        return settings(chosen, prompt)


def _readable(prompt: str, vocabulary: Vocabulary) -> str:
    """What is read of a prompt; the rest is named."""
    if len(prompt) > LONGEST:
        note(f"Of a long prompt only the last {LONGEST} characters are read.")
    return readable(prompt[-LONGEST:], vocabulary)


def settings(chosen: Source, prompt: str) -> Asked:
    """Temperature, what may be drawn, length and seed."""
    complain(mend({"t": TEMPERATURE, "k": TOP_K, "p": _NUCLEUS, "n": LENGTHS, "s": _SEEDS}))
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    temperature = row.slider(
        "Temperature", 0.0, 2.0, TEMPERATURE.start, 0.05, key="t", bind="query-params",
        persist_state="session", width=290,
        help="The logits are divided by it before a character is drawn. 0 always takes the likeliest.",
    )  # fmt: skip
    top_k = row.select_slider(
        "Top k", TOP_K, key="k", bind="query-params", persist_state="session", width=138,
        help="Only the k likeliest characters may be drawn.",
    )  # fmt: skip
    top_p = row.slider(
        "Top p", 0.05, 1.0, 1.0, 0.05, key="p", bind="query-params", persist_state="session", width=138,
        help="Only the likeliest characters that reach the probability p together may be drawn; 1 is all. "
        "Holtzman et al. 2020 call it nucleus sampling.",
    )  # fmt: skip
    length = row.select_slider(
        "Characters", LENGTHS, "300", key="n", bind="query-params", persist_state="session", width=138,
    )  # fmt: skip
    seed = row.number_input(
        "Seed", 0, 10**6, 1, key="s", bind="query-params", persist_state="session", width=138,
        help="The luck of the draw: the same seed, the same text.",
    )  # fmt: skip
    if int(length) > (most := longest(chosen.checkpoint.vocabulary)):
        note(f"This network chooses among so many characters that {most} are written at most.")
    k = None if top_k == "off" else int(top_k)
    p = None if top_p >= 1 else float(top_p)
    return Asked(chosen, Draw(prompt, float(temperature), k, p, int(length), int(seed)))
