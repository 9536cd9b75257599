"""The map of what was measured: a cell for each bias and sequence length, a dot for each seed."""

from typing import Any

from lesson.frame.memo import memo
from lesson.series.parameters import LENGTH, SERIES_BIAS, SERIES_CELL
from lesson.series.results import SEEDS, Measured, count_learned, median, select
from lesson.series.sentences import OF_MEAN
from lesson.series.settings import LIMITS
from lesson.widgets.inline_html import inline_html
from lstm.series.run import LEARNED
from visualization.numbers import percent

_DOTS = (
    f"Each dot is an LSTM that we trained, {SEEDS} seeds for each setting. A full dot has learned the task: "
    "its test loss fell below {} of the variance, which is the loss of always predicting the mean. All start "
    "with $b_i$ = −$b_f$. A cell sets the sliders. The mark in the corner of a cell is your run: "
    "● learned, ○ not."
)
_NOTES = {
    **{task: _DOTS.format(percent(LEARNED[task])) for task in ("spike", "adding")},
    "sine": f"Each cell is the median of {SEEDS} LSTMs: the test loss as a share {OF_MEAN}, and the "
    "processor time of all updates. All start with $b_i$ = −$b_f$. A cell sets the sliders.",
}
_TITLES = {
    task: f"Forget bias and sequence length, {LIMITS[task]} updates at most"
    for task in ("spike", "adding", "sine")
}


@memo(entries=4)
def map_of(task: str) -> dict[str, Any] | None:
    """Return the map of a task; None where nothing was measured.

    rows, columns: biases and sequence lengths as the address has them; cells by "bias length": dots, one
    for each seed, 1 if it has learned; text: what is written there; says: the same in words.
    """
    networks = select(task)
    if not networks:
        return None
    biases = sorted({row.bias for row in networks}, reverse=True)
    lengths = sorted({row.seq for row in networks})
    cells = (select(task, "lstm", bias, length) for bias in biases for length in lengths)
    return {
        "rows": [str(bias) for bias in biases],
        "columns": [str(length) for length in lengths],
        "cells": {f"{rows[0].bias} {rows[0].seq}": _cell(task, rows) for rows in cells if rows},
        "names": [SERIES_BIAS.name, LENGTH.name],
        "title": _TITLES[task],
        "measured": {SERIES_CELL.name: "LSTM"},
        "corner": inline_html("$b_f$\u00a0↓ steps\u00a0→"),
        "note": inline_html(_NOTES[task]),
    }


def _cell(task: str, rows: list[Measured]) -> dict[str, Any]:
    """Return a cell: dots, text and words."""
    learned, seconds, loss = count_learned(rows), median(rows, "seconds"), median(rows, "loss")
    where = f"b_f = {rows[0].bias}, sequences of {rows[0].seq} steps:"
    says = f"{where} {learned} of {len(rows)} networks learned it"
    if task == "sine":
        says = f"{where} loss {loss:.1%} {OF_MEAN}, {seconds:.1f} seconds"
        return {"dots": [], "text": f"{percent(loss)} · {seconds:.1f} s", "says": says, "shade": ""}
    if learned:
        first = sorted(row.learned for row in rows if row.learned is not None)
        says += f", the first after {first[0]} updates"
    shade = "all" if learned == len(rows) else "some" if learned else ""
    return {"dots": [int(row.learned is not None) for row in rows], "text": "", "says": says, "shade": shade}
