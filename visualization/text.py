"""Characters and lists of words as charts and sentences write them."""

import re
from collections.abc import Iterable

WORD_JOINER = "\u2060"  # takes no room, and no line ends before or after it
_FORMULA_AND_MARKS = re.compile(r"\$([^$]+)\$([.,;:!?)]+)")


def visible(char: str) -> str:
    """A character on an axis or a button: white space gets a sign, and so does half a character, which no
    chart can hold."""
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return {" ": "␣", "\n": "⏎", "\t": "⇥"}.get(char, char)


def character_in_words(char: str) -> str:
    """A character in a sentence: in quotes, or by its name if it is white space."""
    return {" ": "a space", "\n": "a new line", "\t": "a tab"}.get(char, f"‘{char}’")


def unbroken(markdown: str) -> str:
    """Keep ∂L/∂h in one line, and what follows a formula, such as a full stop, in the formula's."""
    markdown = markdown.replace("∂L/∂", f"∂L/{WORD_JOINER}∂")
    return _FORMULA_AND_MARKS.sub(r"$\1\\text{\2}$", markdown)  # browsers would break between the two


def join_words(words: Iterable[str], joint: str = "and") -> str:
    """Such as: a, b and c."""
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last
