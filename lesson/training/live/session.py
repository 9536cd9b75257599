"""The visitor's own place in the registry of this server."""

import uuid

import streamlit as st

from lesson.training.engine.viewer import Viewer
from lesson.training.live.registry import registry

__all__ = ["registry", "viewer"]
_VIEWER = "viewer"  # in the session state


def viewer() -> Viewer:
    """Return this visitor's place, which stays while they look at other pages."""
    if _VIEWER not in st.session_state:
        st.session_state[_VIEWER] = Viewer(uuid.uuid4().hex, registry())
    return st.session_state[_VIEWER]
