"""A gap of one character in a text: what two networks say about it, alone and together.

One network reads from the left and says what comes next; another one has learned to read from the last
character to the first, and says what comes before.  A bidirectional network (Schuster & Paliwal 1997; Graves
& Schmidhuber 2005) has both and is trained as one; here they were trained apart, and their probabilities are
multiplied.  Letters as in `lstm.network`.
"""

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices
from lstm.errors import InputError, whole_number
from lstm.network import Network
from lstm.readout import softmax

_CHUNK = 100  # steps that are read at a time, to bound the memory


def from_left(net: Network, ids: Indices) -> Array:
    """Return what a network expects at each character after those before it, (T, V).

    ids: T + 1 indices; the first is read, but not asked for.  Raises InputError for fewer than two.
    """
    _check(ids, 2)
    return softmax(net.run(ids[:-1]).logits[:, 0].astype(np.float64))


def from_right(backward_net: Network, ids: Indices) -> Array:
    """Return what a network that reads backwards expects at each character before those after it, (T, V).

    ids: T + 1 indices; the last is read, but not asked for.  Raises InputError for fewer than two.
    """
    return from_left(backward_net, np.asarray(ids)[::-1])[::-1]


def both_sides(left: ArrayLike, right: ArrayLike, frequencies: ArrayLike) -> Array:
    """Return p(c | left) · p(c | right) / p(c), divided by its sum over the characters, (…, V).

    By Bayes' rule this is p(c | left, right), if left and right are independent of each other once c is
    known. Without the division what is frequent would be counted twice: both sides expect it already.
    """
    with np.errstate(divide="ignore"):  # ln 0 is meant
        logs = np.log(left) + np.log(right) - np.log(frequencies)
    return softmax(logs)


def character_frequencies(ids: Indices, characters: int) -> Array:
    """Return the share of each character in a text, (V,), each counted once more: none is 0."""
    counts = np.bincount(ids, minlength=characters) + 1.0
    shares: Array = counts / counts.sum()
    return shares


def reading_on(net: Network, ids: Indices, gap: int) -> Array:
    """Return p(c | left, right) as one network has it that reads on after each candidate, (V,).

    It is p(c | left) · p(right | left, c), divided by its sum over the characters: exact for this network, at
    the price of reading what follows V times.  ids (T,): a text; gap: the position of the gap in it, from 1,
    as something has to be read before it.  What stands there is not looked at.
    """
    _check(ids, 2)
    ids, V = np.asarray(ids), net.output_size
    gap = whole_number("gap", gap, 1, len(ids) - 1)
    before = net.run(ids[:gap])
    logs = _log_softmax(before.logits[-1, 0])
    state = tuple(np.repeat(one, V, axis=-2) for one in before.state)  # (…, V, H): one for each candidate
    # Each candidate, then what follows; the last character is predicted, but not read.
    inputs = np.concatenate([np.arange(V)[None], np.repeat(ids[gap + 1 :, None], V, axis=1)])[:-1]
    for start in range(0, len(inputs), _CHUNK):
        part = inputs[start : start + _CHUNK]
        reading = net.run(part, state)
        state = reading.state
        targets = ids[gap + 1 + start :][: len(part)]
        expected = _log_softmax(reading.logits)  # (steps, V, V)
        logs = logs + np.take_along_axis(expected, targets[:, None, None], axis=2).sum(axis=(0, 2))
    return softmax(logs)


def steps_read_on(length: int, gap: int, characters: int) -> int:
    """Return how many characters `reading_on` reads in a text of so many, each candidate's counted."""
    return gap + characters * (length - gap - 1)


def _log_softmax(logits: Array) -> Array:
    logits = logits.astype(np.float64)
    logits = logits - logits.max(axis=-1, keepdims=True)
    logs: Array = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    return logs


def _check(ids: Indices, least: int) -> None:
    if len(ids) < least:
        raise InputError(f"A gap needs a text of at least {least} characters, not {len(ids)}.")
