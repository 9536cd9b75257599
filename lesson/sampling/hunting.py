"""Hunts for units, computed once for all who ask for the same."""

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.regex import matches
from lesson.sampling.sources import Source
from lstm import InputError
from lstm.interpret.text_rules import RULES, from_spans
from lstm.interpret.unit_search import Hunt, balanced_accuracy, detector, hunt

PATTERN = "regular expression"
MOST = 4_000  # characters


def numbers_of(text: str, rule: str, pattern: str = "") -> NDArray:
    """A rule's numbers, (T,).  Raises InputError for an expression that finds nothing or cannot be used."""
    if rule != PATTERN:
        return RULES[rule].of(text)
    spans = matches(pattern, text)
    if not spans:
        raise InputError("The expression matches nothing in this text; there is nothing to follow.")
    return from_spans(spans, len(text))


def hunted(source: Source, rule: str, state: str, pattern: str = "", text: str | None = None) -> Hunt:
    """Who follows a rule; state: C or h; text: by default what the network did not learn from."""
    text = source.fresh(MOST) if text is None else text
    return hunt(states(source, text, state), numbers_of(text, rule, pattern))


def told_apart(source: Source, unit: int, rule: str, state: str, pattern: str, text: str) -> float | None:
    """How often one threshold on a unit, from the first half, tells yes from no on the second, each counted
    equally; None for a rule that is a number."""
    if rule != PATTERN and not RULES[rule].yes_no:
        return None
    values, numbers = states(source, text, state)[:, unit], numbers_of(text, rule, pattern)
    half = len(text) // 2
    says = detector(values[:half], numbers[:half]).says(values[half:])
    return balanced_accuracy(says, numbers[half:])


def states(source: Source, text: str, state: str) -> NDArray:
    """C or h along a text, (T, H)."""
    return _states(source.key, text, state, source)


@memo(entries=8)
def _states(key: str, text: str, state: str, _source: Source) -> NDArray:
    with np.errstate(all="ignore"):  # the weights may be a stranger's, and huge
        values = _source.checkpoint.net.run(_source.checkpoint.vocabulary.encode(text)).values
    return np.ascontiguousarray(values[state][:, 0])
