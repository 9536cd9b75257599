"""What one wrong character costs: a text is read twice, with one character exchanged in the second reading.

After the exchanged character both readings read the same text, so every difference between them is what is
left of the mistake.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices
from lstm.errors import InputError
from lstm.network import Network
from lstm.readout import softmax
from lstm.textstats.surprise import surprise


class Exchange(NamedTuple):
    """N readings with one character exchanged, over K characters after it.

    without, with_mistake (N, K): bits of surprise at the first to the K-th character after the exchanged one.
    distances: by name of a state, (N, K + 1): the length of its difference right after the exchanged
    character, then after each of the K characters.
    """

    without: Array
    with_mistake: Array
    distances: Mapping[str, Array]

    @property
    def extra(self) -> Array:
        """Return the extra surprise at each character, in bits, (N, K); negative where a mistake helps."""
        return self.with_mistake - self.without


class TextReading(NamedTuple):
    """A network's reading of a text of T characters.

    ids (T,); probabilities (T, V): what was expected after each character; states: by name, (T, H).
    """

    ids: Indices
    probabilities: Array
    states: Mapping[str, Array]


def read_along(net: Network, ids: ArrayLike) -> TextReading:
    """Read a text, ids (T,), from a state of zeros.  Raises InputError for a network of several layers."""
    if net.layers > 1:
        raise InputError("A mistake is followed in networks with one layer.")
    ids = np.asarray(ids)
    reading = net.run(ids)
    states = {name: reading.values[name][:, 0] for name in net.cell_type.states}
    return TextReading(ids, softmax(reading.logits[:, 0].astype(np.float64)), states)


def exchange(
    net: Network, reading: TextReading, places: ArrayLike, wrong: ArrayLike, length: int
) -> Exchange:
    """Read N times on from a place in a text, each time with one character exchanged.

    places (N,): of the exchanged characters, from 1; wrong (N,): what is read there instead; length: how
    many characters after it.  Raises InputError for a place with fewer characters after it.
    """
    places, wrong = np.asarray(places), np.asarray(wrong)
    if not ((places >= 1) & (places + length < len(reading.ids))).all():
        raise InputError(f"A mistake needs a character before it and {length} after it.")
    at = places + np.arange(length + 1)[:, None]  # (K + 1, N)
    inputs, targets = reading.ids[at], reading.ids[at[1:]]
    inputs[0] = wrong
    again = net.run(inputs, tuple(state[places - 1] for state in reading.states.values()))
    after = softmax(again.logits[:-1].astype(np.float64))  # (K, N, V)
    distances = {
        name: np.linalg.norm((again.values[name] - state[at]).astype(np.float64), axis=-1).T
        for name, state in reading.states.items()
    }
    without = surprise(reading.probabilities[at[:-1]], targets)
    return Exchange(without.T, surprise(after, targets).T, distances)


def wrong_characters(reading: TextReading, place: int) -> Indices:
    """Return all characters but the true one, (V − 1,), the one that was expected most first."""
    order = np.argsort(-reading.probabilities[place - 1], kind="stable")
    wrong: Indices = order[order != reading.ids[place]]
    return wrong


def distance_at_random(states: ArrayLike, pairs: int = 1_000, seed: int = 0) -> float:
    """Return the mean distance between the states at two places drawn at random; states (T, H)."""
    states = np.asarray(states, np.float64)
    one, other = np.random.default_rng(seed).integers(0, len(states), (2, pairs))
    return float(np.linalg.norm(states[one] - states[other], axis=1).mean())
