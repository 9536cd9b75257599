"""The way from one part of the gates page to the next."""

import streamlit as st

from lesson.frame.navigation import page_link
from lesson.gates.parameters import PART

_WHAT = {
    "Over time": ": run the cell over many steps",
    "Vectors": ": watch several units read a text",
    "GRU": ": a cell with two gates and one state",
    "Variants": ": what an LSTM can do without",
    "Challenges": ": set a cell by hand",
}


def offer(part: str) -> None:
    """Offer the part after this one, and the way to the next page."""
    following = PART.options[PART.options.index(part) + 1]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Next part, *{following}*{_WHAT[following]}", icon=":material/arrow_forward:",
            key="next_part", type="tertiary", on_click=_go_to, args=(following,),
        )  # fmt: skip
        page_link("3_gradients.py", "Skip to Gradients")


def _go_to(part: str) -> None:
    st.session_state[PART.name] = part
