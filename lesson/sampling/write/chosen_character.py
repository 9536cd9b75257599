"""The character of a text that is looked at: chosen by a slider, a link or a click."""

import streamlit as st

from lesson.frame.links import bound_whole
from lesson.sampling.parameters import CHARACTER
from lesson.sampling.write.passages import Passage
from lstm.readout import softmax
from lstm.textstats.surprise import entropy


def choose_character(passage: Passage, label: str = CHARACTER.label) -> int:
    """Draw the slider of the character that is looked at; return it, counted from 0."""
    character = CHARACTER.within(1, len(passage.text), _least_sure(passage))
    bound_whole(character)
    return int(character.slider(label=label)) - 1


def _least_sure(passage: Passage) -> int:
    """Return where temperature has most to decide: at which character, from 1, the network is least sure."""
    unsure = entropy(softmax(passage.logits[passage.start :]))
    return 1 + passage.start + int(unsure.argmax()) if len(unsure) else len(passage.text)


def set_character(character: int, unit: int) -> None:
    """Move the slider to a character, from 0, that was clicked in a text."""
    st.session_state[CHARACTER.name] = character + 1
