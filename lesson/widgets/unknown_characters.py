"""Characters of a visitor's text that a network cannot read: named, and left out."""

import streamlit as st

from lstm.text import Vocabulary

_NAMED = 60  # characters


def readable(text: str, vocabulary: Vocabulary) -> str:
    """Return the characters of a text that a network knows, and name the others on the page."""
    if unknown := vocabulary.unknown(text):
        one = len(unknown) == 1
        st.warning(
            f"This network has never seen {'this character; it is' if one else 'these characters; they are'} "
            "left out:",
            icon=":material/info:",
        )
        st.code(" ".join(unknown[:_NAMED]), language=None, wrap_lines=True)  # a visitor's: no markup
    return "".join(char for char in text if char in vocabulary)
