"""Drawings in the browser whose data change often: their code travels once a version, their data each time.

A component sends its HTML, CSS and JavaScript again with every change of its data.  So a drawing is two:
a feed of a few lines (assets/drawing/feed.js), and the code, which the browser loads by an address of its own
and keeps.  A feed waits for its code.  If it should be lost on the way, or a host lets no plain request
through, the code is asked for and travels through Streamlit's socket, as that of any component does.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from lesson.frame.files import asset, script
from lesson.frame.version import version
from lesson.frame.web_files import offer_script

_TIMES = "drawings_sent"  # in the session state: how often a drawing's code was sent
_MISSING = "drawings_missing"  # in the session state: the drawings whose code got lost on the way
_BY_SOCKET = "drawings_by_socket"  # in the session state: that no plain request reaches the server
_LOADER = st.components.v2.component("drawing_loader", js=script("drawing/load.js"))


class Drawing:
    """A drawing of assets/: `name/name.js` registers its function draw(root, data), `name/name.css` is its
    look."""

    def __init__(self, name: str, css: str = "", fixed: Mapping[str, Any] | None = None) -> None:
        """Register it, once, when the module is imported.

        css: what comes before its own look.  fixed: what is the same for everybody who looks at it, as JSON;
        it travels with the code, and is the third argument of the function draw.
        """
        self.name = name
        css += asset(f"{name}/{name}.css") + asset("shared/common.css")
        self._look = {"name": name, "css": css, "fixed": dict(fixed or {})}
        path = f"{name}/{name}.js"
        offer_script(path, self._look)
        self._code = st.components.v2.component(f"{name}_code", js=script(path))
        self._feed = st.components.v2.component(
            name, html=f'<div class="{name}" data-drawing="{name}"></div>', js=script("drawing/feed.js")
        )

    def draw(self, data: dict, key: str, **on_change: Callable[[], None]) -> None:
        """Draw it; `data` goes to the function draw as it is.

        on_change: on_NAME_change is called when the drawing has sent NAME, by root.send(NAME, value); the
        value is then `sent_value(key, NAME)`.
        """
        state = st.session_state
        times = state.setdefault(_TIMES, {})
        missing: set[str] = state.setdefault(_MISSING, set())

        def note_unreachable() -> None:
            state[_BY_SOCKET] = True
            missing.add(self.name)

        with st.container(gap=None):  # the code, which comes and goes, takes no room
            # In a list: Streamlit would look at each value of a dictionary for data frames.
            self._feed(key=key, data=[data], on_missing_change=lambda: missing.add(self.name), **on_change)
            if self.name in times and self.name not in missing:
                return
            missing.discard(self.name)
            # With a number: what is in the page already runs again only if its data have changed.
            times[self.name] = times.get(self.name, 0) + 1
            if state.get(_BY_SOCKET):
                self._code(key=f"{key}_code", data=self._look | {"times": times[self.name]})
            else:
                where = {"name": self.name, "version": version(), "times": times[self.name]}
                _LOADER(key=f"{key}_loader", data=[where], on_unreachable_change=note_unreachable)


def sent_value(key: str, name: str) -> object:
    """Return what a drawing has sent by a name, while its callback runs; None if there is nothing."""
    state = st.session_state.get(key)
    return getattr(state, name, None) if state is not None else None
