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
        return "1 inside a match of the regular expression (Python's `re`, line by line), 0 outside."
    says = RULES[rule].says
    return f"{says[0].upper()}{says[1:]}."


def finding(network: TrainedNetwork, search: Search, hunt: Hunt) -> Finding:
    """Say whether the best unit follows the rule, and what chance would do."""
    best, chance = hunt.best, hunt.baseline
    score = hunt.score[best]
    if not hunt.is_significant:
        return Finding(
            False,
            f"**Nothing better than chance.** The best unit of the first half, {best}, scores "
            f"{number(score)} on the second half; {_as_high(hunt)}.",
            ":material/casino:",
        )
    low = " It is low where the rule is high." if hunt.sign[best] < 0 else ""
    controls = f"Of {len(chance)} control rules the best scores {number(chance[-1])}"
    apart = _yes_and_no(threshold_accuracy(network, best, search))
    if score < _WEAK:
        return Finding(
            False,
            f"**Unit {best} of {search.state} follows the rule weakly**: their correlation on the second "
            f"half is {number(score)}.{low} {controls}. This is more than chance, but a correlation below "
            f"{_WEAK:g} is not enough to say that the unit knows the rule.{apart}",
            ":material/blur_on:",
        )
    return Finding(
        True,
        f"**Unit {best} of {search.state} follows the rule**: their correlation on the second half is "
        f"{number(score)}.{low} {controls}.{apart}",
        ":material/target:",
    )


def _as_high(hunt: Hunt) -> str:
    """Say how many control rules score as high as the best unit."""
    count, controls = int((hunt.baseline >= hunt.score[hunt.best]).sum()), len(hunt.baseline)
    verb = "scores" if count == 1 else "score"
    most = (
        f"at most {hunt.most_by_chance} may"
        if hunt.most_by_chance >= 0
        else "this text is too short for more"
    )
    return f"{count} of {controls} control rules {verb} as high, and {most}"


def _yes_and_no(accuracy: float | None) -> str:
    """Say how well one threshold recognises yes and no; "" for a rule that is a number."""
    if accuracy is None:
        return ""
    return (
        f" With one threshold on this unit, {accuracy:.0%} is recognised there: the mean of the share of yes "
        "and the share of no."
    )


def place_of(unit: int, hunt: Hunt) -> str:
    """Say which place the visitor's own unit has."""
    place = hunt.place(unit)
    if place == 1:
        return f"Your unit was {unit}: **it is the best one**."
    score = number(hunt.score[unit])
    rank = f"rank {place} of {len(hunt.order)}"
    return f"Your unit was {unit}: {rank}, score {score} on the second half."


def ranking(hunt: Hunt) -> str:
    """Return the first units as a table in Markdown."""
    rows = [
        f"| {place} | {unit} | {number(hunt.score[unit])} |"
        for place, unit in enumerate(hunt.order[:RANKS], 1)
    ]
    head = ["| rank on the first half | unit | score on the second half |", "|--:|--:|--:|"]
    return "\n".join([*head, *rows])
