"""Temperature in ranges: what the course says of each, everywhere the same, beside what was measured.

`assets.build.sampling` measured the models whose texts have words.
"""

import json
from statistics import median
from typing import NamedTuple

from lesson.frame.files import asset
from lesson.frame.memo import memo


class Range(NamedTuple):
    """A range of temperatures, and what to expect in it."""

    low: float
    high: float
    words: str


# One range begins where the one before it ends: there is advice for every temperature.
RANGES = (
    Range(0.0, 0.5, "hardly any word is invented; at 0 the text ends in a loop"),
    Range(0.5, 0.8, "few words are invented, and little is repeated"),
    Range(0.8, 1.0, "some words are invented"),
    Range(1.0, 1.5, "many words are invented"),
    Range(1.5, 2.0, "at 2 most words are invented"),
)


class Measured(NamedTuple):
    """Medians over the models: the shares of words that their text has, and of repeated 20-grams."""

    words: float
    repeated: float


def measured() -> dict[float, Measured]:
    """Return what was measured at each temperature at which a range begins or ends."""
    by_temperature = (zip(*rows, strict=True) for rows in zip(*_models().values(), strict=True))
    return {t[0]: Measured(median(words), median(repeated)) for t, words, repeated in by_temperature}


@memo()
def _models() -> dict[str, list[list[float]]]:
    """Return a row a temperature for each model that was measured."""
    models: dict[str, list[list[float]]] = json.loads(asset("sampling.json"))["temperatures"]
    return models


def ranges_in_words() -> str:
    """Return what to expect in each range, in one sentence."""
    return "; ".join(f"{one.low:g} to {one.high:g}: {one.words}" for one in RANGES) + "."


def ranges_table() -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table: each range with what was measured at its two ends."""
    at = measured()
    head = ["temperature", "what to expect", "known words", "repeated 20-grams"]
    rows = [
        [
            f"{one.low:g} to {one.high:g}",
            one.words,
            f"{at[one.low].words:.0%} to {at[one.high].words:.0%}",
            f"{at[one.low].repeated:.0%} to {at[one.high].repeated:.0%}",
        ]
        for one in RANGES
    ]
    return head, rows


def about_the_table() -> str:
    """Say what the table's numbers are."""
    return (
        "In a cell with two percentages, the first one belongs to the lower temperature of its row, and the "
        f"second one to the higher. They are medians over {len(_models())} models of the course; each model "
        "wrote 3 texts of 1,000 characters. A word is known if it occurs in the text that the model learned "
        "from. A 20-gram is 20 characters in a row."
    )
