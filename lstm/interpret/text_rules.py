"""Rules about a text, a number for each character: what somebody who has just read it could know.

The units of a network are compared with them (see `unit_search`), as Karpathy, Johnson and Fei-Fei did
in 2015.
Every rule takes a text of T characters and returns (T,) numbers; yes is 1 and no is 0.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from lstm.arrays import Array
from lstm.interpret.brackets import CLOSER

_VOWELS = frozenset("aeiouAEIOU")


class Rule(NamedTuple):
    """A rule: what it is at a character; how it is computed; whether it is yes or no or a number."""

    says: str
    of: Callable[[str], Array]
    yes_no: bool = True


def _inside_quotes(text: str) -> Array:
    answers, inside = [], False
    for char in text:
        # In our texts every line closes its quotes; one that does not must not turn all that follows round.
        inside = char != "\n" and inside != (char == '"')
        answers.append(inside)
    return np.array(answers, float)


def _bracket_depth(text: str) -> Array:
    numbers, depth = [], 0
    for char in text:
        if char == "\n":
            depth = 0
        depth = max(0, depth + (char in CLOSER) - (char in CLOSER.values()))
        numbers.append(depth)
    return np.array(numbers, float)


def _inside_brackets(text: str) -> Array:
    return (_bracket_depth(text) > 0).astype(float)


def _start_of_line(text: str) -> Array:
    # Of its first character and not of the line end before it, which everybody can see who reads it.
    before = "\n" + text[:-1] if text else ""
    return np.array([char == "\n" and own != "\n" for char, own in zip(before, text, strict=True)], float)


def _position_in_line(text: str) -> Array:
    numbers, position = [], 0
    for char in text:
        position = 0 if char == "\n" else position + 1
        numbers.append(position)
    return np.array(numbers, float)


def _vowel(text: str) -> Array:
    return np.array([char in _VOWELS for char in text], float)


def _position_in_word(text: str) -> Array:
    numbers, position = [], 0
    for char in text:
        position = position + 1 if char.isalpha() else 0
        numbers.append(position)
    return np.array(numbers, float)


RULES = {
    "vowel": Rule("1 at a, e, i, o, u and their capitals, and 0 at all other characters", _vowel),
    "position in word": Rule(
        "the number of letters of the word that have been read, and 0 between words",
        _position_in_word,
        yes_no=False,
    ),
    "start of line": Rule("1 at the first character of a line, and 0 elsewhere", _start_of_line),
    "position in line": Rule(
        "the number of characters of the line that have been read", _position_in_line, yes_no=False
    ),
    "inside quotes": Rule(
        "1 from an opening quote to the character before the closing one, and 0 elsewhere", _inside_quotes
    ),
    "inside brackets": Rule("1 while a bracket of any kind is open, and 0 elsewhere", _inside_brackets),
    "bracket depth": Rule("the number of open brackets", _bracket_depth, yes_no=False),
}


def from_spans(spans: Iterable[tuple[int, int]], length: int) -> Array:
    """Return (length,) numbers: 1 inside the spans, each from its first character to before its end."""
    inside = np.zeros(length)
    for start, end in spans:
        inside[start:end] = 1
    return inside
