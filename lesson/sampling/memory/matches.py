"""Where the same units are on elsewhere: what is asked when a stretch of the text is marked."""

import re
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.sampling.layers import layer_of
from lesson.sampling.memory.match_sentences import MOST_COUNTED, Comparison, in_words, units_in_words
from lesson.sampling.memory.passage import MOST as READ
from lesson.sampling.memory.passage import passage_of
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import (
    OFF_OUTSIDE,
    ON_THRESHOLD,
    READS,
    STRETCH_END,
    STRETCH_START,
    SYMBOL,
    UNSEEN_TEXT,
)
from lesson.sampling.unit_search import states_along
from lesson.sampling.write.controls import settings_of
from lesson.sampling.write.passages import Passage, gates_and_states
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from lstm.interpret.matches import (
    Levels,
    Match,
    best_matches,
    levels_of,
    mean_on,
    random_rows,
    rows_on,
    unit_and_side,
    window_minimum,
)
from lstm.interpret.text_rules import RULES

SEARCHED = 8_000  # characters of held-out text
LONGEST = 80  # characters of a stretch
MOST = 10  # stretches that are listed
DRAWS = 10  # of as many units at random
CONTEXT = 24  # characters to both sides of a stretch
_SAME = 1e-3  # bits: scores that differ by less are the same
_MARKED = 10  # characters that are marked without a link
_QUOTE = re.compile(r'"[^"\n]{14,}"')
_YES_NO = ("inside quotes", "inside brackets")


class Ground(NamedTuple):
    """What is searched: a text, its passage first, and the levels of all rows along it (2H, T).

    length: of the passage; what follows it is another text.
    """

    text: str
    length: int
    levels: Levels


def matches(query: Query) -> Answer:
    """Answer for every threshold: which units are on in the marked stretch, and where they are on again."""
    settings = settings_of(query)
    network, passage = settings.network, passage_of(settings, query)
    if passage is None:
        return {"missing": "A stretch can be marked in a text of at least two characters."}
    start, end = stretch_of(query, passage.text)
    ground = _ground(query, network, passage)
    length, T = end - start, ground.levels.shape[1]
    minimum = window_minimum(ground.levels, length)
    allowed = allowed_starts(T, ground.length, start, length)
    rules = {name: RULES[name].of(ground.text) for name in _YES_NO}
    rule = next((name for name in _YES_NO if rules[name][start:end].all()), "")
    inside = _window_all(rules[rule], length) if rule else None
    off = query.switch(OFF_OUTSIDE)
    frames = [
        _frame(ground, minimum, allowed, (start, end), level, off, (rule, inside))
        for level in range(1, len(ON_THRESHOLD.grid) + 1)
    ]
    return {
        "from": start + 1,
        "to": end,
        "thresholds": ON_THRESHOLD.address_values,
        "state": _state(query, network),
        "frames": frames,
    }


def stretch_of(query: Query, text: str) -> tuple[int, int]:
    """Return the marked stretch, from its first character to before its end.

    Without one it is inside the first quotation.  It lies in the text and is at most 80 characters long.
    """
    T = len(text)
    places = [place.within(1, READ, 1) for place in (STRETCH_START, STRETCH_END)]
    if not all(query.values.get(place.name) for place in places):
        quote = _QUOTE.search(text)
        start = quote.start() + 3 if quote else 0
        return start, min(start + _MARKED, T)
    start, end = sorted(min(int(query.number(place)), T) for place in places)
    return start - 1, min(end, start - 1 + LONGEST)


def _state(query: Query, network: TrainedNetwork) -> str:
    """Return whose units are looked at: C of an LSTM, unless the map shows its h."""
    return "C" if network.checkpoint.net.kind == "lstm" and query.values.get(SYMBOL.name) != "h" else "h"


def _ground(query: Query, network: TrainedNetwork, passage: Passage) -> Ground:
    state, net = _state(query, network), network.checkpoint.net
    layer = layer_of(query, net)
    own = _squashed(gates_and_states(network, passage, layer)[state], state)
    text = network.unseen_text(SEARCHED)
    if len(text) <= len(passage.text):
        return Ground(passage.text, len(passage.text), _levels(own, own))
    begin = len(passage.text) if query.values.get(READS.name) == UNSEEN_TEXT else 0
    reference, levels = _held_out(network.key, layer, state, network)
    here = _levels(own, reference)
    return Ground(passage.text + text[begin:], len(passage.text), np.hstack([here, levels[:, begin:]]))


