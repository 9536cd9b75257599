"""What was measured of the course's models for this page; `assets.build.sampling` writes the file."""

import json
from typing import Any, NamedTuple

from lesson.frame.files import asset
from lesson.frame.memo import memo
from lstm.interpret.brackets import LineCount

LONG_RUN = 20  # characters in common again, in `Pairs`
PAIR_SEEDS = 20  # pairs of texts
LOOP_LENGTH = 1_000  # characters that are looked at for a loop


class Pairs(NamedTuple):
    """Texts from the same random numbers at temperature 0.8 and at 1.0, from their first difference on.

    first: after how many characters it comes, the median of the pairs; same: the share of characters in
    common after it; chance: that share if only the frequencies of characters agreed; long_runs: the share of
    pairs with LONG_RUN characters in a row in common again; longest: the longest such run.
    """

    first: int
    same: float
    chance: float
    long_runs: float
    longest: int


class SingleUnits(NamedTuple):
    """Lines of the bracket model: as it is, and with each of its units ablated."""

    intact: LineCount
    ablated: tuple[LineCount, ...]


class OpenBracket(NamedTuple):
    """What becomes of an open bracket of the bracket model after many letters.

    in_C: in how many of `new` lines a linear reading of C, fitted on `fitted` other lines, says which
    bracket is open; in_logits: in how many the likeliest closing bracket is the right one.
    """

    letters: int
    fitted: int
    new: int
    in_C: int
    in_logits: int


def loops() -> dict[str, str]:
    """Return what each model writes over and over at temperature 0, "" if it ends in no loop."""
    return dict(_results()["loops"])


def pairs() -> dict[str, Pairs]:
    """Return the pairs of texts of each model."""
    return {name: Pairs(**values) for name, values in _results()["pairs"].items()}


def single_units() -> SingleUnits:
    """Return what each unit of the bracket model is worth."""
    intact, ablated = (_results()["single_units"][name] for name in ("intact", "ablated"))
    return SingleUnits(LineCount(*intact), tuple(LineCount(*count) for count in ablated))


def open_bracket() -> OpenBracket:
    """Return whether the bracket model stores a bracket that it does not show."""
    return OpenBracket(**_results()["open_bracket"])


@memo()
def _results() -> dict[str, Any]:
    results: dict[str, Any] = json.loads(asset("sampling.json"))
    return results
