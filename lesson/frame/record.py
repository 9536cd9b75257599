"""The visitor's record: what they have done, kept by their browser (`assets/record/`), and by the session.

It is a table of texts.  Its names have a kind in front:

    answer/QUESTION     the first guess at a question: the id of the answer
    vote/QUESTION       the latest choice while a class answers the question
    shown/QUESTION      its answer was asked for
    place/QUESTIONS     the number of the question that is asked next, from 0
    solved/PAGE/NAME    a challenge is solved
    tried/PAGE/NAME     how often a challenge was tried that the page's script checks
    tick/EXERCISE       "yes" or "no": what the visitor says of an exercise
    hints/EXERCISE      how many of its hints are shown

A session that begins is offered what the browser has, in one run more; a visitor who has done nothing costs
none.  What comes from there is bounded, and whoever uses an entry looks whether it is one of theirs.
"""

import re
import uuid
from collections.abc import Mapping

import streamlit as st

from lesson.frame.arrivals import by_link, take_back
from lesson.frame.files import asset, script
from lesson.frame.links import say_again
from lesson.frame.parameters import Choice

DAYS = 180  # that the browser keeps the record after its last use
MOST, LONGEST = 1000, 100  # entries, and characters of a name or a value
_KEY = "record"
# In the session state: the entries; those that were brought and that no widget has taken over yet; whether
# the browser has brought its own; that everything is to be forgotten; the name of this session.
_ENTRIES, _NEWS, _RESTORED, _CLEAR, _SESSION = (
    "record_entries", "record_news", "record_restored", "record_clear", "record_session",
)  # fmt: skip

# As Markdown: it has to be there as soon as the text of a question is, which is Markdown too; Streamlit loads
# what draws st.html by itself, and sometimes later.
_LOOK = f"<style>{re.sub(r'/[*].*?[*]/', '', asset('record/record.css'), flags=re.DOTALL)}</style>"

_BROWSER = st.components.v2.component("record", js=script("record/record.js"))
_FEED = st.components.v2.component("record_feed", js=script("record/feed.js"))


def entries(kind: str) -> dict[str, str]:
    """Return the entries of a kind, by their names without it."""
    start = f"{kind}/"
    return {n.removeprefix(start): value for n, value in _table(_ENTRIES).items() if n.startswith(start)}


def add(kind: str, name: str, value: str = "yes") -> None:
    """Note what the visitor has done; the latest value counts, also before one that was brought."""
    _table(_ENTRIES)[f"{kind}/{name}"] = value
    _table(_NEWS).pop(f"{kind}/{name}", None)


def bring(table: Mapping[str, str]) -> None:
    """Add what the session does not have; widgets take it over when they are drawn."""
    new = {name: value for name, value in table.items() if name not in _table(_ENTRIES)}
    _table(_ENTRIES).update(new)
    _table(_NEWS).update(new)


def news(kind: str, name: str) -> str | None:
    """Return what was brought for a widget, once; None if there is nothing.

    A link shows exactly its state: nothing of the record is shown on its page.
    """
    return None if by_link() else _table(_NEWS).pop(f"{kind}/{name}", None)


def clear() -> None:
    """Forget the record, here and in the browser, which then loads the page again, in a new session."""
    st.session_state[_ENTRIES], st.session_state[_NEWS], st.session_state[_CLEAR] = {}, {}, True


def open_record(part: Choice | None) -> None:
    """Mount the browser's side, where a page begins; part: the choice of the page's parts."""
    st.markdown(_LOOK, unsafe_allow_html=True)
    data = {
        "session": _session(),
        "part": part and {"name": part.name, "options": list(part.options), "start": part.default},
        "days": DAYS,
    }
    # In a list: Streamlit would look at each value of a dictionary for data frames.
    _BROWSER(key=_KEY, data=[data], on_offer_change=lambda: take_over(_offer()))


def send(key: str, end: bool = False) -> None:
    """Send the record to the browser; end: all of the page stands above.

    The page does so at its end; a fragment that adds to the record does too, for the rest does not run then.
    """
    _FEED(
        key=f"record_{key}",
        data=[
            {
                "session": _session(),
                "entries": dict(_table(_ENTRIES)),
                "end": end,
                "restored": st.session_state.get(_RESTORED, False),
                "clear": st.session_state.get(_CLEAR, False),
            }
        ],
    )


def take_over(offer: object) -> None:
    """Take over what the browser offers; what is no record is left out."""
    match offer:
        case {"entries": dict(table), "reload": bool(reload)}:
            bring(_checked(table))
            if reload:
                take_back()
    if not st.session_state.get(_RESTORED):  # the page has just been opened
        say_again()
    st.session_state[_RESTORED] = True


def _checked(table: dict[object, object]) -> dict[str, str]:
    texts = {n: v for n, v in list(table.items())[:MOST] if isinstance(n, str) and isinstance(v, str)}
    return {name: value for name, value in texts.items() if max(len(name), len(value)) <= LONGEST}


def _offer() -> object:
    return getattr(st.session_state.get(_KEY), "offer", None)


def _table(name: str) -> dict[str, str]:
    return st.session_state.setdefault(name, {})


def _session() -> str:
    return st.session_state.setdefault(_SESSION, uuid.uuid4().hex)
