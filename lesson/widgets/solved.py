"""What a visitor has solved, on every page; kept while they stay."""

import streamlit as st

_SOLVED = "solved"  # in the session state: names of what is solved, by the address of the page


def solved(page: str) -> frozenset[str]:
    """Return the names of what is solved on a page, named by its address."""
    return frozenset(st.session_state.get(_SOLVED, {}).get(page, ()))


def mark_solved(page: str, *names: str) -> None:
    """Note that these are solved; what is solved stays so."""
    pages = st.session_state.setdefault(_SOLVED, {})
    pages[page] = frozenset(pages.get(page, ())).union(names)
