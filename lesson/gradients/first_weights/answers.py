"""What the pictures of the part *Where it starts* ask while their controls are moved."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.first_weights.sentences import (
    describe,
    half_lives_sentence,
    left_sentence,
    path_sentence,
    rule_html,
)
from lesson.gradients.first_weights.starts import Start, forget_gates, left, left_along, path_along, usual
from lesson.gradients.parameters import (
    DRAWS,
    FIRST_BIAS,
    FIRST_GRADIENT,
    FIRST_RULE,
    FIRST_STEPS,
    T_MAX,
)
from lesson.widgets.source import Answer, Source
from lstm.scalar import half_life

CHRONO = "chrono"
# As `lstm.network.starts` calls them.
RULES = {name: DRAWS.get(name, CHRONO) for name in FIRST_RULE.options}
ALONG = (FIRST_BIAS, T_MAX)


def starts(query: Query) -> Answer:
    """Answer for every position of b_f or of T_max, or for one setting."""
    positions = query.positions(ALONG)
    name, T, what = query.choice(FIRST_RULE), int(query.choice(FIRST_STEPS)), query.choice(FIRST_GRADIENT)
    chosen = [_start(one) for one in positions]
    along, paths = left_along(chosen, T, what[-1]), path_along(chosen, T)
    others = {
        other: (start, left(start, T, what[-1]))
        for other, rule in RULES.items()
        if other != name
        for start in [usual(rule, T)]
    }
    ends = [joined(map(curve_ends, each)) for each in along]
    still = {other: curve_data(each.median) for other, (_, each) in others.items()}
    still_ends = joined(curve_ends(each.median) for _, each in others.values())
    frames = []
    for start, each, path, of_chosen in zip(chosen, along, paths, ends, strict=True):
        curve = {**curve_data(each.median), "spread": _spread(each.low, each.high)}
        says = (
            f"{left_sentence(name, start, T, what, each)} "
            f"{path_sentence(what, float(each.median[-1]), path)} {half_lives_sentence(forget_gates(start))}"
        )
        frames.append(
            {
                "axes": joined([still_ends, of_chosen]),
                "moving": {name: curve},
                "gates": {name: _half_lives(start)},
                "alt": describe(name, start, T, what, each, {k: v for k, (_, v) in others.items()}),
                "words": f"<b>{says}</b>{triangle_sentence({**still, name: curve})}",
            }
        )
    return {
        "common": {
            "steps": T,
            "chosen": name,
            "rule": rule_html(name, T),
            "still": still,
            "still_gates": {other: _half_lives(start) for other, (start, _) in others.items()},
            "range": joined([still_ends, *ends]),
        },
        "frames": frames,
    }


def _start(query: Query) -> Start:
    rule = RULES[query.choice(FIRST_RULE)]
    if rule == CHRONO:
        return Start("course", T_max=int(query.choice(T_MAX)))
    return Start(rule, query.number(FIRST_BIAS))


def _spread(low: NDArray, high: NDArray) -> list[list[int]]:
    """Return the edges of the band as far as they can be drawn."""
    return [curve_data(edge)["logs"] for edge in (low, high)]


def _half_lives(start: Start) -> list[int]:
    """Return hundredths of logarithms of the half-lives of all units' forget gates, shortest first."""
    logs: list[int] = np.rint(100 * np.log10(half_life(forget_gates(start)))).astype(int).tolist()
    return logs


ANSWERS: Mapping[str, Source] = {"gradients/starts": Source(starts, in_thread=True)}
