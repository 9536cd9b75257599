"""What the visitor says of the exercises: a tick for each whose check passes."""

import streamlit as st

from lesson.frame import record

_TICKED, _UNTICKED = "yes", "no"


def draw_tick(number: int) -> None:
    """Draw the box to say that the check of an exercise passes."""
    key = _key(number)
    if news := record.news("tick", str(number)):
        st.session_state[key] = news == _TICKED
    st.checkbox(
        "My check passes", key=key, persist_state="session", on_change=_note, args=(number,),
        help="Tick it yourself: the check runs on your own computer.",
    )  # fmt: skip


def is_ticked(number: int) -> bool:
    """Return whether the visitor says that the check of an exercise passes."""
    return record.entries("tick").get(str(number)) == _TICKED


def tick(number: int) -> None:
    """Tick an exercise; to be called from a callback."""
    st.session_state[_key(number)] = True
    _note(number)


def _note(number: int) -> None:
    record.add("tick", str(number), _TICKED if st.session_state[_key(number)] else _UNTICKED)


def _key(number: int) -> str:
    return f"exercise_{number}_done"
