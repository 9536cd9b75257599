"""What is said of one wrong character; all of it computed."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.sampling.own_mistakes.measured import LIKELIEST, count_of_places, mistakes
from visualization.numbers import number
from visualization.text import character_in_words, join_words

SOON = 10  # characters over which the extra surprise is added up
SMALL = 0.1  # bits: less is as good as nothing


class Case(NamedTuple):
    """One wrong character: where, which, and what it changes at the next K characters, in bits.

    others: how many wrong characters there are; probability: that the network gave to this one; following:
    the character after it.
    """

    network: str
    place: int
    rank: int
    others: int
    kind: str
    right: str
    wrong: str
    probability: float
    following: str
    extra: NDArray
    with_mistake: NDArray


def extra_in_words(case: Case) -> str:
    """Say what one wrong character costs at the characters after it; Markdown."""
    right, wrong, following = map(character_in_words, (case.right, case.wrong, case.following))
    after, before = case.with_mistake[0], case.with_mistake[0] - case.extra[0]
    total, mean = case.extra[:SOON].sum(), sum(mistakes()[case.network, case.kind].mean[:SOON])
    mean_of = "the likeliest wrong character" if case.kind == LIKELIEST else "any wrong character"
    return (
        f"**The {case.network} reads {wrong} instead of {right}**, number {case.rank} of the {case.others} "
        f"wrong characters by probability ({probability_in_words(case.probability)}). The next character, "
        f"{following}, now surprises it by {number(after, 1)} bits; without the mistake it was "
        f"{number(before, 1)}. {_total(total)} In the mean of {count_of_places():,} places with {mean_of} "
        f"there, it is {number(mean, 1)} bits more. {_last(case.extra)}"
    )


def probability_in_words(probability: float) -> str:
    """Write a probability, however small."""
    for digits, least in ((0, 0.1), (1, 0.01), (2, 0.001)):
        if probability >= least:
            return f"{probability:.{digits}%}"
    return "less than 0.1%"


def _total(total: float) -> str:
    change = number(abs(total), 1)
    if change == "0.0":
        return f"The next {SOON} characters together surprise it as much as before."
    helps = " **This mistake helps.**" if total < 0 else ""
    return f"The next {SOON} characters together surprise it by {change} bits {_more(total)}.{helps}"


def _more(change: float) -> str:
    return "more" if change > 0 else "less"


def _last(extra: NDArray) -> str:
    """Say up to which character the surprise is still another one."""
    other = np.flatnonzero(np.abs(extra) >= SMALL)
    if not len(other):
        return f"No character's surprise changes by {SMALL} bits or more."
    last = int(other[-1]) + 1
    if last == len(extra):
        return f"Character {last} after the mistake is still affected by {SMALL} bits or more."
    return f"Here the change is below {SMALL} bits from character {last + 1} after the mistake on."


def states_in_words(shares: Mapping[str, NDArray]) -> str:
    """Say how far apart the states of both readings are; shares: by state, (K + 1,)."""
    length = len(next(iter(shares.values()))) - 1
    parts = [
        f"|Δ{name}| is {share_in_words(values[0])} at the wrong character and "
        f"{share_in_words(values[-1])} after {length} more"
        for name, values in sorted(shares.items())
    ]
    return f"The states of the two readings: {join_words(parts)}."


def share_in_words(share: float) -> str:
    """Write a share of the distance between states at random places."""
    if share >= 0.095:
        return f"{share:.0%}"
    if share >= 0.00095:
        return f"{share:.1%}"
    return "less than 0.1%"


def picture_in_words(case: Case) -> str:
    """Say what the bars show."""
    largest = int(np.abs(case.extra).argmax())
    return (
        f"Extra surprise at the {len(case.extra)} characters after the wrong one: {number(case.extra[0], 1)} "
        f"bits at the first; the largest change is {number(case.extra[largest], 1)} bits, at character "
        f"{largest + 1}."
    )
