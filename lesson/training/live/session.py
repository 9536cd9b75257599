"""The registry of this server and the visitor's own place in it."""

import uuid

import streamlit as st

from lesson.frame.memo import memo
from lesson.training.engine.registry import Registry
from lesson.training.engine.viewer import Viewer

_VIEWER, _NAME = "viewer", "viewer_name"  # in the session state
# How often a page looks at its runs, in seconds: often for a few viewers, seldom enough that a hundred
# do not keep the server busy with drawing alone.
_SOONEST, _LATEST, _EACH = 0.25, 2.5, 0.02


@memo()
def registry() -> Registry:
    """Return the runs of this server."""
    return Registry()


def viewer() -> Viewer:
    """Return this visitor's place, which stays while they look at other pages."""
    if _VIEWER not in st.session_state:
        st.session_state[_NAME] = uuid.uuid4().hex
        st.session_state[_VIEWER] = Viewer(st.session_state[_NAME], registry())
    _presence(st.session_state[_NAME])
    return st.session_state[_VIEWER]


def interval() -> float:
    """Seconds between two looks, for as many viewers as there are now."""
    return min(_LATEST, max(_SOONEST, _EACH * registry().viewer_count()))


@st.cache_resource(show_spinner=False, scope="session", on_release=lambda here: here[0].away(here[1]))
def _presence(name: str) -> tuple[Registry, str]:
    """Released when the visitor's connection ends; whoever comes back makes a new one."""
    return registry(), name
