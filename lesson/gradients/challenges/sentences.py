"""What is said to an answer in the challenges; every number is measured or follows from the statement."""

from collections.abc import Sequence

import numpy as np

from lesson.gradients.windows import Window
from visualization.numbers import scientific
from visualization.text import join_words

TENTH_F = 0.1 ** (1 / 100)  # f¹⁰⁰ = 0.1
TENTH_BIAS = float(np.log(TENTH_F / (1 - TENTH_F)))  # by hand: σ(b_f) = f
TENTH_HALF_LIFE = float(np.log(0.5) / np.log(0.1) * 100)  # steps


def tenth_found(left: float) -> str:
    """Return what is said to a forget bias that keeps a tenth along the cell-state path."""
    return (
        f"**Yes.** Measured on 21 networks, {scientific(left)} is left along the cell-state path after 100 "
        f"steps. By hand: f¹⁰⁰ = 0.1 means f = {TENTH_F:.3f}, a half-life of {TENTH_HALF_LIFE:.0f} steps. "
        f"So $b_f$ = ln(f / (1 − f)) = {TENTH_BIAS:.2f}."
    )


def tenth_missed(bias: float, left: float, low: float) -> str:
    """Return what is said to one that keeps less than `low`, or too much."""
    much = "too little: f has to be nearer to 1" if left < low else "too much: f has to be smaller"
    return (
        f"With b_f = {bias:g}, {scientific(left)} is left. That is {much}. If a tenth is left after 100 "
        f"steps, the half-life is {TENTH_HALF_LIFE:.0f} steps."
    )


def second_path() -> str:
    """Return why the window lies below the value by hand."""
    return (
        "The value worked out by hand lies above this window. Much more of the gradient comes through h than "
        "along the cell-state path. So a smaller bias is enough. With the value worked out by hand, the "
        "whole gradient grows more than tenfold in the median."
    )


def radius_one(left: float) -> str:
    """Return what radius 1 leaves."""
    return (
        "Without tanh, radius 1 would be enough. With tanh and this input, radius 1 leaves "
        f"{scientific(left)} of the gradient (the median of 21 networks)."
    )


def window_found(name: str, measured: Window) -> str:
    """Return what is said to a window that is right."""
    return (
        f"**Yes.** Measured, the window of {name} is {measured[0]:g} to {measured[1]:g} (median of 21 "
        "networks; in a single network it can be different)."
    )


def window_missed(errors: Sequence[float]) -> str:
    """Return in which direction the ends of a window are off; errors: 0 for an end that is right."""
    hints = [
        f"the {end} end is too {'high' if error > 0 else 'low'}"
        for end, error in zip(("lower", "upper"), errors, strict=True)
        if error
    ]
    return (
        f"In the median of 21 networks {' and '.join(hints)}. The part “The race” shows one of them: try "
        "both ends there with several seeds."
    )


def moves(windows: Sequence[Window], right: int) -> str:
    """Return where the window is without input and with a larger one, and why it moves.

    right: how many of the two answers are right.  Where it is with 0.5 is another question's answer.
    """
    names = ("without input", "with standard deviation 1")
    measured = join_words(
        f"from {low:g} to {high:g} {name}" for (low, high), name in zip(windows, names, strict=True)
    )
    begin = ("Not quite: the", "One of the two is right. The", "**Yes.** The")[right]
    return (
        f"{begin} window is {measured}. Compare both with the one that you set above. The larger the input, "
        "the further h is from 0, and the smaller is the slope of tanh. Larger recurrent weights make up for "
        "the smaller slope."
    )
