"""What is said of the texts that the networks write on their own; all of it computed."""

from typing import NamedTuple

import numpy as np

from lesson.sampling.own_mistakes.measured import JUDGES, NETWORKS, Written, ranges, written
from lesson.sampling.parameters import BY_SURPRISE
from visualization.numbers import number
from visualization.text import join_words

CLEAR = 2.0  # standard errors: a smaller change may be chance


class Change(NamedTuple):
    """What a measure is in the first and in the last range, and the standard error of the difference."""

    first: float
    last: float
    error: float

    @property
    def is_clear(self) -> bool:
        """Return whether the difference is more than chance gives easily."""
        return abs(self.last - self.first) > CLEAR * self.error

    @property
    def rises(self) -> bool:
        """Return whether the measure is clearly higher in the last range."""
        return self.is_clear and self.last > self.first

    @property
    def falls(self) -> bool:
        """Return whether the measure is clearly lower in the last range."""
        return self.is_clear and self.last < self.first


def change_of(row: Written, measure: str) -> Change:
    """Return how a measure changes from the first range to the last: bits, or shares of known words."""
    values, errors = (
        (row.surprise, row.error) if measure == BY_SURPRISE else (row.known_words, row.known_error)
    )
    return Change(values[0], values[-1], float(np.hypot(errors[0], errors[-1])))


def free_in_words(temperature: float, measure: str) -> str:
    """Say how a measure changes with the distance in what each network writes; Markdown."""
    changes = {name: change_of(written()[name, temperature], measure) for name in NETWORKS}
    true = change_of(written()["LSTM", None], measure)
    (first, last) = (f"{low}–{high}" for low, high in (ranges()[0], ranges()[-1]))
    what = "bits per character" if measure == BY_SURPRISE else "of the words are known"
    parts = join_words(
        f"{name} {_write(one.first, measure)} → {_write(one.last, measure)}" for name, one in changes.items()
    )
    return (
        f"**At temperature {temperature:g}, {_verdict(changes, measure)}** From characters {first} to "
        f"characters {last}: {parts} ({what}). In the true text it is {_write(true.first, measure)} → "
        f"{_write(true.last, measure)}."
    )


def _verdict(changes: dict[str, Change], measure: str) -> str:
    """Say in which networks the text gets worse with distance, in which better, and in which neither."""
    higher = "higher", [name for name, one in changes.items() if one.rises]
    lower = "lower", [name for name, one in changes.items() if one.falls]
    rest = [name for name, one in changes.items() if not one.is_clear]
    what = "the surprise" if measure == BY_SURPRISE else "the share of known words"
    worse_first = (higher, lower) if measure == BY_SURPRISE else (lower, higher)
    parts = [
        f"{what} gets {direction} with distance in the text of the {join_words(names)}"
        for direction, names in worse_first
        if names
    ]
    if rest and parts:
        parts.append(f"there is no clear change in that of the {join_words(rest)}")
    elif rest:
        parts.append(f"{what} has no clear change with distance in any of the three texts")
    return f"{join_words(parts)}."


def _write(value: float, measure: str) -> str:
    return number(value) if measure == BY_SURPRISE else f"{value:.0%}"


def judges_in_words() -> str:
    """Say which network judges which."""
    by_judge: dict[str, list[str]] = {}
    for name, judge in JUDGES.items():
        by_judge.setdefault(judge, []).append(name)
    return join_words(f"the {judge} judges the {join_words(names)}" for judge, names in by_judge.items())
