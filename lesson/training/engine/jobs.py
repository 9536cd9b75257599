"""A run as the worker does it: a little at a time, with a report of what happened."""

import copy
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from lesson.training.engine.messages import BegunReport, Looks, Report
from lesson.training.engine.settings import SPEED, SYMBOLS, UPDATES, RunSettings
from lesson.training.engine.speed_benchmark import CASES, measure
from lstm.diagnosis.probes import examine, probe
from lstm.errors import InputError
from lstm.network import Network
from lstm.recall.experiment import train_recall
from lstm.sampling import walk
from lstm.storage.checkpoint import dump, read_bytes
from lstm.storage.history import History
from lstm.text import Vocabulary, split
from lstm.training import train

SAMPLE = 240  # characters
PROBED = 600  # characters of the text kept for validation
EXAMINED_AT = 10  # steps after which the network it began with is examined: by then it can be seen to run


def is_moment(step: int) -> bool:
    """Whether a sample is written and the gates are looked at after this step.

    It depends on the step alone: whoever repeats a run finds the same samples at the same places.
    """
    if step <= 50:
        return step in (0, 1, 2, 5, 10, 20, 35, 50)
    return step % (50 if step <= 1_000 else 200) == 0


class Work(Protocol):
    """What the worker does with a run."""

    @property
    def step(self) -> int:
        """Steps done."""

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to do."""

    def begin(self) -> BegunReport:
        """What is known before the first step."""

    def advance(self, limit: int, until: float) -> Report:
        """Work up to step `limit` or until the clock (`time.monotonic`) says so; at least one step."""

    def release(self) -> None:
        """Give back what memory can be taken again later."""

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """The run as a file.  Raises InputError if there is none."""


def work(settings: RunSettings, text: str, resume: bytes = b"") -> Work:
    """A run at its beginning, or where a checkpoint left it.  Raises InputError if it can't be done."""
    if settings.text == SPEED:
        return SpeedWork()
    return RecallWork(settings) if settings.recall else TextWork(settings, text, resume)


class TextWork:
    """A network that learns a text."""

    def __init__(self, settings: RunSettings, text: str, resume: bytes = b"") -> None:
        self.settings = settings
        self.vocabulary = Vocabulary.from_text(text)
        net = settings.network(len(self.vocabulary))
        state, self.history = None, History()
        if resume:
            net, state, self.history = _resumed(resume, settings, self.vocabulary)
        ids = self.vocabulary.encode(text)
        self.training = train(net, ids, resume=state, **vars(settings.training()))
        self.began = self.training.step
        self._ids = ids
        self._train, self._validation = split(ids, self.training.settings.validation_share)
        self._seconds = settings.amount if settings.budget == "seconds" else np.inf
        self._first = int(ids[0])
        self._untrained = copy.deepcopy(net)

    @property
    def step(self) -> int:
        """Steps done."""
        return self.training.step

    @property
    def finished(self) -> bool:
        """Whether the budget is used up."""
        return self.step >= self.training.steps or self.training.seconds >= self._seconds

    def begin(self) -> BegunReport:
        """What is known before the first step."""
        return {
            "steps": self.training.steps if np.isinf(self._seconds) else None,
            "began": self.began,
            "chunks": self.training.chunks,
            "vocabulary": list(self.vocabulary.chars),
            "parameters": int(self.training.net.weights.flat.size),
            "train_characters": len(self._train),
            "validation_characters": len(self._validation),
            "before": {name: column.tolist() for name, column in self.history.columns().items()},
            **self._look(),
        }

    def advance(self, limit: int, until: float) -> Report:
        """Work up to step `limit` or until the clock says so; at least one step."""
        start, examined = self.step, None
        losses: list[float] = []
        norms: list[float] = []
        validation: list[tuple[int, float]] = []
        samples: list[tuple[int, str]] = []
        probes: list[dict[str, float]] = []
        while self.step < limit and not self.finished:
            progress = next(self.training)
            self.history.append(progress)
            losses.append(progress.loss)
            norms.append(progress.gradient_norm)
            if progress.validation_loss is not None:
                validation.append((progress.step, progress.validation_loss))
            if is_moment(progress.step) or self.finished:
                looks = self._look()
                samples += looks["samples"]
                probes += looks["probes"]
            if progress.step - self.began == EXAMINED_AT:
                examined = self._examine()
            if time.monotonic() >= until:
                break
        report: Report = {
            "from": start, "to": self.step, "loss": losses, "norm": norms, "validation": validation,
            "samples": samples, "probes": probes, "seconds": self.training.seconds,
            "finished": self.finished,
        }  # fmt: skip
        if examined is not None:
            report["examined"] = examined
        return report

    def _look(self) -> Looks:
        """A sample of what it writes now, always with the same luck, and what its gates do."""
        net, settings = self.training.net, self.settings
        with np.errstate(all="ignore"):  # a network that diverged is looked at as well
            steps = walk(net, [self._first], length=SAMPLE, temperature=settings.temperature, seed=0)
            written = self.vocabulary.decode([step.index for step in steps])
            measured = probe(net, self._validation[:PROBED]) if len(self._validation) > 1 else {}
        probes = [{"step": self.step, **measured}] if measured else []
        return {"samples": [(self.step, written)], "probes": probes}

    def _examine(self) -> dict[str, float]:
        """What can be known of the network before its first step."""
        with np.errstate(all="ignore"):
            measures = examine(self._untrained, self._ids, self.training.settings)
        del self._untrained  # it has served
        return measures

    def release(self) -> None:
        """Give back the memory of a step."""
        self.training.release()

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """The run as a file that `train_minimal.py` generates from and goes on with."""
        return dump(
            self.training.net, self.vocabulary, self.training, history=self.history.columns(), notes=notes
        )


