"""The page Class: the lecturer's screen, which talks to its room itself."""

import streamlit as st

from lesson.class_page.plans import challenges, plans
from lesson.frame.files import asset, script

_SCREEN = st.components.v2.component(
    "classroom_host",
    html="<div data-host></div>",
    css=asset("classroom/host/host.css"),
    js=script("classroom/host/host.js"),
)


def show() -> None:
    """Show the screen: it is the same for everybody; what is theirs is kept by their browser."""
    # In a list: Streamlit would look at each value of a dictionary for data frames.
    _SCREEN(key="classroom_host", data=[{"plans": plans(), "challenges": challenges()}])
