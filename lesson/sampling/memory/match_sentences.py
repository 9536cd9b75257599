"""What is said of the stretches in which the same units are on again; all of it computed."""

from collections.abc import Sequence
from typing import NamedTuple

from visualization.numbers import number
from visualization.text import join_words

# What stands above the marked stretch, and below the list.
ELSEWHERE = (
    "Drag over some characters of the text above to mark them (with the keyboard: Shift and the arrow keys). "
    "Which units are on during the whole stretch, and where else are they on together? **Task:** mark "
    "characters inside a quotation, and look whether the other stretches are in quotations, too. Then mark "
    "the beginning of a line.",
    "This is how the tool LSTMVis looks for the meaning of units (Strobelt et al. 2018). A unit that is on "
    "nearly everywhere says little. So each unit counts −log₂ of the share of all stretches of this "
    "length in which it is on, in bits, and the stretches with the largest sums are listed. A unit is on or "
    "off by its tanh(C), or by h if the map shows h. The text above and held-out text are searched.",
    "If your stretch is in a quotation, this may solve the challenge *Who is speaking?* below.",
)
_LISTED = 12  # units that are named


class Comparison(NamedTuple):
    """What the best stretches have in common with the marked one, and what chance gives.

    count: units that are on in the marked stretch, of so many; on: how many of them in each of the best
    stretches; by_chance: how many, in the mean, of as many random units in their best stretches.
    rule: what holds all along the marked stretch, "" if nothing does; inside: in how many of the best
    stretches it holds as well; inside_by_chance, inside_anywhere: in which share of the best ones of random
    units, and of all stretches.  off_outside: whether units have to be off just before and after the
    stretch; can_lower: whether the threshold can be lower.
    """

    count: int
    units: int
    on: Sequence[int]
    by_chance: float
    rule: str
    inside: int
    inside_by_chance: float
    inside_anywhere: float
    off_outside: bool = False
    can_lower: bool = True


def in_words(one: Comparison) -> str:
    """Say how many units are on, how often again, and what chance gives; Markdown."""
    when = "on during the whole stretch" + (" and off just before and after it" if one.off_outside else "")
    if not one.count:
        advice = "another" if one.off_outside else "a shorter"
        lower = ", or lower the threshold" if one.can_lower and not one.off_outside else ""
        return f"**None of the {one.units} units is {when}.** Mark {advice} stretch{lower}."
    head = f"**{one.count} of {one.units} units {_are(one.count)} {when}.**"
    if not one.on:
        return f"{head} Nowhere else is any of them on for as long."
    mean = sum(one.on) / len(one.on)
    listed = f"the {len(one.on)} best other stretches" if len(one.on) > 1 else "the only other stretch"
    again = (
        f"In {listed} {_mean(mean)} of them are on, in the mean. With as many units "
        f"drawn at random, it is {_mean(one.by_chance)}."
    )
    if not one.rule:
        return f"{head} {again}"
    return (
        f"{head} {again} Your stretch is {one.rule}. **So {_are(one.inside)} {one.inside} of the "
        f"{len(one.on)}**; of the best stretches of random units it is {one.inside_by_chance:.0%}, of all "
        f"stretches of this length {one.inside_anywhere:.0%}."
    )


def _mean(count: float) -> str:
    """Write a mean of counts; a whole one without a digit after the point."""
    return number(count, 1).removesuffix(".0")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def units_in_words(units: Sequence[tuple[int, int]]) -> str:
    """Name the units and their sides."""
    if not units:
        return ""
    named = [f"{unit} ({'above' if side > 0 else 'below'} its mean)" for unit, side in units[:_LISTED]]
    rest = len(units) - len(named)
    names = join_words([*named, f"{rest} more"] if rest else named)
    return f"{'Unit' if len(units) == 1 else 'Units'} {names}."
