"""The two runs of an experiment as its viewer sees them, and what can be said of any of them."""

import math
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

import numpy as np

from lesson.training.engine.recording import Recording, RunHistory
from lesson.training.engine.run_names import names_of
from lesson.training.engine.viewer import Watched
from visualization.numbers import perplexity

MEASURED = "“The loss is …” gives the mean over the last twentieth of the steps (at least 20 steps)."
ABOVE = 1.1  # times ln V: a loss that has risen; the first losses lie around ln V, on both sides


class Run(NamedTuple):
    """One of the two runs: its name beside the other, and its history as far as its viewer has come."""

    name: str
    recording: Recording
    history: RunHistory
    ended: bool

    @property
    def guess(self) -> float:
        """The loss of guessing, ln V."""
        return math.log(self.recording.vocabulary_size)

    @property
    def now(self) -> float:
        """The training loss of its last steps: a twentieth of them, at least 20."""
        loss = self.history.loss
        return float(loss[-max(20, len(loss) // 20) :].mean())

    @property
    def nan(self) -> int | None:
        """The first step whose loss is NaN."""
        lost = np.flatnonzero(np.isnan(self.history.loss))
        return int(self.history.step[lost[0]]) if len(lost) else None

    @property
    def speed(self) -> float:
        """Characters read in a second of work."""
        return self.recording.characters_per_second


def of_runs(function: Callable[..., str]) -> Callable[..., str]:
    """Apply a description to what a viewer has seen; it says nothing before all runs have made a step.

    function: takes as many runs as its experiment has, one or two.
    """

    @wraps(function)
    def describe(*runs_watched: Watched) -> str:
        names = names_of([watched.recording.settings for watched in runs_watched])
        runs = [
            Run(name, watched.recording, watched.recording.up_to(watched.cursor), watched.ended)
            for name, watched in zip(names, runs_watched, strict=True)
        ]
        if not all(len(run.history.loss) for run in runs):
            return ""
        words = ("" if all(run.ended for run in runs) else "So far: ") + function(*runs)
        return f"{words} {MEASURED}"

    return describe


def nats(loss: float) -> str:
    """Write a loss for people."""
    return "NaN" if math.isnan(loss) else f"{loss:.2f}" if loss < 100 else f"{loss:,.0f}"


def with_perplexity(loss: float) -> str:
    """Write a loss with its perplexity: 1.32 (perplexity 3.74)."""
    return nats(loss) if math.isnan(loss) else f"{nats(loss)} (perplexity {perplexity(loss)})"


def has_risen(run: Run) -> int | None:
    """Return the place of the first loss that has risen well above guessing; None if none has."""
    risen = np.flatnonzero(run.history.loss > ABOVE * run.guess)
    return int(risen[0]) if len(risen) else None


def course(run: Run) -> str:
    """Say how high a run's loss went, and where it is."""
    loss, size = run.history.loss, run.recording.vocabulary_size
    at = int(np.where(np.isnan(loss), -1.0, loss).argmax())
    high = f"**{run.name}**: the loss rose to {nats(loss[at])} at step {run.history.step[at]}"
    if run.nan is not None:
        return f"{high}, and since step {run.nan} it is NaN."
    if loss[at] < ABOVE * run.guess:
        return (
            f"**{run.name}**: the loss was never far above uniform guessing ({run.guess:.2f}) and is "
            f"{with_perplexity(run.now)} now."
        )
    return (
        f"{high}. Uniform guessing has a loss of ln {size} = {run.guess:.2f}. The loss was above that in "
        f"{(loss > run.guess).mean():.0%} of the steps and is {with_perplexity(run.now)} now."
    )
