"""A run as the worker does it: a little at a time, with a report of what happened."""

from collections.abc import Callable
from typing import Protocol

from lesson.training.engine.messages import BegunReport, Report
from lesson.training.engine.recall_work import RecallWork
from lesson.training.engine.series.work import UPDATES, SeriesWork
from lesson.training.engine.settings import SPEED, RunSettings
from lesson.training.engine.speed_work import SpeedWork
from lesson.training.engine.text_work import TextWork
from lstm.series.own import read_series
from lstm.series.run import SeriesRun


class Work(Protocol):
    """What the worker does with a run."""

    @property
    def step(self) -> int:
        """Steps done."""

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do."""

    def begin(self) -> BegunReport:
        """Return what is known before the first step."""

    def advance(self, limit: int, until: float) -> Report:
        """Work up to step `limit` or until the clock (`time.monotonic`) says so; at least one step."""

    def release(self) -> None:
        """Give back what memory can be taken again later."""

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """Return the run as a file.  Raises InputError if there is none."""


def work(settings: RunSettings, text: str, resume: bytes = b"") -> Work:
    """Return a run at its beginning, or where a checkpoint left it.

    Raises InputError if it can't be done.
    """
    if settings.text == SPEED:
        return SpeedWork()
    if settings.series:
        return SeriesWork(_series_run(settings, text))
    return RecallWork(settings) if settings.recall else TextWork(settings, text, resume)


def _series_run(settings: RunSettings, text: str) -> SeriesRun:
    """Begin a run of a series; text: the numbers of a visitor's own one, a line each."""
    own = read_series(text.encode(), "The series") if settings.series == "own" else None
    return SeriesRun(
        settings.series, settings.cell, settings.bias, settings.seq, settings.amount * UPDATES, settings.seed,
        own, settings.hidden, settings.batch,
    )  # fmt: skip


Maker = Callable[[RunSettings, str, bytes], Work]
