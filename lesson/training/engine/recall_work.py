"""A run of the recall task, as the worker does it."""

import time

import numpy as np

from lesson.training.engine.messages import BegunReport, Report
from lesson.training.engine.settings import SYMBOLS, UPDATES, RunSettings
from lstm.errors import InputError
from lstm.products import Workspace
from lstm.recall.experiment import train_recall


class RecallWork:
    """A network that learns to name the first symbol after `seq` steps of noise."""

    def __init__(self, settings: RunSettings) -> None:
        self.settings, self.step, self.finished = settings, 0, False
        self._net = settings.network(0)
        steps = settings.amount * UPDATES if settings.budget == "epochs" else 10**6
        self._seconds = settings.amount if settings.budget == "seconds" else np.inf
        self._steps = steps
        self._spaces = Workspace(), Workspace()
        self._reports = train_recall(
            self._net, settings.seq, steps, seed=settings.seed, symbols=SYMBOLS,
            batch_size=settings.batch, learning_rate=settings.rate, clip_norm=settings.clip_at,
            spaces=self._spaces,
        )  # fmt: skip

    def begin(self) -> BegunReport:
        """Return what is known before the first step."""
        return {
            "steps": self._steps if np.isinf(self._seconds) else None,
            "began": 0,
            "chunks": UPDATES,
            "vocabulary": [str(n) for n in range(SYMBOLS)],
            "parameters": int(self._net.weights.flat.size),
        }

    def advance(self, limit: int, until: float) -> Report:
        """Work up to step `limit` or until the clock says so; at least one step."""
        start, seconds = self.step, None
        losses: list[float] = []
        norms: list[float] = []
        right: list[tuple[int, float]] = []
        while self.step < limit and not self.finished:
            progress = next(self._reports, None)
            if progress is None:
                self.finished = True
                break
            self.step, seconds = progress.step, progress.seconds
            losses.append(progress.loss)
            norms.append(progress.gradient_norm)
            if progress.accuracy is not None:
                right.append((progress.step, progress.accuracy))
            self.finished = progress.step >= self._steps or seconds >= self._seconds
            if time.monotonic() >= until:
                break
        report: Report = {
            "from": start, "to": self.step, "loss": losses, "norm": norms, "right": right,
            "finished": self.finished,
        }  # fmt: skip
        if seconds is not None:
            report["seconds"] = seconds
        return report

    def release(self) -> None:
        """Give back the memory of an update: 13 MB, of which sixty networks in turn need one share."""
        for space in self._spaces:
            space.release()

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """Raise InputError: there is no text that could be written."""
        raise InputError("A network of the recall task has no text to write; there is nothing to keep.")
