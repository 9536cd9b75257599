"""A challenge: name a unit that knows whether somebody is speaking, before any hunt.

The threshold that tells inside from outside is taken from the first half of text kept from training; the unit
is judged on ten stretches of the second half, drawn anew for every check.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.hunting import states
from lesson.sampling.sources import Source
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import balanced_accuracy, detector

RULE = "inside quotes"
STRETCHES, ENOUGH, LENGTH = 10, 8, 400  # stretches, those that must be right, and characters of each
RIGHT = 0.7  # of the characters inside and of those outside, on average: chance is a half


class Readout(NamedTuple):
    """Text kept from training, what is inside quotes there, rule (T,), and the units' states (T, H)."""

    text: str
    rule: NDArray
    states: NDArray


def readable(source: Source) -> bool:
    """Whether both halves of its held-out text have quotes in them."""
    text = source.held_out or ""
    half = len(text) // 2
    return half > LENGTH and all(part.count('"') > 20 for part in (text[:half], text[half:]))


def readout(source: Source) -> Readout:
    """The network's memory along its held-out text: C, or h where there is no C."""
    text, state = source.held_out or "", "C" if source.checkpoint.net.kind == "lstm" else "h"
    return Readout(text, RULES[RULE].of(text), states(source, text, state))


def judge(found: Readout, unit: int, seed: int) -> list[float]:
    """How well a unit tells inside from outside in ten stretches that both occur in."""
    half = len(found.text) // 2
    says = detector(found.states[:half, unit], found.rule[:half]).says(found.states[:, unit])
    rng, shares = np.random.default_rng(seed), []
    while len(shares) < STRETCHES:
        start = int(rng.integers(half, len(found.text) - LENGTH))
        part = slice(start, start + LENGTH)
        share = balanced_accuracy(says[part], found.rule[part])
        if not np.isnan(share):
            shares.append(share)
    return shares


def passed(shares: list[float]) -> bool:
    """Whether enough stretches are right."""
    return sum(share >= RIGHT for share in shares) >= ENOUGH


def lucky(source: Source) -> int:
    """How many units would pass."""
    return _lucky(source.key, source)


@memo(entries=20)
def _lucky(key: str, _source: Source) -> int:
    found = readout(_source)
    return sum(passed(judge(found, unit, seed=0)) for unit in range(found.states.shape[1]))