@memo(entries=6)
def _held_out(key: str, layer: int, state: str, _network: TrainedNetwork) -> tuple[NDArray, Levels]:
    """Return a network's states along its held-out text, (T, H), and their levels."""
    states = _squashed(states_along(_network, _network.unseen_text(SEARCHED), state, layer), state)
    return states, _levels(states, states)


def _squashed(states: NDArray, state: str) -> NDArray:
    """Return tanh(C), of which h is made, or h as it is."""
    return np.tanh(states) if state == "C" else states


def _levels(states: NDArray, reference: NDArray) -> Levels:
    return levels_of(states, reference, ON_THRESHOLD.step, len(ON_THRESHOLD.grid))


def allowed_starts(T: int, length: int, start: int, window: int) -> NDArray:
    """Return which windows may be taken: those within one text that do not overlap the marked stretch."""
    starts = np.arange(T - window + 1)
    across = (starts < length) & (starts + window > length)
    near = np.abs(starts - start) < window
    return ~(across | near)


def _window_all(rule: NDArray, window: int) -> NDArray:
    """Return in which windows a rule is 1 at every character, (T − window + 1,)."""
    sums = np.concatenate([[0], np.cumsum(rule)])
    return np.asarray(sums[window:] - sums[:-window] > window - 0.5)


def _frame(
    ground: Ground,
    minimum: Levels,
    allowed: NDArray,
    stretch: tuple[int, int],
    level: int,
    off_outside: bool,
    rule: tuple[str, NDArray | None],
) -> dict[str, Any]:
    """Return what one threshold gives."""
    (start, end), units = stretch, len(ground.levels) // 2
    rows = rows_on(ground.levels[:, : ground.length], start, end, level, off_outside)
    ranked = best_matches(minimum, rows, level, end - start, allowed, MOST + MOST_COUNTED)
    best, others = ranked[:MOST], ranked[MOST:]
    name, inside = rule
    draws = [
        best_matches(minimum, random_rows(units, len(rows), seed), level, end - start, allowed, MOST)
        for seed in range(DRAWS if len(rows) else 0)
    ]
    by_chance = float(np.mean([mean_on(one) for one in draws])) if draws else 0.0
    comparison = Comparison(
        len(rows), units, [match.on for match in best], by_chance,
        name, _count(best, inside), _share(sum(draws, []), inside),
        0.0 if inside is None or not allowed.any() else float(inside[allowed].mean()),
        off_outside, level > 1, *_ties(best, others),
    )  # fmt: skip
    return {
        "units": units_in_words(unit_and_side(rows, units)),
        "words": inline_html(in_words(comparison)),
        "matches": [_line(ground, match, end - start) for match in best],
    }


def _ties(best: list[Match], others: list[Match]) -> tuple[int, bool]:
    """Return how many have the score of the last listed one, 0 if all are listed, and if all listed have."""
    equal = [abs(one.bits - best[-1].bits) < _SAME for one in [*best, *others]] if best else []
    return (sum(equal) if any(equal[MOST:]) else 0), bool(equal) and all(equal[:MOST])


def _count(matches: list[Match], inside: NDArray | None) -> int:
    return 0 if inside is None else sum(bool(inside[match.start]) for match in matches)


def _share(matches: list[Match], inside: NDArray | None) -> float:
    return _count(matches, inside) / len(matches) if matches else 0.0


def _line(ground: Ground, match: Match, length: int) -> dict[str, Any]:
    """Return a stretch with its context, which ends where its text ends."""
    begin, end = match.start, match.start + length
    here = begin < ground.length
    low, high = (0, ground.length) if here else (ground.length, len(ground.text))
    return {
        "where": "above" if here else "held-out",
        "before": ground.text[max(low, begin - CONTEXT) : begin],
        "stretch": ground.text[begin:end],
        "after": ground.text[end : min(high, end + CONTEXT)],
        "on": match.on,
        "bits": round(10 * match.bits),
    }
