"""A run that learns a series of numbers, as the worker does it.

This room imports nothing of the engine, which imports it: its reports have the engine's form.
"""

import json
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.series.run import SeriesRun

UPDATES = 100  # in an "epoch" of the settings
ONE = 1000  # a prediction of 1, as it travels


class SeriesWork:
    """A network that learns a task of lstm.series, or a visitor's own series, in the form of a Work."""

    def __init__(self, run: SeriesRun) -> None:
        self._run = run

    @property
    def step(self) -> int:
        """Updates done."""
        return self._run.step

    @property
    def finished(self) -> bool:
        """Whether all updates are done."""
        return self._run.finished

    def begin(self) -> Any:
        """Return what is known before the first update, in the form of a BegunReport."""
        loss, picture = self._run.test()
        return {
            "steps": self._run.steps, "began": 0, "chunks": UPDATES, "vocabulary": [],
            "parameters": self._run.parameters, "validation": [(0, finite(loss))],
            "samples": [(0, packed_picture(picture))],
        }  # fmt: skip

    def advance(self, limit: int, until: float) -> Any:
        """Work up to update `limit` or until the clock says so; return the form of a Report.

        Tests are its validation losses, and the predictions of a test its samples.
        """
        start = self.step
        news = self._run.advance(limit, until)
        return {
            "from": start, "to": self.step, "loss": news.losses, "norm": news.norms,
            "validation": [(step, finite(loss)) for step, loss in news.tests],
            "samples": [(step, packed_picture(picture)) for step, picture in news.pictures],
            "seconds": self._run.seconds, "finished": self.finished,
        }  # fmt: skip

    def release(self) -> None:
        """Give back the memory of an update."""
        self._run.release()

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """Raise InputError: there is no text that could be written."""
        raise InputError("A network of a series has no text to write; there is nothing to keep.")


def finite(loss: float) -> float:
    """Return a loss, a very large one for what is no number: a picture has no other place for it."""
    return float(min(np.nan_to_num(loss, nan=1e9), 1e9))


def packed_picture(predictions: Array) -> str:
    """Return predictions (T,) in thousandths, as a text."""
    bounded = np.clip(np.nan_to_num(predictions, nan=0.0), -30, 30)
    return json.dumps(np.rint(ONE * bounded).astype(int).tolist(), separators=(",", ":"))
