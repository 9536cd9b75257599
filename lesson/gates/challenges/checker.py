"""The checker of the challenges: no user interface.

A challenge unlocks some sliders.  `check` runs the student's setting on hidden input sequences through the
library, all in one call, compares every step with the band that is asked, and names the first step that
leaves it.

Letters: T steps, N trials.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.gates.challenges.challenge import LSTM_CELL, Challenge, Trial, setting_of
from visualization.numbers import number

# A cell over time: from a setting and x (T, N) to its steps, with C and h of (T, N) each.
Run = Callable[[Mapping[str, ArrayLike], NDArray], Any]


@dataclass(frozen=True, eq=False)
class Verdict:
    """The result of a check; `sentence` says it to the student.

    If `failed` of the `trials` do: the one of them that fails first (and furthest), its number among them,
    its first step outside the band, both counted from 1, the value there, and what it must be, and why.
    """

    passed: bool
    trials: int
    failed: int
    sentence: str
    trial: Trial | None = None
    number: int | None = None
    step: int | None = None
    value: float | None = None
    demand: str = ""


def check(challenge: Challenge, setting: Mapping[str, float], attempt: int) -> Verdict:
    """Judge the student's values at the unlocked sliders, on hidden trials.

    Each attempt (0, 1, 2, …) has its own trials, the same every time.  Raises InputError as `setting_of`.
    """
    return judge(challenge, setting, trials_of_attempt(challenge, attempt))


def trials_of_attempt(challenge: Challenge, attempt: int) -> list[Trial]:
    """Return the hidden trials of an attempt, from 0."""
    return challenge.hidden(np.random.default_rng([attempt, *challenge.name.encode()]))


def judge(
    challenge: Challenge, setting: Mapping[str, float], trials: Sequence[Trial], cell: Run | None = None
) -> Verdict:
    """Judge the student's values on these trials, such as the example alone.

    cell: another than the challenge's own.
    """
    values = run(setting_of(challenge, setting), trials, cell or challenge.cell.run)  # (T, N)
    low, high = _columns(trial.low for trial in trials), _columns(trial.high for trial in trials)
    wrong = ~((low <= values) & (values <= high))
    failing = wrong.any(axis=0)
    if not failing.any():
        return Verdict(True, len(trials), 0, _praise(trials))
    # The first step at which any trial fails, and there the trial that is furthest outside.
    step = int(wrong.any(axis=1).argmax())
    n = int(np.maximum(low - values, values - high)[step].argmax())
    value = float(values[step, n])
    sentence = _complaint(challenge, trials[n], step, value)
    demand = _demand(challenge, trials[n], step, value)
    return Verdict(
        False, len(trials), int(failing.sum()), sentence, trials[n], n + 1, step + 1, value, demand
    )  # fmt: skip


def run(setting: Mapping[str, ArrayLike], trials: Sequence[Trial], cell: Run | None = None) -> NDArray:
    """Return the judged quantity of one cell on all trials, (T, N); each trial brings its own C_0."""
    states = {**setting, "C_prev": np.array([trial.C_0 for trial in trials])}
    steps = (cell or LSTM_CELL.run)(states, _columns(trial.x for trial in trials))
    values: NDArray = getattr(steps, trials[0].quantity)
    return values


def _columns(rows: Iterable[NDArray]) -> NDArray:
    return np.stack(list(rows), axis=1)  # (T, N)


def _praise(trials: Sequence[Trial]) -> str:
    steps = len(trials[0].x)
    which = f"On all {len(trials)} sequences" if len(trials) > 1 else "On this sequence"
    return f"{which} {trials[0].quantity} is in the allowed range at all {steps} steps."


def _complaint(challenge: Challenge, trial: Trial, step: int, value: float) -> str:
    """Say how the cell leaves the band at a step (from 0)."""
    what = f"At step {step + 1} {trial.quantity} is {number(value, _digits_that_tell(trial, step, value))}."
    return f"{what} It {_demand(challenge, trial, step, value)}"


def _demand(challenge: Challenge, trial: Trial, step: int, value: float) -> str:
    """Say what a value at a step (from 0) must be instead, and why, as the end of a sentence."""
    allowed = _allowed(float(trial.low[step]), float(trial.high[step]), _digits_that_tell(trial, step, value))
    return f"must be {allowed}, because {challenge.reason(trial.x, trial.C_0, step)}."


def _allowed(low: float, high: float, digits: int) -> str:
    if high == np.inf:
        return f"at least {number(low, digits)}"
    if low == -np.inf:
        return f"at most {number(high, digits)}"
    return f"between {number(low, digits)} and {number(high, digits)}"


def _digits_that_tell(trial: Trial, step: int, value: float) -> int:
    """Return two, or as many as it takes to see that the value is beyond the bound."""
    low, high = float(trial.low[step]), float(trial.high[step])
    bound = low if value < low else high
    return next((d for d in range(2, 9) if number(value, d) != number(bound, d)), 9)
