"""A new student at a shared computer: what the one before has done is forgotten."""

import streamlit as st

from lesson.frame import record
from lesson.frame.glossary import note

_QUESTION = "new_student_question"  # in the session state: the visitor is asked whether they mean it


def offer_new_start() -> None:
    """Say who keeps the visitor's record, and draw the button to forget it, which asks once more."""
    note(
        f"For {record.DAYS} days after your last visit, your browser remembers what you have done. The "
        "server stores none of it, except in a class that you have joined: it keeps your answers and tries "
        "there until the class is deleted, or for 12 hours after its last use. On a shared computer, the "
        "next student should first press *Start as a new student*."
    )
    if not st.session_state.get(_QUESTION, False):
        st.button("Start as a new student", icon=":material/person_add:", key="new_student", on_click=_ask)
        return
    st.warning(
        "All guesses, solved challenges and ticks in this browser will be forgotten, in other tabs too. "
        "This browser will also forget its class; the class keeps your answers. If you want to have the rest "
        "again later, save it as a file first.",
        icon=":material/delete:",
    )
    with st.container(horizontal=True):
        st.button("Forget it all", type="primary", key="new_student_yes", on_click=_forget)
        st.button("Leave it as it is", key="new_student_no", on_click=_ask, args=(False,))


def _forget() -> None:
    record.clear()
    _ask(False)


def _ask(question: bool = True) -> None:
    st.session_state[_QUESTION] = question
