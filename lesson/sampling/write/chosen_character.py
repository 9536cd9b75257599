"""The character of a text that is looked at: chosen by a slider, a link or a click."""

import streamlit as st

from lesson.frame.links import bound_whole
from lesson.sampling.write.writing import Written
from lstm.readout import softmax
from lstm.textstats.surprise import entropy


def choose_character(written: Written, label: str = "Chosen character") -> int:
    """Which character is looked at, from 0; a link can set it, and so can a click on the text."""
    last, start = len(written.text), _most_open(written)
    bound_whole("at", 1, last, start)
    return st.slider(label, 1, last, start, key="at", bind="query-params", persist_state="session") - 1


def _most_open(written: Written) -> int:
    """Where temperature has most to decide: the character of which the network was least sure, from 1."""
    unsure = entropy(softmax(written.logits[written.start :]))
    return 1 + written.start + int(unsure.argmax()) if len(unsure) else len(written.text)


def take_character(at: int, unit: int) -> None:
    """A character was chosen in the text."""
    st.session_state.at = at + 1
