"""Characters of a visitor's text that a network cannot read: named, and left out."""

from html import escape

import streamlit as st

from lstm.text import Vocabulary

_NAMED = 60  # characters


def readable(text: str, vocabulary: Vocabulary) -> str:
    """Return the characters of a text that a network knows, and name the others on the page."""
    if unknown := vocabulary.unknown(text):
        st.warning(_sentence(unknown), icon=":material/info:")
        st.code(" ".join(unknown[:_NAMED]), language=None, wrap_lines=True)  # a visitor's: no markup
    return known_part(text, vocabulary)


def known_part(text: str, vocabulary: Vocabulary) -> str:
    """Return the characters of a text that a network knows."""
    return "".join(char for char in text if char in vocabulary)


def unknown_html(text: str, vocabulary: Vocabulary) -> str:
    """Return a sentence that names the characters of a text which a network does not know, as HTML.

    Empty if it knows all of them.
    """
    unknown = vocabulary.unknown(text)
    names = escape(" ".join(unknown[:_NAMED]))  # a visitor's: no markup
    return f"{_sentence(unknown)} <code>{names}</code>" if unknown else ""


def _sentence(unknown: list[str]) -> str:
    what = "this character, so it is" if len(unknown) == 1 else "these characters, so they are"
    return f"This network has never seen {what} left out:"
