"""Joining a class from the course's pages: the code is typed here, and the browser's bar does the rest."""

import streamlit as st

from lesson.frame import class_bar
from lesson.frame.glossary import note

_CODE = "class_code"


def offer_class() -> None:
    """Draw the field for a class's code; who is in says so, and may leave."""
    handle, refusal = class_bar.joined()
    if handle:
        st.success(
            f"You are in the class. There you are called “{handle}”: your own name is not stored. The bar at "
            "the bottom of the page shows the questions of the class."
        )
        st.button(
            "Leave the class",
            icon=":material/logout:",
            key="class_leave",
            on_click=class_bar.join,
            args=("",),
        )
        note("If you leave, your answers in this class are deleted.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "The code of your class", key=_CODE, max_chars=12, width=200, placeholder="as on the screen"
        )
        st.button("Join the class", icon=":material/group_add:", key="class_join", on_click=_join)
    if refusal:
        st.error(refusal)
    note(
        "You need no name and no account. A bar at the bottom of the page then shows the questions of your "
        "class. The server keeps your answers until the class is deleted, or for 12 hours after its last use."
    )


def _join() -> None:
    if code := st.session_state.get(_CODE, "").strip():
        class_bar.join(code)
