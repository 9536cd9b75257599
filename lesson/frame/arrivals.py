"""How the visitor came to the page in view: by a link that names settings of it, or otherwise."""

import streamlit as st

_LINKS = "query_links"  # in the session state: how often the visitor came to a page by a link with settings
# In the session state: the page in view; whether it was come to by such a link; what one sets back, by page.
_HERE, _BY_LINK, _SET_BACK = "query_page", "query_by_link", "query_set_back"


def note_arrival(page: str, by_link: bool, by_history: bool) -> None:
    """Note that the visitor has come to a page, and set back what a link sets back there.

    by_link: the address names settings; by_history: by Back or Forward, which is no link.
    """
    st.session_state[_HERE] = page
    st.session_state[_LINKS] = links_taken() + (by_link or by_history)
    st.session_state[_BY_LINK] = by_link and not by_history
    if st.session_state[_BY_LINK]:
        for name in _names_to_set_back():
            st.session_state.pop(name, None)


def links_taken() -> int:
    """Return how often the visitor has come to a page by an address that names settings of it."""
    return st.session_state.get(_LINKS, 0)


def by_link() -> bool:
    """Return whether the visitor has come to the page in view by a link that names settings of it."""
    return st.session_state.get(_BY_LINK, False)


def take_back() -> None:
    """Note that the page in view was reloaded, or come back to: its address is the tab's own and no link.

    Only the browser knows.  It says so when it offers the visitor's record: who follows a link, types one or
    opens it in another tab sees the link's state; who reloads a page or goes back to it sees their own.
    """
    st.session_state[_BY_LINK] = False


def set_back(name: str) -> None:
    """Let a link to the page in view forget a name of the session state."""
    _names_to_set_back().add(name)


def _names_to_set_back() -> set[str]:
    return st.session_state.setdefault(_SET_BACK, {}).setdefault(st.session_state.get(_HERE, ""), set())
