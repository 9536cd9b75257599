"""The file of an experiment: its settings, and a row for each thing that was measured."""

import json
import multiprocessing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "experiments"
PROCESSES = 2

Row = dict[str, Any]


def fill(
    name: str, settings: Row, tasks: Iterable[Row], measure: Callable[..., Row], processes: int = PROCESSES
) -> list[Row]:
    """Measure what is missing in assets/experiments/NAME.json; return all rows, in the order of the tasks.

    The file is written after every row, so an interrupted run goes on where it was.
    settings: what all rows share; if it differs from the file's, everything is measured again.  tasks: the
    arguments of each row, all with the same names; they identify the row.  measure: a function of a module,
    called with a task's arguments by name, in a process of its own; what it returns joins them in the row.
    """
    file, tasks = FOLDER / f"{name}.json", list(tasks)
    rows = [row for row in _stored(file, settings) if _task(row, tasks) in tasks]
    missing = [task for task in tasks if task not in [_task(row, tasks) for row in rows]]
    if missing:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            for row in pool.imap_unordered(_Measured(measure), missing):
                rows.append(row)
                _write(file, settings, rows, tasks)
    return _write(file, settings, rows, tasks)


class _Measured:
    """Measures one task; an object, so that it reaches another process."""

    def __init__(self, measure: Callable[..., Row]) -> None:
        self._measure = measure

    def __call__(self, task: Row) -> Row:
        return {**task, **self._measure(**task)}


def _task(row: Row, tasks: list[Row]) -> Row:
    """Return the arguments of a row, without what was measured."""
    return {name: row.get(name) for name in tasks[0]}


def _stored(file: Path, settings: Row) -> list[Row]:
    if not file.exists():
        return []
    table = json.loads(file.read_text("utf-8"))
    rows: list[Row] = table["rows"] if table["settings"] == json.loads(json.dumps(settings)) else []
    return rows


def _write(file: Path, settings: Row, rows: list[Row], tasks: list[Row]) -> list[Row]:
    """Write the file, a line for each row, beside it first and then renamed; return the rows in order."""
    rows = sorted(rows, key=lambda row: tasks.index(_task(row, tasks)))
    lines = ",\n".join(json.dumps(row) for row in rows)
    beside = file.with_suffix(".part")
    beside.write_text(f'{{"settings": {json.dumps(settings)},\n"rows": [\n{lines}\n]}}\n', "utf-8")
    beside.replace(file)
    return rows
