"""What is said of starts in the part *Where it starts*; every number is computed."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.first_weights.starts import UNITS, Left, Start
from lesson.gradients.windows import SEEDS
from lesson.widgets.inline_html import inline_html
from lstm.scalar import half_life
from visualization.numbers import number, scientific, steps

_SAME = 1e-9  # half-lives that differ by less are the same
_RULES = {
    "this course": "Every weight is a normal random number with standard deviation 1/√(H + D), for H units "
    "and D inputs. Biases are 0, except $b_f$.",
    "Keras": "Input weights are uniform (Glorot). The recurrent weights of all four blocks together are one "
    "matrix with orthonormal columns. Biases are 0, except $b_f$. Keras itself sets $b_f$ = 1.",
    "PyTorch": "All weights are uniform in ±1/√H. There are two biases for each gate, both uniform in ±1/√H, "
    "and they are added. So $b_f$ is a random number around 0. The slider's value is added to it; PyTorch "
    "itself adds 0.",
    "orthogonal": "As in this course, but the recurrent weights of each block are an orthogonal matrix: the "
    "matrix alone does not change the length of a vector.",
    "chrono": "Weights as in this course. For each unit a number u is drawn, uniform from 1 to "
    "$T_{max}$ − 1. Then $b_f$ = ln u and $b_i$ = −$b_f$.",
}


def rule_html(name: str, T: int) -> str:
    """Say how a start draws weights and biases, and how the others are set, HTML."""
    others = f" Thin lines: the other starts as they come{'' if name == 'chrono' else ', '}"
    chrono = "" if name == "chrono" else f"chrono with $T_{{max}}$ = {T}"
    return inline_html(f"{_RULES[name]}{others}{chrono}.")


def setting_of(start: Start) -> str:
    """Return what is set of a start: "b_f = 1", "T_max = 100"."""
    return f"T_max = {start.T_max}" if start.T_max else f"b_f = {start.forget_bias:g}"


def named(name: str, start: Start) -> str:
    """Return a start with its setting, as in "Keras with b_f = 1"."""
    if name == "PyTorch":
        return "PyTorch" if not start.forget_bias else f"PyTorch with {start.forget_bias:g} added to b_f"
    return f"{name} with {setting_of(start)}"


def left_sentence(name: str, start: Start, T: int, what: str, left: Left) -> str:
    """Say what is left of a gradient at the first step, HTML."""
    low, median, high = (scientific(float(each[-1])) for each in left)
    where = named(name, start).replace("b_f", inline_html("$b_f$")).replace("T_max", inline_html("$T_{max}$"))
    return (
        f"{where[0].upper()}{where[1:]}: {T - 1} steps back {median} of {what} is left (the median of "
        f"{SEEDS} untrained networks; the smallest {low}, the largest {high})."
    )


def half_lives_sentence(gates: NDArray) -> str:
    """Say which half-lives the forget gates of a network have, at first; gates: f of each unit, (H,)."""
    shortest, longest = (float(half_life(pick(gates))) for pick in (np.min, np.max))
    if longest - shortest < _SAME:
        f = number(float(gates[0]), 4 if gates[0] > 0.995 else 2)
        return f"All {UNITS} forget gates start at f = {f}, a half-life of {steps(shortest)}."
    return (
        f"In one network, the half-lives of its {UNITS} forget gates are from {steps(shortest)} to "
        f"{steps(longest)}."
    )


def describe(name: str, start: Start, T: int, what: str, left: Left, others: Mapping[str, Left]) -> str:
    """Describe both pictures: what is left with each start, T − 1 steps back."""
    rest = "; ".join(f"{other} {scientific(float(each.median[-1]))}" for other, each in others.items())
    return (
        f"Share of {what} that is left {T - 1} steps back, median of {SEEDS} networks. "
        f"{named(name, start)}: {scientific(float(left.median[-1]))}. The other starts: {rest}."
    )
