"""From when on what a model writes can be read: what is counted for that, and how much of it is enough."""

import re
from collections.abc import Callable
from typing import NamedTuple

from lstm.interpret.imitation import closed_lines, known_words, names_alike

ENOUGH = 0.75
SENTENCE_END = r"[.!?][\"']?\s+[\"']?(.)"  # and the character that follows


class Measure(NamedTuple):
    """What is counted in a written text: share(written, learned), from 0 to 1.

    words: of what it is the share; reads: whether enough of it means that the text can be read.
    """

    share: Callable[[str, str], float]
    words: str
    reads: bool = True


_WORDS = Measure(known_words, "of the words that it writes occur in its training text")
_MEASURES = {
    "places": Measure(names_alike, "of the names that it writes end like a name in its training text"),
    "brackets": Measure(
        closed_lines, "of the lines that it writes close every bracket that they open", reads=False
    ),
}


def measure_of(text_name: str) -> Measure:
    """Return what is counted in imitations of a sample text: words, unless it has none."""
    return _MEASURES.get(text_name, _WORDS)


def sentences_begun(written: str) -> float:
    """Return the share of full stops, question and exclamation marks that a capital follows."""
    after = re.findall(SENTENCE_END, written)
    return sum(char.isupper() for char in after) / len(after) if after else 0.0
