"""The losses of tables that only count characters, to compare a network with."""

from functools import lru_cache

import numpy as np

from lstm.arrays import Indices
from lstm.errors import InputError


@lru_cache(maxsize=8)
def counted_loss(text: str, before: int = 0) -> float:
    """Return the loss of a table of counts, in nats per character.

    It knows how often each character follows `before` others.  0: how frequent characters are, the entropy
    of the text's characters; 1: how frequent they are after the character before; and so on.  It is counted
    on the very text that is guessed, so with many characters before it says little: the longer
    they are, the fewer of them stand there twice.
    Raises InputError for a text that is not longer than that.
    """
    if not 0 <= before < len(text):
        raise InputError(f"To look {before} characters back, a text must be longer than that.")
    longer, shorter = _entropy(_numbers(text, before + 1)), 0.0
    if before:
        # Of the pieces that something follows: the last one is not among them.
        shorter = _entropy(_numbers(text, before)[:-1])
    return longer - shorter


def _numbers(text: str, n: int) -> Indices:
    """Return a number for each piece of n characters, the same for the same piece."""
    ids = np.unique(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), return_inverse=True)[1]
    numbers = ids
    for k in range(1, n):
        pairs = numbers[:-1] * (int(ids.max()) + 1) + ids[k:]
        numbers = np.unique(pairs, return_inverse=True)[1]
    return numbers


def _entropy(numbers: Indices) -> float:
    """Return the entropy of how often each number occurs, in nats."""
    counts = np.bincount(numbers)
    p = counts[counts > 0] / len(numbers)
    return -float((p * np.log(p)).sum())
