"""The bar at the bottom of browsers that have joined a class, and what it says to the session.

The bar itself (`assets/classroom/bar/`) is loaded by the browser, and only by one that has joined a class or
leads one; for all others this is an element of a few hundred bytes that does nothing.
"""

import uuid
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

import streamlit as st

from lesson.frame.files import asset, script
from lesson.frame.record import LONGEST, bring
from lesson.frame.version import version
from lesson.frame.web_files import offer_script

_KEY = "class_bar"
# In the session state: how often the visitor wanted to join or to leave, and the code, "" to leave.
_JOINING = "class_joining"
UNSURE = "unsure"  # the id of "I don't know", which a class can answer to every question
_ANSWERED = "class_answered"  # in the session state: the questions that the visitor has answered in a class
# In the session state: what the browser has said last, which Streamlit forgets when a page leads to another;
# the name of this session, so that the browser tells a new one all that it knows.
_LAST, _SESSION = "class_said", "class_session"
_LAST_VOTES = "class_last_votes"  # in the session state: by question, what the pages do not yet show
_PLACE = "class_place"  # in the session state: where the class is to be
LONGEST_QUERY = 2_000

offer_script("classroom/bar/bar.js", asset("classroom/bar/bar.css"))
_BAR = st.components.v2.component("class_bar", js=script("classroom/bar/mount.js"))


class Joined(NamedTuple):
    """The words by which a class knows the visitor, "" in no class; why a code did not let them in."""

    handle: str = ""
    refusal: str = ""


class Place(NamedTuple):
    """A page of the course, by its address, and the query that says what is set there."""

    page: str
    query: Mapping[str, list[str]]


def open_bar() -> None:
    """Mount what loads the bar; once for all pages, by the frame."""
    data = {
        "version": version(),
        "joining": st.session_state.get(_JOINING, [0, ""]),
        "session": st.session_state.setdefault(_SESSION, uuid.uuid4().hex),
    }
    # In a list: Streamlit would look at each value of a dictionary for data frames.
    _BAR(
        key=_KEY,
        data=[data],
        on_room_change=lambda: take_vote(_sent("room")),
        on_place_change=_note_place,
        on_joined_change=lambda: _sent("joined"),
    )


def join(code: str) -> None:
    """Let the browser join the class with this code, or leave its class, by none."""
    count, _ = st.session_state.get(_JOINING, (0, ""))
    st.session_state[_JOINING] = [count + 1, code[:LONGEST]]


def joined() -> Joined:
    """Return what has come of joining, as the browser says."""
    match _sent("joined"):
        case {"handle": str(handle), "refusal": str(refusal)}:
            return Joined(handle[:LONGEST], refusal[:LONGEST])
    return Joined()


def open_question() -> str:
    """Return the id of the question that the visitor's class answers at present, "" if there is none.

    Until the lecturer reveals it, what gives its answer away stays covered.
    """
    match _sent("room"):
        case {"question": str(id)}:
            return id
    return ""


def is_vote_closed() -> bool:
    """Return whether the vote on the open question is closed: until another one begins, nothing counts."""
    match _sent("room"):
        case {"closed": True}:
            return True
    return False


def take_vote(room: object) -> None:
    """Take a vote in a class for the first guess at its question, if there is none yet.

    Who did not know has asked for the answer by that.
    """
    match room:
        case {"answered": str(id), "answer": str(answer)} if id and answer and len(id + answer) <= LONGEST:
            bring({f"answer/{id}": answer} | ({f"shown/{id}": "yes"} if answer == UNSURE else {}))
            st.session_state.setdefault(_ANSWERED, set()).add(id)
            if last := str(room.get("last", ""))[:LONGEST]:
                st.session_state.setdefault(_LAST_VOTES, {})[id] = last


def take_last_vote(id: str) -> str:
    """Return, once, what the visitor voted for last in a class's question, "" if that is not new."""
    return str(st.session_state.get(_LAST_VOTES, {}).pop(id, ""))


def is_answered(id: str) -> bool:
    """Return whether the visitor has answered a question in a class: no link asks it anew."""
    return id in st.session_state.get(_ANSWERED, ())


def take_place() -> Place | None:
    """Return where the class is led to, once; None if it is led nowhere."""
    return st.session_state.pop(_PLACE, None)


def read_place(place: object) -> Place | None:
    """Return the place that a browser names; None if it names none."""
    match place:
        case {"page": str(page), "query": str(query)} if len(query) <= LONGEST_QUERY:
            values = parse_qs(query, keep_blank_values=True)
            return Place(page, {n: texts for n, texts in values.items() if not n.startswith("embed")})
    return None


def _note_place() -> None:
    if place := read_place(getattr(st.session_state.get(_KEY), "place", None)):
        st.session_state[_PLACE] = place


def _sent(name: str) -> object:
    last = st.session_state.setdefault(_LAST, {})
    if (value := getattr(st.session_state.get(_KEY), name, None)) is not None:
        last[name] = value
    return last.get(name)
