"""Searches for a unit that follows a rule about a text, each computed once for everybody."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import PATTERN_RULE
from lesson.sampling.regex import matches
from lstm import InputError
from lstm.cells import layer_suffix
from lstm.interpret.text_rules import RULES, from_spans
from lstm.interpret.unit_search import Hunt, balanced_accuracy, detector, hunt

MOST = 4_000  # characters


class Search(NamedTuple):
    """What is searched for, and where.

    rule: a name of `RULES`, or PATTERN_RULE for matches of `pattern`; state: C or h, of whose units, in
    which layer, from 0.
    """

    text: str
    rule: str
    state: str
    pattern: str = ""
    layer: int = 0

    def rule_values(self) -> NDArray:
        """Return the rule's number at each character, (T,).

        Raises InputError for an expression that matches nothing or cannot be used.
        """
        if self.rule != PATTERN_RULE:
            return RULES[self.rule].of(self.text)
        spans = matches(self.pattern, self.text)
        if not spans:
            raise InputError("The expression matches nothing in this text, so no unit can follow it.")
        return from_spans(spans, len(self.text))


def rank_units(network: TrainedNetwork, search: Search) -> Hunt:
    """Rank the units of a network by how they follow a rule.  Raises InputError as `hunt`."""
    return hunt(states_along(network, search.text, search.state, search.layer), search.rule_values())


def threshold_accuracy(network: TrainedNetwork, unit: int, search: Search) -> float | None:
    """Return how well one threshold on a unit, set on the first half, tells yes from no on the second.

    It is the mean of the shares of yes and of no that are right; None for a rule that is a number.
    """
    if search.rule != PATTERN_RULE and not RULES[search.rule].yes_no:
        return None
    values = states_along(network, search.text, search.state, search.layer)[:, unit]
    rule, half = search.rule_values(), len(search.text) // 2
    says = detector(values[:half], rule[:half]).says(values[half:])
    return balanced_accuracy(says, rule[half:])


def states_along(network: TrainedNetwork, text: str, state: str, layer: int = 0) -> NDArray:
    """Return C or h of a layer, from 0, after each character of a text, (T, H)."""
    return _states(network.key, text, f"{state}{layer_suffix(layer)}", network)


@memo(entries=8)
def _states(key: str, text: str, state: str, _network: TrainedNetwork) -> NDArray:
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        values = _network.checkpoint.net.run(_network.checkpoint.vocabulary.encode(text)).values
    return np.ascontiguousarray(values[state][:, 0])
