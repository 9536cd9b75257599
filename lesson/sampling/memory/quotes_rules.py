"""How well a unit knows whether a text is inside quotes: what the challenge Who is speaking? is judged by.

The threshold that tells inside from outside is taken from the first half of held-out text; the unit is judged
on ten stretches of the second half, drawn anew for every check.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.unit_search import states_along
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import balanced_accuracy, detector

RULE = "inside quotes"
STRETCHES, ENOUGH, LENGTH = 10, 8, 400  # stretches, those that must be right, and characters of each
RIGHT = 0.7  # of the characters inside and of those outside, on average: chance is a half
_LEAST_QUOTES = 20  # quotation marks in each half


class QuotedText(NamedTuple):
    """Held-out text, what is inside quotes there, inside (T,), and the units' states, (T, H)."""

    text: str
    inside: NDArray
    states: NDArray


def has_quotes(network: TrainedNetwork) -> bool:
    """Return whether both halves of a network's held-out text have quotes in them."""
    text = network.held_out or ""
    half = len(text) // 2
    return half > LENGTH and all(part.count('"') > _LEAST_QUOTES for part in (text[:half], text[half:]))


def quoted_text(network: TrainedNetwork) -> QuotedText:
    """Return a network's held-out text with its memory along it: C, or h where there is no C."""
    text, state = network.held_out or "", "C" if network.checkpoint.net.kind == "lstm" else "h"
    return QuotedText(text, RULES[RULE].of(text), states_along(network, text, state))


def accuracies(data: QuotedText, unit: int, seed: int) -> list[float]:
    """Return how well a unit tells inside from outside in each of ten stretches that both occur in."""
    half = len(data.text) // 2
    says = detector(data.states[:half, unit], data.inside[:half]).says(data.states[:, unit])
    rng, shares = np.random.default_rng(seed), []
    while len(shares) < STRETCHES:
        start = int(rng.integers(half, len(data.text) - LENGTH))
        stretch = slice(start, start + LENGTH)
        share = balanced_accuracy(says[stretch], data.inside[stretch])
        if not np.isnan(share):
            shares.append(share)
    return shares


def right_stretches(shares: list[float]) -> int:
    """Return how many stretches are right, by the accuracies of all."""
    return sum(share >= RIGHT for share in shares)


def passes(shares: list[float]) -> bool:
    """Return whether enough stretches are right."""
    return right_stretches(shares) >= ENOUGH


def count_passing_units(network: TrainedNetwork) -> int:
    """Return how many units of a network would pass."""
    return _count_passing_units(network.key, network)


@memo(entries=20)
def _count_passing_units(key: str, _network: TrainedNetwork) -> int:
    data = quoted_text(_network)
    units = range(data.states.shape[1])
    return sum(passes(accuracies(data, unit, seed=0)) for unit in units)
