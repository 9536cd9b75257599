"""The hints of an exercise, one by one; how many are shown is still known after a reload."""

from collections.abc import Sequence

import streamlit as st

from lesson.frame import record


def draw_hints(number: int, hints: Sequence[str]) -> None:
    """Show the hints of an exercise that the visitor has opened, and the button for the next."""
    key = _key(number)
    if news := record.news("hints", str(number)):
        st.session_state[key] = int(news) if news.isascii() and news.isdigit() else 0
    count = st.session_state.get(key, 0)
    for hint in hints[:count]:
        st.text(hint)  # formulas with stars in them: no markup
    if count < len(hints):
        st.button(
            f"Hint {count + 1} of {len(hints)}", icon=":material/lightbulb:", key=f"hint_{number}",
            on_click=_open, args=(number, count + 1),
        )  # fmt: skip


def _open(number: int, count: int) -> None:
    st.session_state[_key(number)] = count
    record.add("hints", str(number), str(count))


def _key(number: int) -> str:
    """Return the key under which the session keeps how many hints of an exercise are shown."""
    return f"exercise_{number}_hints"
