"""What is known of a run: every step's numbers, and what was looked at on the way."""

import threading
from array import array
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from lesson.training.engine.messages import BegunReport, Looks, Report
from lesson.training.engine.settings import RunSettings, digest
from lstm.diagnosis.observation import Observed

T = TypeVar("T")
_RECENT = 3.0  # seconds over which the pace is measured


class Begun(NamedTuple):
    """What a run says of itself before its first step.

    steps: of the whole run, None if it is bounded by time; began: the step it began with, 0 unless it
    goes on with a checkpoint; chunks: steps of an epoch; vocabulary: its characters; before: the history
    of a checkpoint it goes on with, columns by name.
    """

    steps: int | None
    began: int
    chunks: int
    vocabulary: list[str]
    parameters: int
    train_characters: int = 0
    validation_characters: int = 0
    before: Mapping[str, list[float]] = {}


class Best(NamedTuple):
    """The best epoch of a run that has ended: its last step, its validation loss, what its weights write."""

    step: int
    loss: float
    sample: str


@dataclass(frozen=True)
class RunHistory:
    """The history of a run up to a step: loss and gradient_norm (n,) of the steps `step`, validation (m,)."""

    step: NDArray[np.int_]
    loss: NDArray[np.float64]
    gradient_norm: NDArray[np.float64]
    validation_step: NDArray[np.int_]
    validation_loss: NDArray[np.float64]
    right: list[tuple[int, float]]
    sample: tuple[int, str] | None
    probes: list[dict[str, float]]


