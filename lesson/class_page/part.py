"""The page Class: the lecturer's screen, which talks to its room itself."""

import streamlit as st

from lesson.class_page.plans import challenges, plans
from lesson.frame.files import asset, script
from lesson.frame.version import version
from lesson.frame.web_files import offer_script

offer_script("classroom/host/host.js")
_SCREEN = st.components.v2.component(
    "classroom_host",
    html="<div data-host></div>",
    css=asset("classroom/host/host.css"),
    js=script("classroom/host/mount.js"),
)

# While a room is led the first screen belongs to it: of the heading a reader of the screen hears.
_FIRST_SCREEN = """<style>
[data-testid="stMainBlockContainer"]:has([data-leading]) { padding-top: 4.2rem; padding-bottom: 1.5rem; }
[data-testid="stMainBlockContainer"]:has([data-leading]) [data-testid="stElementContainer"]:has(h1) {
  position: absolute; height: 1px; width: 1px; overflow: hidden; clip-path: inset(50%);
}
@media (max-height: 560px) {
  [data-testid="stMainBlockContainer"]:has([data-leading]) { padding-top: 3.4rem; }
}
</style>"""


def show() -> None:
    """Show the screen: it is the same for everybody; what is theirs is kept by their browser."""
    st.html(_FIRST_SCREEN)
    # In a list: Streamlit would look at each value of a dictionary for data frames.
    _SCREEN(key="classroom_host", data=[{"version": version(), "plans": plans(), "challenges": challenges()}])
