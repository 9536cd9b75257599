"""What is said of starts in the part *Where it starts*; every number is computed."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.first_weights.results import CHRONO, TOO_SHORT, Result, Results
from lesson.gradients.first_weights.starts import UNITS, Left, Start, left, usual
from lesson.gradients.windows import SEEDS
from lesson.widgets.inline_html import inline_html
from lstm.scalar import half_life
from visualization.numbers import number, scientific, steps
from visualization.text import join_words

_SAME = 1e-9  # half-lives that differ by less are the same
_MORE = 1.05  # times the cell-state path's share: what is less is not said to come through h
_RULES = {
    "this course": "Every weight is a normal random number with standard deviation 1/√(H + D), for H units "
    "and D inputs. Biases are 0, except $b_f$.",
    "Keras": "Input weights are uniform (Glorot). All recurrent weights together (three gates and the "
    "candidate) are one matrix whose columns have length 1 and are at right angles. Biases are 0, except "
    "$b_f$. Keras itself sets $b_f$ = 1.",
    "PyTorch": "All weights are uniform in ±1/√H. There are two biases for each gate, both uniform in ±1/√H, "
    "and they are added. So $b_f$ is a random number around 0. The slider's value is added to it; PyTorch "
    "itself adds 0.",
    "orthogonal": "As in this course, but each of the four matrices of recurrent weights is orthogonal: "
    "such a matrix does not change the length of a vector.",
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


def left_sentence(name: str, start: Start, T: int, what: str, shares: Left) -> str:
    """Say what is left of a gradient at the first step, HTML."""
    low, median, high = (scientific(float(each[-1])) for each in shares)
    where = named(name, start).replace("b_f", inline_html("$b_f$")).replace("T_max", inline_html("$T_{max}$"))
    return (
        f"{where[0].upper()}{where[1:]}: {T - 1} steps back {what} is {median} times as long as at the last "
        f"step (the median of {SEEDS} untrained networks; the smallest {low}, the largest {high})."
    )


def path_sentence(what: str, median: float, path: float) -> str:
    """Say what the cell-state path alone leaves at the first step; median, path: of the 21 networks."""
    if what != "∂L/∂C":
        return f"Along the cell-state path alone {scientific(path)} of ∂L/∂C would be left."
    rest = ": the rest comes back through h" if median > _MORE * path else ""
    return f"Along the cell-state path alone it would be {scientific(path)} times as long{rest}."


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


def describe(name: str, start: Start, T: int, what: str, shares: Left, others: Mapping[str, Left]) -> str:
    """Describe both pictures: what is left with each start, T − 1 steps back."""
    rest = "; ".join(f"{other} {scientific(float(each.median[-1]))}" for other, each in others.items())
    return (
        f"Share of {what} that is left {T - 1} steps back, median of {SEEDS} networks. "
        f"{named(name, start)}: {scientific(float(shares.median[-1]))}. The other starts: {rest}."
    )


# -- what was learned --

OURS = "this course, $b_f$ = 1"  # to compare losses with
KEEPING = ("this course, $b_f$ = 3", "this course, $b_f$ = 5", CHRONO)  # starts with long half-lives


def recall_lines(results: Results) -> list[str]:
    """Say which starts recall over the longest distance, and what chrono has to know."""
    gap = max(results.gaps)
    measured = [one for one in results.results if one.name != TOO_SHORT and one.recalled[gap]]
    groups = {
        "All networks recall the symbol": [one for one in measured if one.able(gap) == one.count(gap)],
        "some do": [one for one in measured if 0 < one.able(gap) < one.count(gap)],
    }
    parts = [f"{says}: {_listed(ones, gap)}" for says, ones in groups.items() if ones]
    chrono, short = results.named(CHRONO), results.named(TOO_SHORT)
    return [
        f"**Over {gap} steps.** {'; '.join(parts)}. From the other starts none does.",
        f"**Chrono has to know the distance.** With $T_{{max}}$ = {gap}, {counted(chrono, gap)} networks "
        f"recall over {gap} steps; with $T_{{max}}$ = {min(results.gaps)}, {counted(short, gap)} do.",
    ]


def text_line(results: Results) -> str:
    """Say what the starts with long half-lives cost on the text, compared with this course's."""
    read, ours = [one for one in results.results if one.losses], results.named(OURS)
    best = min(read, key=lambda one: one.loss)
    spread = max(max(one.losses) - min(one.losses) for one in read)
    costs = join_words(
        f"{number(abs(one.loss - ours.loss), 3)} {'higher' if one.loss > ours.loss else 'lower'} with "
        f"{_with_gap(one, max(results.gaps)).removeprefix('this course, ')}"
        for one in map(results.named, KEEPING)
    )
    return (
        f"**On the text.** With {OURS} the mean loss is {number(ours.loss, 3)}. It is {costs}. The lowest "
        f"is {number(best.loss, 3)}, with {_with_gap(best, max(results.gaps))}. Networks of one start differ "
        f"by up to {number(spread, 3)}."
    )


def both_line(results: Results) -> str:
    """Say whether starts from which all networks recall are as good on the text as those where none does."""
    gap = max(results.gaps)
    read = [one for one in results.results if one.losses and one.recalled[gap]]
    able = [one for one in read if one.able(gap) == one.count(gap)]
    unable = [one for one in read if not one.able(gap)]
    best, worst = min(able, key=lambda one: one.loss), max(unable, key=lambda one: one.loss)
    if best.loss > worst.loss:
        return (
            f"**No start is best at both.** If all networks of a start recall over {gap} steps, its loss on "
            "the text is higher than if none does. This text does not need long half-lives."
        )
    return (
        f"**At both.** Of the starts from which all networks recall over {gap} steps, "
        f"{_with_gap(best, gap)} has the lowest loss on the text, {number(best.loss, 3)}."
    )


def longer_sentence() -> str:
    """Say what two starts leave of ∂L/∂C in a sequence that is twice as long."""
    T, short = 200, 100
    starts = {"chrono": usual("chrono", short), "this course": usual("course", short)}
    parts = [
        f"{scientific(float(left(start, T, 'C').median[-1]))} is left with "
        f"{named(name, start).replace('b_f', '$b_f$').replace('T_max', '$T_{max}$')}"
        for name, start in starts.items()
    ]
    return f"**Change one thing:** set T = {T} under *More to set*. {T - 1} steps back {join_words(parts)}."


def counted(result: Result, gap: int) -> str:
    """Return how many networks of a start recall over a distance, such as: 3 of 5."""
    return f"{result.able(gap)} of {result.count(gap)}"


def _listed(results: Sequence[Result], gap: int) -> str:
    return ", ".join(f"{_with_gap(one, gap)} ({counted(one, gap)})" for one in results)


def _with_gap(result: Result, gap: int) -> str:
    return result.name.replace(" = N", f" = {gap}")
