"""Characters and lists of words as charts and sentences write them."""

from collections.abc import Iterable


def visible(char: str) -> str:
    """A character on an axis or a button: white space gets a sign, and so does half a character, which no
    chart can hold."""
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return {" ": "␣", "\n": "⏎", "\t": "⇥"}.get(char, char)


def character_in_words(char: str) -> str:
    """A character in a sentence: in quotes, or by its name if it is white space."""
    return {" ": "a space", "\n": "a new line", "\t": "a tab"}.get(char, f"‘{char}’")


def join_words(words: Iterable[str], joint: str = "and") -> str:
    """Such as: a, b and c."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last
