"""What is said of a hunt for a unit; all of it measured."""

from typing import NamedTuple

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import PATTERN_RULE
from lesson.sampling.unit_search import Search, threshold_accuracy
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import Hunt
from visualization.numbers import number

RANKS = 6  # units that are listed
_WEAK = 0.3  # a correlation below it is weak, however sure it is


class Finding(NamedTuple):
    """Whether a unit follows the rule, in words (Markdown)."""

    clear: bool
    text: str
    icon: str


def rule_in_words(rule: str) -> str:
    """Say what a rule is at each character."""
    if rule == PATTERN_RULE:
        return (
            "The rule is 1 inside a match of the regular expression, and 0 outside. Write the expression "
            "as for Python's `re`; `^` and `$` are the ends of a line."
        )
    return f"The rule *{rule}* is {RULES[rule].says}."


def finding(network: TrainedNetwork, search: Search, hunt: Hunt) -> Finding:
    """Say whether the best unit follows the rule, and what chance would do."""
    best, chance = hunt.best, hunt.baseline
    score = hunt.score[best]
    if not hunt.is_significant:
        return Finding(
            False,
            f"**No unit is better than chance.** On the first half unit {best} is the best one. On the "
            f"second half its score is {number(score)}, and {_as_high(hunt)}.",
            ":material/casino:",
        )
    low = ""
    if hunt.sign[best] < 0:
        low = f" (Its {search.state} is low where the rule is high; the minus sign is left out here.)"
    controls = f"The best of the {len(chance)} control rules scores {number(chance[-1])}"
    apart = _yes_and_no(threshold_accuracy(network, best, search))
    if score < _WEAK:
        return Finding(
            False,
            f"**Unit {best} follows the rule weakly.** On the second half its {search.state} has a "
            f"correlation of {number(score)} with the rule.{low} {controls}. This is more than chance, but "
            f"a correlation below {_WEAK:g} is not enough to say that the unit knows the rule.{apart}",
            ":material/blur_on:",
        )
    return Finding(
        True,
        f"**Unit {best} follows the rule.** On the second half its {search.state} has a correlation of "
        f"{number(score)} with the rule.{low} {controls}.{apart}",
        ":material/target:",
    )


def _as_high(hunt: Hunt) -> str:
    """Say how many control rules score as high as the best unit."""
    count, controls = int((hunt.baseline >= hunt.score[hunt.best]).sum()), len(hunt.baseline)
    verb = "scores" if count == 1 else "score"
    most = (
        f"If a unit counts as found, at most {hunt.most_by_chance} may do so"
        if hunt.most_by_chance >= 0
        else "This text is too short: it gives too few control rules"
    )
    return f"{count} of {controls} control rules {verb} as high. {most}"


def _yes_and_no(accuracy: float | None) -> str:
    """Say how well one threshold recognises yes and no; "" for a rule that is a number."""
    if accuracy is None:
        return ""
    return (
        " On the second half, one threshold on this unit tells whether the rule is 1 or 0; it is right at "
        f"{accuracy:.0%} of the characters. (This is the mean of two percentages: one for the characters at "
        "which the rule is 1, and one for those at which it is 0.)"
    )


def place_of(unit: int, hunt: Hunt) -> str:
    """Say which place the visitor's own unit has."""
    place = hunt.place(unit)
    if place == 1:
        return f"Your unit was {unit}. **It is the best one.**"
    score = number(hunt.score[unit])
    rank = f"rank {place} of {len(hunt.order)}"
    return f"Your unit was {unit}. It has {rank}, and a score of {score} on the second half."


def ranking(hunt: Hunt) -> str:
    """Return the first units as a table in Markdown."""
    rows = [
        f"| {place} | {unit} | {number(hunt.score[unit])} |"
        for place, unit in enumerate(hunt.order[:RANKS], 1)
    ]
    head = ["| rank on the first half | unit | score on the second half |", "|--:|--:|--:|"]
    return "\n".join([*head, *rows])
