"""What is said of LSTMs whose gradient grows or shrinks; every number is measured."""

from typing import NamedTuple

from lesson.gradients.explosion.networks import STEPS_BACK
from lesson.gradients.windows import SEEDS, STAYS
from visualization.numbers import number, scientific

_EXPLODES = 1e4  # times: what is less is only called growth


class Left(NamedTuple):
    """Shares of ∂L/∂C that are left after 200 steps, and ∂h/∂C, as `networks` measures them."""

    median: float
    low: float
    high: float
    one: float
    path: float
    slope: float


def growth_sentence(left: Left, seed: int) -> str:
    """Say what becomes of ∂L/∂C over 200 steps; Markdown."""
    return (
        f"**{STEPS_BACK} steps back ∂L/∂C is {scientific(left.median)} times as long as at the last step: "
        f"{_judgement(left.median)}.** This is the median of {SEEDS} untrained LSTMs; the smallest is "
        f"{scientific(left.low)}, the largest {scientific(left.high)}, and with seed {seed} it is "
        f"{scientific(left.one)}. Along the cell-state path alone {scientific(left.path)} is left: f is "
        "below 1, so there nothing can grow."
    )


def _judgement(median: float) -> str:
    low, high = STAYS
    if median > _EXPLODES:
        return "it explodes"
    if median > high:
        return "it grows"
    return "it vanishes" if median < low else "it neither vanishes nor explodes"


def slope_sentence(left: Left, has_input: bool) -> str:
    """Say how much h follows C, which is how much goes on the path through h; Markdown."""
    measured = f"∂h/∂C = o · tanh'(C) is {number(left.slope, 2 if left.slope >= 0.01 else 4)} on average."
    if not has_input:
        return (
            "The rest comes through h: C changes h, h changes the candidate, and this the next C. "
            f"{measured} Without input C stays 0, where tanh is steepest."
        )
    return (
        f"The rest comes through h: C has to change h first. {measured} The input drives C away from 0, and "
        "there tanh is flatter."
    )


def picture_words(left: Left) -> str:
    """Say what the curves show."""
    return (
        f"{STEPS_BACK} steps back ∂L/∂C is {scientific(left.median)} times as long as at the last step "
        f"(median of {SEEDS} LSTMs), along the cell-state path alone {scientific(left.path)} times."
    )
