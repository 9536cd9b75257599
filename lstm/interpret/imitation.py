"""How well a written text imitates the one that a model learned from: shares that can be counted."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lstm.interpret.brackets import closes_what_it_opens


def words(text: str) -> list[str]:
    """Return the words of a text, in small letters."""
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower())


def share(verdicts: Iterable[bool]) -> float:
    """Return the share of verdicts that are true; 0 if there are none."""
    counted = list(verdicts)
    return sum(counted) / len(counted) if counted else 0.0


def known_words(written: str, learned: str) -> float:
    """Return the share of written words that the text the model learned from has."""
    vocabulary = _vocabulary(learned)
    return share(word in vocabulary for word in words(written))


@lru_cache(maxsize=4)
def _vocabulary(learned: str) -> frozenset[str]:
    """Return the words of a text; cached, because sample after sample is compared with one text."""
    return frozenset(words(learned))


def closed_lines(written: str, learned: str) -> float:
    """Return the share of lines in which everything that is opened is closed."""
    return share(closes_what_it_opens(line) for line in written.split("\n") if line)


def names_alike(written: str, learned: str) -> float:
    """Return the share of lines that end, by their last four letters, like a line of the other text."""
    endings = {name[-4:] for name in learned.split("\n") if name}
    return share(name[-4:] in endings for name in written.split("\n") if name)
