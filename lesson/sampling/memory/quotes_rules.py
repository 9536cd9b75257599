"""How well a unit shows whether a text is inside quotes: what the challenge Who is speaking? is judged by.

The threshold that tells inside from outside is taken from the first half of held-out text; the unit is judged
on ten segments of the second half, drawn anew for every check.
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.unit_search import states_along
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import balanced_accuracy, detector

RULE = "inside quotes"
SEGMENTS, ENOUGH, LENGTH = 10, 8, 400  # segments, those that must be right, and characters of each
RIGHT = 0.7  # of the characters inside and of those outside, on average: chance is a half
_LEAST_QUOTES = 10  # in each half
_QUOTE = re.compile(r'"([^"\n]+)"')


class QuotedText(NamedTuple):
    """Held-out text, what is inside quotes there, inside (T,), and the units' states, (T, H)."""

    text: str
    inside: NDArray
    states: NDArray


def has_speech(network: TrainedNetwork) -> bool:
    """Return whether somebody speaks in both halves of a network's held-out text: quotes of several words."""
    text = network.held_out or ""
    half = len(text) // 2
    return half > LENGTH and all(_is_spoken(part) for part in (text[:half], text[half:]))


def _is_spoken(text: str) -> bool:
    quotes = _QUOTE.findall(text)
    return len(quotes) > _LEAST_QUOTES and sum(" " in quote for quote in quotes) > len(quotes) / 2


def quoted_text(network: TrainedNetwork) -> QuotedText:
    """Return a network's held-out text with its memory along it: C, or h where there is no C."""
    text, state = network.held_out or "", "C" if network.checkpoint.net.kind == "lstm" else "h"
    return QuotedText(text, RULES[RULE].of(text), states_along(network, text, state))


def accuracies(data: QuotedText, unit: int, seed: int) -> list[float]:
    """Return how well a unit tells inside from outside in each of ten segments that both occur in."""
    half = len(data.text) // 2
    says = detector(data.states[:half, unit], data.inside[:half]).says(data.states[:, unit])
    rng, shares = np.random.default_rng(seed), []
    while len(shares) < SEGMENTS:
        start = int(rng.integers(half, len(data.text) - LENGTH))
        segment = slice(start, start + LENGTH)
        share = balanced_accuracy(says[segment], data.inside[segment])
        if not np.isnan(share):
            shares.append(share)
    return shares


def right_segments(shares: list[float]) -> int:
    """Return how many segments are right, by the accuracies of all."""
    return sum(share >= RIGHT for share in shares)


def passes(shares: list[float]) -> bool:
    """Return whether enough segments are right."""
    return right_segments(shares) >= ENOUGH


def count_passing_units(network: TrainedNetwork) -> int:
    """Return how many units of a network would pass."""
    return _count_passing_units(network.key, network)


@memo(entries=20)
def _count_passing_units(key: str, _network: TrainedNetwork) -> int:
    data = quoted_text(_network)
    units = range(data.states.shape[1])
    return sum(passes(accuracies(data, unit, seed=0)) for unit in units)
