"""What a run of this page is measured against: the steps of its test, and predictions without a network."""

from collections.abc import Mapping

import numpy as np

from lesson.frame.memo import memo
from lesson.training.engine.recording import RunHistory
from lstm.series.baselines import last_value_loss, linear_loss, linear_weights, mean_loss
from lstm.series.own import OwnSeries, read_series
from lstm.series.run import BATCH, LEARNED, test_chunks
from lstm.series.streams import SINE_NOISE, Chunk, stream

MEAN, LAST, NOISE = "the mean", "the last value", "the noise"
LAST_VALUES = 10  # of the weighted sum
_FIT_STEPS = 400  # steps of the series side by side on which it is fitted


@memo(entries=8)
def test_steps(task: str) -> tuple[Chunk, ...]:
    """Return the steps on which a task is tested."""
    return tuple(test_chunks(task))


@memo(entries=16)
def own_of(text: str) -> OwnSeries:
    """Return the series of a run's text."""
    return read_series(text.encode(), "The series")


@memo(entries=16)
def baselines(task: str, text: str = "") -> Mapping[str, float]:
    """Return what predictions without a network achieve on the test, by their names.

    text: the own series.  The weighted sum is fitted to other steps than those of the test; of an own
    series it and the mean are those of its first part.
    """
    chunks = own_of(text).test_chunks() if text else test_steps(task)
    inputs, targets = (np.concatenate([chunk[k] for chunk in chunks]) for k in (0, 1))
    losses = {MEAN: own_of(text).mean_loss() if text else mean_loss(targets)}
    if task in ("sine", "own"):
        losses[LAST] = last_value_loss(inputs, targets)
        fit = own_of(text).learned_chunk() if text else stream(task, 0, BATCH).take(_FIT_STEPS)
        weights = linear_weights(fit.inputs, fit.targets, LAST_VALUES)
        losses[f"a weighted sum of the last {LAST_VALUES} values"] = linear_loss(weights, inputs, targets)
    if task == "sine":
        losses[NOISE] = SINE_NOISE**2
    return losses


def learned_after(task: str, history: RunHistory) -> int | None:
    """Return the update of the first test below the task's threshold; None if there was none."""
    if task not in LEARNED:
        return None
    below = np.flatnonzero(history.validation_loss < LEARNED[task] * baselines(task)[MEAN])
    return int(history.validation_step[below[0]]) if len(below) else None
