"""What was measured: networks of the three tasks, a table by `assets.build.experiments.series`."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from lesson.frame.experiment_tables import experiment_table
from lesson.frame.memo import memo

SEEDS = 3  # of each setting


class Measured(NamedTuple):
    """A network that was trained; see `assets.build.experiments.series.measure`."""

    task: str
    cell: str
    bias: int
    seq: int
    seed: int
    loss: float
    learned: int | None
    updates: int
    seconds: float


@memo()
def table() -> tuple[Measured, ...]:
    """Return all networks."""
    return tuple(Measured(**row) for row in experiment_table("series")["rows"])


def select(task: str, cell: str = "lstm", bias: int | None = None, seq: int | None = None) -> list[Measured]:
    """Return the networks of a task and a cell, of one bias or sequence length where it is given."""
    return [
        row
        for row in table()
        if (row.task, row.cell) == (task, cell) and bias in (None, row.bias) and seq in (None, row.seq)
    ]


def count_learned(rows: Iterable[Measured]) -> int:
    """Return how many of these networks have learned their task."""
    return sum(row.learned is not None for row in rows)


def median(rows: Sequence[Measured], name: str) -> float:
    """Return the median of a number of these networks."""
    return float(np.median([getattr(row, name) for row in rows]))