class Recording:
    """One run's numbers, shared by everybody who looks at it.  Safe to read from any thread.

    head: the newest step; seconds: of work, up to there; finished, error: how it ended, if it did; computed:
    how far the worker is, less than head while it computes again what is known.
    """

    def __init__(self, settings: RunSettings, text: str, resume: bytes = b"") -> None:
        self.settings, self.text, self.resume = settings, text, resume
        self._id = digest(settings.key)
        self.begun: Begun | None = None
        self.seconds, self.finished, self.error = 0.0, False, ""
        self.examined: dict[str, float] = {}
        self.best: Best | None = None
        self._head = self.computed = 0
        self._loss, self._norm = array("d"), array("d")
        self._speed: list[tuple[str, int, float]] = []
        self._validation: list[tuple[int, float]] = []
        self._right: list[tuple[int, float]] = []
        self._samples: list[tuple[int, str]] = []
        self._probes: list[dict[str, float]] = []
        self._pace: deque[tuple[float, int, float]] = deque(maxlen=200)  # when it was heard of: head, seconds
        self._news = threading.Condition()

    @property
    def id(self) -> str:
        """Its name in addresses: runs with equal settings have equal numbers, and one name."""
        return self._id

    @property
    def head(self) -> int:
        """The newest step."""
        return self._head

    @property
    def steps(self) -> int | None:
        """Steps of the whole run; None if a time bounds it and it has not ended."""
        if self.finished or not self.begun:
            return self.head
        return self.begun.steps

    @property
    def vocabulary_size(self) -> int:
        """How many characters it chooses from."""
        return len(self.begun.vocabulary) if self.begun else 0

    def begin(self, report: BegunReport) -> None:
        """Take over what the run says of itself before its first step."""
        with self._news:
            self.begun = Begun(
                report["steps"], report["began"], report["chunks"], report["vocabulary"],
                report["parameters"], report.get("train_characters", 0),
                report.get("validation_characters", 0), report.get("before", {}),
            )  # fmt: skip
            self.computed = self.begun.began
            self._head = max(self._head, self.computed)
            self._add_looks(report)
            self._news.notify_all()

    def add(self, report: Report, now: float) -> None:
        """Add what happened since the last report.

        Steps that are known already (the worker had to begin again) are left out: they are the same.
        """
        with self._news:
            overlap = max(0, self._head - report["from"])
            self._loss.extend(report.get("loss", [])[overlap:])
            self._norm.extend(report.get("norm", [])[overlap:])
            self._speed.extend((what, value, pace) for what, value, pace in report.get("speed", [])[overlap:])
            self.computed = report["to"]
            self._head = max(self._head, self.computed)
            self._add_looks(report)
            self.seconds = max(self.seconds, report.get("seconds", 0.0))
            self.finished = report["finished"]
            self.examined = report.get("examined", self.examined)
            if "best" in report:
                self.best = Best(*report["best"])
            self._pace.append((now, self.head, self.seconds))
            self._news.notify_all()

    def _add_looks(self, looks: Looks) -> None:
        """Add samples and measurements of some steps that are new.  JSON has lists for pairs."""
        _extend(self._validation, looks.get("validation", ()))
        _extend(self._right, looks.get("right", ()))
        _extend(self._samples, looks.get("samples", ()))
        probes = self._probes
        probes += [p for p in looks.get("probes", ()) if not probes or p["step"] > probes[-1]["step"]]

    def fail(self, error: str) -> None:
        """Take note that the run has failed, and why."""
        with self._news:
            self.error = error
            self._news.notify_all()

    def wait(self, step: int, seconds: float) -> bool:
        """Wait until this step is known or the run has ended; False if that took longer."""
        with self._news:
            return self._news.wait_for(
                lambda: bool(self.error) or self.finished or self.head >= step, seconds
            )

    def pace(self, now: float) -> float:
        """Return the steps a second of late, by the clock.

        Runs take turns, so this is less than what `seconds` of work would say.
        """
        return self._lately(now, 1)

    def pace_now(self) -> float:
        """Return the steps a second of late; 0 of a run that stands."""
        return self.pace(self._pace[-1][0]) if self._pace else 0.0

    def share(self, now: float) -> float:
        """Return the seconds of work a second of late."""
        return self._lately(now, 2)

    def _lately(self, now: float, column: int) -> float:
        with self._news:
            recent = [row for row in self._pace if now - row[0] < _RECENT]
        if len(recent) < 2 or recent[-1][0] <= recent[0][0]:
            return 0.0
        return (recent[-1][column] - recent[0][column]) / (recent[-1][0] - recent[0][0])

    @property
    def characters_per_second(self) -> float:
        """Characters read in a second of work, up to the newest step; 0 before there is one."""
        done = self._head - (self.begun.began if self.begun else 0)
        return done * self.settings.seq * self.settings.batch / self.seconds if self.seconds else 0.0

    def speed(self) -> list[tuple[str, int, float]]:
        """Return, of a measurement of speed, what was changed, to what, and characters a second."""
        with self._news:
            return list(self._speed)

    def up_to(self, cursor: int) -> RunHistory:
        """Return copies of everything known up to a step, and nothing of what came later."""
        with self._news:
            began = self.begun.began if self.begun else 0
            count = max(0, min(cursor, self.head) - began)
            validation = [row for row in self._validation if row[0] <= cursor]
            return RunHistory(
                np.arange(began + 1, began + count + 1),
                np.array(self._loss[:count]),
                np.array(self._norm[:count]),
                np.array([step for step, _ in validation], int),
                np.array([loss for _, loss in validation], float),
                [row for row in self._right if row[0] <= cursor],
                next((row for row in reversed(self._samples) if row[0] <= cursor), None),
                [probe for probe in self._probes if probe["step"] <= cursor],
            )

    def samples(self, after: int) -> list[tuple[int, str]]:
        """Return what it wrote at the steps after this one."""
        with self._news:
            return [row for row in self._samples if row[0] > after]

    def observed(self, cursor: int) -> Observed:
        """Return the history up to a step as the doctor takes it, of a run that has begun."""
        history, begun, settings = self.up_to(cursor), self.begun, self.settings
        assert begun is not None
        return Observed(
            settings.cell, settings.hidden, self.vocabulary_size, settings.training(), begun.chunks,
            begun.train_characters, begun.validation_characters, history.loss, history.gradient_norm,
            history.validation_step, history.validation_loss, history.probes, self.examined, begun.began,
        )  # fmt: skip


def _extend(rows: list[tuple[int, T]], more: Iterable[tuple[int, T]]) -> None:
    """Add (step, what) of later steps than those that are there."""
    last = rows[-1][0] if rows else -1
    rows += [(step, what) for step, what in more if step > last]
