"""The challenge: a radius and an input with which the arrow lasts in other networks too."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.flows import Setup
from lesson.gradients.product.walk import left_after
from lesson.gradients.windows import STAYS
from lesson.widgets.inline_html import inline_html
from visualization.numbers import scientific


class Challenge(NamedTuple):
    """A challenge: its name in the files that visitors keep, and its title."""

    name: str
    title: str


TEN_NETWORKS = Challenge("ten_networks", "One radius for ten networks")
SEEDS = range(1, 11)
LEAST = 9  # of them
STEPS_BACK = 20


class Outcome(NamedTuple):
    """In how many of the ten networks the arrow stays, becomes too short and too long."""

    stays: int
    short: int
    long: int


def statement() -> str:
    """Return what is asked for; Markdown."""
    low, high = STAYS
    return (
        f"Set the spectral radius and the size of the input (under *More to set*) so that {STEPS_BACK} "
        f"steps back the arrow is between {low:g} and {high:g} times as long as at the last step: in at "
        f"least {LEAST} of ten networks (seeds {SEEDS[0]} to {SEEDS[-1]})."
    )


def outcomes(setup: Setup, setting: str, values: Sequence[float]) -> list[Outcome]:
    """Count what becomes of the arrow in the ten networks, for each value of a setting."""
    return _counted(shares(setup, setting, values))


def _counted(left: NDArray) -> list[Outcome]:
    """Count the outcomes; left: (10, P)."""
    low, high = STAYS
    short, long = left < low, left > high
    return [
        Outcome(len(left) - int(a.sum() + b.sum()), int(a.sum()), int(b.sum()))
        for a, b in zip(short.T, long.T, strict=True)
    ]


def shares(setup: Setup, setting: str, values: Sequence[float]) -> NDArray:
    """Return what is left in each of the ten networks, for each value of a setting, (10, P)."""
    return np.stack([left_after(setup._replace(seed=seed), setting, values, STEPS_BACK) for seed in SEEDS])


def verdicts(setup: Setup, setting: str, values: Sequence[float]) -> list[dict[str, Any]]:
    """Return whether each value solves it, and what is said to it."""
    left = shares(setup, setting, values)
    return [
        {"solved": one.stays >= LEAST, "says": inline_html(_says(one, float(middle)))}
        for one, middle in zip(_counted(left), np.median(left, axis=0), strict=True)
    ]


def _says(one: Outcome, median: float) -> str:
    if one.stays >= LEAST:
        return (
            f"**Solved:** the arrow stays in {one.stays} of {len(SEEDS)} networks. With so little input h is "
            "near 0, so the slopes are near 1, and the spectral radius decides. With more input each network "
            "has slopes of its own: no radius suits them all."
        )
    low, high = STAYS
    return (
        f"Not yet: the arrow stays between {low:g} and {high:g} in {one.stays} of {len(SEEDS)} networks. In "
        f"{one.short} it is shorter, in {one.long} longer (median {scientific(median)})."
    )
