"""The picture of a task before a network has learned it: its series, the cuts, what a state would keep."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lesson.series import sentences
from lesson.series.measures import test_steps
from lesson.series.settings import Setting
from lesson.training.engine.series.work import ONE
from lstm.arrays import Array
from lstm.series.own import OwnSeries
from lstm.series.reach import left_of_state, marked_steps, marks_and_questions, sequence_starts
from lstm.series.streams import GAP, PAIRS, Chunk
from visualization.numbers import scientific

# The steps of the test's first series that are drawn.
_DRAWN_STEPS = {"spike": (0, 400), "adding": (0, 200), "sine": (280, 400)}
_DRAWN_OF_OWN = 200  # the last ones
_HELD_STEPS = {"spike": GAP, "adding": PAIRS}


def steps_of_picture(task: str, chunks: Sequence[Chunk]) -> tuple[int, int]:
    """Return the first step that is drawn, and the one after the last."""
    steps = sum(len(chunk.inputs) for chunk in chunks)
    return _DRAWN_STEPS.get(task, (max(0, steps - _DRAWN_OF_OWN), steps))


def picture(task: str, own: OwnSeries | None = None) -> dict[str, Any]:
    """Return what is drawn of a task's series, whatever is set.

    A mark is there even if its question comes after the end of the picture.

    values: the series, or what is to be predicted where that is its next value; questions: step and value;
    marks: steps, all in thousandths; testFrom: the first step that is predicted.
    """
    chunks = own.test_chunks() if own else list(test_steps(task))
    start, end = steps_of_picture(task, chunks)
    targets = np.concatenate([chunk.targets[:, 0] for chunk in chunks])[start:end]
    is_next = task not in _HELD_STEPS
    values = targets if is_next else np.concatenate([chunk.inputs[:, 0, 0] for chunk in chunks])[start:end]
    test_from = int(np.isfinite(targets).argmax()) if own else 0
    if own and test_from:  # the values before the test, which are read and not predicted
        values = np.append(chunks[0].inputs[start + 1 : end, 0, 0], targets[-1])
    marks = [] if is_next else marked_steps(chunks)
    asked_at = [] if is_next else np.flatnonzero(~np.isnan(targets)).tolist()
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return {
        "first": start,
        "values": codes(values),
        "low": round(ONE * min(low, *(targets[t] for t in asked_at), -0.1)),
        "high": round(ONE * max(high, *(targets[t] for t in asked_at), 0.1)),
        "questions": [[t + start, round(ONE * float(targets[t]))] for t in asked_at],
        "marks": [mark for mark in marks if start <= mark < end],
        "isNext": is_next,
        "testFrom": start + test_from,
    }


def codes(values: Array) -> list[int | None]:
    """Return numbers in thousandths, None for what is none."""
    return [None if np.isnan(value) else round(ONE * float(value)) for value in values]


def cuts(setting: Setting) -> dict[str, Any]:
    """Return what of the picture depends on what is set.

    cuts: steps at which a sequence begins; pairs: each mark, its question and whether they lie in one
    sequence; left: hundredths that a state keeps, step by step from a mark to its question.
    """
    task = setting.task
    if task == "own":  # only the visitor's session has it
        return {
            "cuts": [],
            "pairs": [],
            "left": [],
            "words": sentences.before(setting),
            "alt": sentences.WHAT[task],
        }
    chunks = list(test_steps(task))
    start, end = steps_of_picture(task, chunks)
    starts = sequence_starts(chunks, setting.length)
    pairs = marks_and_questions(chunks) if task in _HELD_STEPS else []
    pairs = [pair for pair in pairs if pair[1] < end]
    rows = [
        [mark, question, int(not any(mark < cut <= question for cut in starts))] for mark, question in pairs
    ]
    left = left_of_state(setting.bias, _HELD_STEPS[task]) if setting.gate and pairs else np.zeros(0)
    return {
        "cuts": [cut for cut in starts if start < cut < end],
        "pairs": rows,
        "left": np.rint(100 * left).astype(int).tolist(),
        "words": sentences.before(setting),
        "alt": _alt(setting, rows),
    }


def _alt(setting: Setting, rows: Sequence[Sequence[int]]) -> str:
    """Say what the picture shows."""
    words = f"{sentences.WHAT[setting.task]} It is cut into sequences of {setting.steps} steps."
    if rows:
        together = sum(row[2] for row in rows)
        words += f" Here {together} of {len(rows)} marked values lie in one sequence with their question."
        if setting.gate:
            left = float(left_of_state(setting.bias, rows[0][1] - rows[0][0])[-1])
            words += f" From the first of them to its question a state keeps a share of {scientific(left)}."
    return words
