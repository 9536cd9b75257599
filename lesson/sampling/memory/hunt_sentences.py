"""What is said of a hunt for a unit; all of it measured."""

from typing import NamedTuple

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import PATTERN_RULE
from lesson.sampling.unit_search import Search, threshold_accuracy
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import Hunt
from visualization.numbers import number

RANKS = 6  # units that are listed
_WEAK = 0.3  # a correlation below it is nothing to build on, however sure it is


class Finding(NamedTuple):
    """Whether a unit follows the rule, in words (Markdown)."""

    clear: bool
    text: str
    icon: str


def rule_in_words(rule: str) -> str:
    """Say what a rule is at each character."""
    if rule == PATTERN_RULE:
        return "1 inside a match of the expression, as Python's `re` finds it line by line, 0 outside."
    says = RULES[rule].says
    return f"{says[0].upper()}{says[1:]}."


def finding(network: TrainedNetwork, search: Search, hunt: Hunt) -> Finding:
    """Say whether the best unit follows the rule, and what chance would do."""
    best, chance = hunt.best, hunt.baseline
    score = hunt.score[best]
    if not hunt.is_significant:
        return Finding(
            False,
            "**Nothing better than chance.** The unit that followed best on the first half, "
            f"{best}, comes to {number(score)} on the second; of a hundred rules shifted along the text, "
            f"{100 * hunt.chance:.0f} do as well.",
            ":material/casino:",
        )
    low = " It is low where the rule is high." if hunt.sign[best] < 0 else ""
    chance_best = f"of {len(chance)} shifted rules the best reached {number(chance[-1])}"
    apart = _yes_and_no(threshold_accuracy(network, best, search))
    if score < _WEAK:
        return Finding(
            False,
            f"**Unit {best} of {search.state} follows it weakly**: its correlation with the rule is "
            f"{number(score)} on the half that did not choose it.{low} That is more than chance "
            f"({chance_best}), but no unit of this network can be said to know it.{apart}",
            ":material/blur_on:",
        )
    return Finding(
        True,
        f"**Unit {best} of {search.state} follows it**: its correlation with the rule is {number(score)} on "
        f"the half that did not choose it.{low} Chance: {chance_best}.{apart}",
        ":material/target:",
    )


def _yes_and_no(accuracy: float | None) -> str:
    """Say how well one threshold tells yes from no; "" for a rule that is a number."""
    if accuracy is None:
        return ""
    return (
        f" One threshold on it tells yes from no in {accuracy:.0%} of the cases there, each counted equally."
    )


def place_of(unit: int, hunt: Hunt) -> str:
    """Say which place the visitor's own unit has."""
    place = hunt.place(unit)
    if place == 1:
        return f"Your unit was {unit}: **the very one**."
    score = number(hunt.score[unit])
    return f"Your unit was {unit}: place {place} of {len(hunt.order)}, {score} on the other half."


def ranking(hunt: Hunt) -> str:
    """Return the first units as a table in Markdown."""
    rows = [
        f"| {place} | {unit} | {number(hunt.score[unit])} |"
        for place, unit in enumerate(hunt.order[:RANKS], 1)
    ]
    head = [f"| place of {len(hunt.order)} | unit | on the other half |", "|--:|--:|--:|"]
    return "\n".join([*head, *rows])
