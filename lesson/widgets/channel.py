"""Streamlit's own channel for the questions of pictures; the same functions answer, with the same words.

For hosts that let no plain HTTP through, and for what only the visitor's session has.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lesson.frame.files import script
from lesson.frame.query import Query, QueryError
from lesson.frame.version import version
from lesson.widgets.source import Source
from lstm.errors import InputError

_KEY = "channel"
_NETWORK = "own_network"  # in the session state: what questions of this session may be about
MOST_AT_ONCE, MOST_VALUES, LONGEST_VALUE = 8, 60, 20_000

_CHANNEL = st.components.v2.component("channel", js=script("channel/channel.js"))


def own_network() -> object | None:
    """Return the network that only this visitor has, None if there is none."""
    return st.session_state.get(_NETWORK)


def set_own_network(network: object | None) -> None:
    """Let this visitor's questions be about a network that only they have."""
    st.session_state[_NETWORK] = network


@st.fragment
def open_channel(sources: Callable[[], Mapping[str, Source]]) -> None:
    """Answer what has come through the channel; sources: every source by its address."""
    sent = getattr(st.session_state.get(_KEY), "questions", None)
    replies = {str(id): _reply(sources(), name, values) for id, name, values in _questions(sent)}
    # In a list: Streamlit would look at each value of a dictionary for data frames.
    _CHANNEL(key=_KEY, data=[{"version": version(), "replies": replies}], on_questions_change=lambda: None)


def _questions(sent: object) -> list[tuple[int, str, dict[str, str]]]:
    """Return number, name and values of what a browser has sent; what is no question is left out."""
    if not isinstance(sent, list):
        return []
    questions = []
    for row in sent[:MOST_AT_ONCE]:
        match row:
            case {"id": int(id), "name": str(name), "question": dict(values)} if _are_texts(values):
                questions.append((id, name, values))
    return questions


def _are_texts(values: dict[Any, Any]) -> bool:
    return len(values) <= MOST_VALUES and all(
        isinstance(name, str) and isinstance(value, str) and len(value) <= LONGEST_VALUE
        for name, value in values.items()
    )


def _reply(sources: Mapping[str, Source], name: str, values: dict[str, str]) -> dict[str, Any]:
    source = sources.get(name)
    if source is None:
        return {"error": "There is no such answer; reload the page."}
    try:
        return {"answer": dict(source.compute(Query(values, own_network())))}
    except (QueryError, InputError) as error:
        return {"error": str(error)}
