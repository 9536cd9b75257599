"""When a network has learned: of the recall task by its answers, of a text by its loss."""

import math

import numpy as np

from lesson.training.engine.recording import Recording
from lesson.training.engine.seeds.plan import Point
from lesson.training.engine.seeds.quantiles import DIGITS
from lesson.training.engine.settings import SYMBOLS
from lstm.diagnosis.doctor import verdict
from lstm.recall.experiment import ENOUGH

_POINTS = 40  # of a curve
_GUESSING = 1.5  # times the share of right answers that guessing has: below it nothing was learned


class RecallJudge:
    """The share of right answers; learned: 99 % twice in a row, where `train_recall` stops."""

    def points(self, recording: Recording) -> list[Point]:
        """Return the shares that were measured."""
        return [(step, round(share, DIGITS)) for step, share in recording.up_to(recording.head).right]

    def has_learned(self, recording: Recording) -> bool:
        """Return whether the last two shares are enough."""
        last = recording.up_to(recording.head).right[-2:]
        return len(last) == 2 and all(share >= ENOUGH for _, share in last)

    def diagnosis(self, recording: Recording) -> str:
        """Say what the network answers: the doctor knows texts only."""
        history = recording.up_to(recording.head)
        if not np.isfinite(history.loss).all():
            return "The loss is not a number."
        share = history.right[-1][1] if history.right else 0.0
        if share >= ENOUGH:
            return (
                f"It was nearly there: {ENOUGH:.0%} of its answers were right once, but not twice in a row."
            )
        if share > _GUESSING / SYMBOLS:
            return (
                f"It was still learning: {share:.1%} of its answers are right after {recording.head} updates."
            )
        return (
            f"It still guesses: {share:.0%} of its answers are right after {recording.head} updates, and "
            f"guessing gives {1 / SYMBOLS:.1%}. Its last loss is {history.loss[-1]:.2f}; that of guessing is "
            f"ln {SYMBOLS} = {math.log(SYMBOLS):.2f}."
        )


class TextJudge:
    """The loss, in means over equal windows; learned: its mean over the last steps is below a limit."""

    def __init__(self, limit: float, steps: int) -> None:
        self.limit, self.window = limit, math.ceil(steps / _POINTS)

    def points(self, recording: Recording) -> list[Point]:
        """Return the means of the windows that are complete and hold only numbers."""
        loss = recording.up_to(recording.head).loss
        count = len(loss) // self.window
        means = loss[: count * self.window].reshape(count, self.window).mean(axis=1)
        ends = self.window * np.arange(1, count + 1)
        return [
            (int(step), round(float(mean), DIGITS))
            for step, mean in zip(ends, means, strict=True)
            if np.isfinite(mean)
        ]

    def has_learned(self, recording: Recording) -> bool:
        """Return whether the mean loss of the last 50 steps is below the limit; NaN is not."""
        return bool(recording.observed(recording.head).mean_loss() < self.limit)

    def diagnosis(self, recording: Recording) -> str:
        """Say what the doctor says."""
        return verdict(recording.observed(recording.head))