def _resumed(
    data: bytes, settings: RunSettings, vocabulary: Vocabulary
) -> tuple[Network, dict[str, NDArray[Any]], History]:
    """Network, state and history of a checkpoint, if it is one of this run's kind."""
    saved = read_bytes(data)
    net = saved.net
    if (net.kind, net.hidden_size) != (settings.cell, settings.hidden) or saved.vocabulary != vocabulary:
        raise InputError(
            "The checkpoint has another cell, size or vocabulary than this run; choose those it was made "
            "with."
        )
    if saved.training is None:
        raise InputError("The checkpoint holds no training to go on with, only a network.")
    return net, saved.training, History(saved.history)


class RecallWork:
    """A network that learns to name the first symbol after `seq` steps of noise."""

    def __init__(self, settings: RunSettings) -> None:
        self.settings, self.step, self.finished = settings, 0, False
        self._net = settings.network(0)
        steps = settings.amount * UPDATES if settings.budget == "epochs" else 10**6
        self._seconds = settings.amount if settings.budget == "seconds" else np.inf
        self._steps = steps
        self._reports = train_recall(
            self._net, settings.seq, steps, seed=settings.seed, symbols=SYMBOLS,
            batch_size=settings.batch, learning_rate=settings.rate, clip_norm=settings.clip_at,
        )  # fmt: skip

    def begin(self) -> BegunReport:
        """What is known before the first step."""
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
        """There is nothing large."""

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """There is no text that could be written."""
        raise InputError("A network of the recall task has no text to write; there is nothing to keep.")


class SpeedWork:
    """A measurement of speed: a case a step."""

    def __init__(self) -> None:
        self.step = 0

    @property
    def finished(self) -> bool:
        """Whether every case is measured."""
        return self.step >= len(CASES)

    def begin(self) -> BegunReport:
        """What is known before the first step."""
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
        """Nothing is kept between two cases."""

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """There is no network."""
        raise InputError("A measurement of speed trains no network; there is nothing to keep.")


Maker = Callable[[RunSettings, str, bytes], Work]
