"""What is said of the stretches in which the same units are on again; all of it computed."""

from collections.abc import Sequence
from typing import NamedTuple

from visualization.numbers import number
from visualization.text import join_words

# What stands above the marked stretch, below the list, beside the threshold, and below the units' names.
ELSEWHERE = (
    "Drag over some characters of the text above to mark them (with the keyboard: Shift and the arrow keys). "
    "Which units are on during the whole stretch, and where else are they on together? **Task:** mark "
    "characters inside a quotation, and look whether the other stretches are in quotations, too.",
    "This is how the tool LSTMVis looks for the meaning of units (Strobelt et al. 2018). A unit that is on "
    "nearly everywhere says little. So each unit counts −log₂ of the share of all stretches of this "
    "length in which it is on, in bits, and the stretches with the largest sums are listed. A unit is on or "
    "off by its tanh(C), or by h if the map shows h. The text above and held-out text are searched.",
    "A unit is *on* if, during the whole stretch, it is at least so many standard deviations above its mean, "
    "or at least so many below it.",
    "If your stretch is in a quotation, this may solve the challenge *Who is speaking?* below.",
)
_LISTED = 12  # units that are named
MOST_COUNTED = 90  # stretches of the same score


class Comparison(NamedTuple):
    """What the best stretches have in common with the marked one, and what chance gives.

    count: units that are on in the marked stretch, of so many; on: how many of them in each of the best
    stretches; by_chance: how many, in the mean, of as many random units in their best stretches.
    rule: what holds all along the marked stretch, "" if nothing does; inside: in how many of the best
    stretches it holds as well; inside_by_chance, inside_anywhere: in which share of the best ones of random
    units, and of all stretches.  off_outside: whether units have to be off just before and after the
    stretch; can_lower: whether the threshold can be lower.  equal: how many stretches have the score of the
    last listed one, if they are more than listed, else 0; are_all_equal: whether all listed ones have it.
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
    equal: int = 0
    are_all_equal: bool = False


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
    listed = _listed(one)
    again = (
        f"In {listed}, {_on_again(mean, one)} on. With {one.count} random unit{_s(one.count)} in "
        f"{'their' if one.count > 1 else 'its'} place it would be {number(one.by_chance, 1)}."
    )
    if not one.rule:
        return f"{head} {again}"
    return (
        f"{head} {again} Your stretch is {one.rule}. **So {_are(one.inside)} {one.inside} of the "
        f"{len(one.on)}**; of the best stretches of random units it is {one.inside_by_chance:.0%}, of all "
        f"stretches of this length {one.inside_anywhere:.0%}."
    )


def _listed(one: Comparison) -> str:
    """Name the listed stretches, and say whether others are as good."""
    if len(one.on) == 1:
        return "the only other stretch"
    if one.equal and one.are_all_equal:
        return f"the first {len(one.on)} of {_up_to(one.equal)} equally good other stretches"
    ties = f" (of {_up_to(one.equal)} as good as the last one, only some are listed)" if one.equal else ""
    return f"the {len(one.on)} best other stretches{ties}"


def _up_to(count: int) -> str:
    return f"{MOST_COUNTED} or more" if count >= MOST_COUNTED else str(count)


def _on_again(mean: float, one: Comparison) -> str:
    """Say how many of the units are on in the best other stretches, as the subject of a sentence."""
    if mean == one.count:
        return f"all of {_these(one.count)} are" if one.count > 1 else "this unit is"
    if len(one.on) == 1:
        return f"{one.on[0]} of {_these(one.count)} {_are(one.on[0])}"
    return f"on average {number(mean, 1)} of {_these(one.count)} {'is' if mean == 1 else 'are'}"


def _these(count: int) -> str:
    return f"these {count} units" if count > 1 else "this 1 unit"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


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
