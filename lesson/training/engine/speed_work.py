"""A measurement of speed, as the worker does it: a case a step."""

import time

from lesson.training.engine.messages import BegunReport, Report
from lesson.training.engine.speed_benchmark import CASES, measure
from lstm.errors import InputError


class SpeedWork:
    """Every case of the measurement, one after the other."""

    def __init__(self) -> None:
        self.step = 0

    @property
    def finished(self) -> bool:
        """Whether every case is measured."""
        return self.step >= len(CASES)

    def begin(self) -> BegunReport:
        """Return what is known before the first step."""
        return {"steps": len(CASES), "began": 0, "chunks": len(CASES), "vocabulary": [], "parameters": 0}

    def advance(self, limit: int, until: float) -> Report:
        """Measure up to case `limit`, or until the clock says so; at least one case."""
        start, measured = self.step, []
        while self.step < limit and not self.finished:
            what, value = CASES[self.step]
            measured.append((what, value, measure(what, value)))
            self.step += 1
            if time.monotonic() >= until:
                break
        return {"from": start, "to": self.step, "speed": measured, "finished": self.finished}

    def release(self) -> None:
        """Do nothing: no memory is taken between two cases."""

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """Raise InputError: there is no network."""
        raise InputError("A measurement of speed trains no network; there is nothing to keep.")
