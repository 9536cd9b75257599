"""How far back a question reaches: what its sequence still holds, and what the state still holds."""

import numpy as np

from lstm.arrays import Array
from lstm.equations import sigmoid
from lstm.series.streams import GAP, PAIRS, Chunk


def share_together(task: str, length: int) -> float:
    """Return the share of questions whose sequence of `length` steps holds all that they are about.

    Of the spike: its question, 100 steps later, has to lie at one of the last length − 100 places.  Of the
    adding problem: both values lie in its first half, so it takes the whole problem.
    """
    if task == "spike":
        return max(0, length - GAP) / length
    return float(length >= PAIRS)


def left_of_state(bias: float, steps: int) -> Array:
    """Return σ(bias)^k for k = 0 … steps: what a gate with this sum leaves of a state after k steps."""
    shares: Array = sigmoid(np.float64(bias)) ** np.arange(steps + 1)
    return shares


def marked_steps(chunks: list[Chunk], series: int = 0) -> list[int]:
    """List the steps of one of the series side by side that are marked by 1: what is to be remembered."""
    marks = np.concatenate([chunk.inputs[:, series, 1] for chunk in chunks])
    return [int(step) for step in np.flatnonzero(marks == 1)]


def marks_and_questions(chunks: list[Chunk], series: int = 0) -> list[tuple[int, int]]:
    """List, of one of the series side by side, each mark of 1 with the question that comes after it."""
    questions = np.flatnonzero(~np.isnan(np.concatenate([chunk.targets[:, series] for chunk in chunks])))
    pairs = []
    for mark in marked_steps(chunks, series):
        after = questions[questions > mark]
        if len(after):
            pairs.append((mark, int(after[0])))
    return pairs


def sequence_starts(chunks: list[Chunk], length: int) -> list[int]:
    """List the steps at which sequences of `length` steps begin; each chunk begins with one."""
    starts: list[int] = []
    at = 0
    for chunk in chunks:
        starts += range(at, at + len(chunk.inputs), length)
        at += len(chunk.inputs)
    return starts
