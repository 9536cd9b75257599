"""What networks from several starts learned: to recall a symbol, and to predict a text."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from visualization.charts.recall_sentences import RECALLS

Rows = Sequence[Mapping[str, Any]]


class Result(NamedTuple):
    """What networks of one start learned.

    recalled: by distance, the share of right answers of each seed, () where none was trained.  losses: on the
    text, of each seed, nats per character.
    """

    name: str
    recalled: Mapping[int, tuple[float, ...]]
    losses: tuple[float, ...] = ()

    def able(self, gap: int) -> int:
        """Count the networks that recall over a distance."""
        return sum(share >= RECALLS for share in self.recalled[gap])

    def count(self, gap: int) -> int:
        """Count the networks that were trained over a distance."""
        return len(self.recalled[gap])

    @property
    def loss(self) -> float:
        """The mean loss of the seeds."""
        return sum(self.losses) / len(self.losses)


class Results(NamedTuple):
    """All results, with the distances and the settings of the training."""

    results: tuple[Result, ...]
    gaps: tuple[int, ...]
    settings: Mapping[str, Any]

    def named(self, name: str) -> Result:
        """Return the result of a start."""
        return {result.name: result for result in self.results}[name]


# By their names in the table; on the text, chrono with N = 100.
CHRONO, TOO_SHORT = "chrono, $T_{max}$ = N", "chrono, $T_{max}$ = 20"
_LIBRARIES = {"pytorch": "PyTorch", "keras": "Keras", "orthogonal": "orthogonal, $b_f$ = 1"}
NAMES = (
    *_LIBRARIES.values(), *(f"this course, $b_f$ = {bias}" for bias in (0, 1, 3, 5)), CHRONO, TOO_SHORT
)  # fmt: skip


@memo()
def results() -> Results:
    """Read all results; what other parts have measured of this course's start is in assets/recall.json."""
    ours = json.loads((ROOT / "assets" / "recall.json").read_text("utf-8"))
    table = json.loads((ROOT / "assets" / "experiments" / "starts.json").read_text("utf-8"))
    runs: Rows = [
        *(_as_row(run) for run in ours["runs"] if not run["curriculum"] and run["row"].startswith("LSTM")),
        *table["rows"],
    ]
    gaps = tuple(sorted({row["gap"] for row in table["rows"] if row["gap"]}))
    return Results(tuple(_result(name, runs, gaps) for name in NAMES), gaps, table["settings"])


def _as_row(run: Mapping[str, Any]) -> dict[str, Any]:
    """Return a run of assets/recall.json as a row of assets/experiments/starts.json."""
    bias = float(run["row"].rpartition(" ")[2])
    return {**run, "rule": "course", "forget_bias": bias, "T_max": None}


def _result(name: str, runs: Rows, gaps: Sequence[int]) -> Result:
    own = [run for run in runs if _name(run) == name]
    recalled = {gap: tuple(run["accuracy"] for run in own if run["gap"] == gap) for gap in gaps}
    return Result(name, recalled, tuple(run["losses"][-1] for run in own if not run["gap"]))


def _name(run: Mapping[str, Any]) -> str:
    """Return the row of the table to which a trained network belongs."""
    if run["T_max"]:
        return CHRONO if run["T_max"] == (run["gap"] or 100) else TOO_SHORT
    return _LIBRARIES.get(run["rule"]) or f"this course, $b_f$ = {run['forget_bias']:g}"
