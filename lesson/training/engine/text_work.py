"""A run that learns a text, as the worker does it: steps, losses, and now and then a look at the network."""

import copy
import time
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from lesson.training.engine.messages import BegunReport, Looks, Report
from lesson.training.engine.settings import RunSettings
from lstm.arrays import Indices
from lstm.diagnosis.probes import examine, probe
from lstm.errors import InputError
from lstm.network import Network
from lstm.sampling import walk
from lstm.storage.checkpoint import dump, read_bytes
from lstm.storage.history import History
from lstm.text import Vocabulary, split
from lstm.training import train

SAMPLE = 240  # characters
PROBED = 600  # characters of the text kept for validation
EXAMINED_AT = 10  # steps after which the network it began with is examined: by then it can be seen to run


def is_moment(step: int) -> bool:
    """Return whether a sample is written and the gates are looked at after this step.

    It depends on the step alone: whoever repeats a run finds the same samples at the same places.
    """
    if step <= 50:
        return step in (0, 1, 2, 5, 10, 20, 35, 50)
    return step % (50 if step <= 1_000 else 200) == 0


@dataclass(frozen=True)
class _Encoded:
    """A text's vocabulary and its indices, which runs of the same text share."""

    vocabulary: Vocabulary
    ids: Indices


_of_texts: WeakValueDictionary[str, _Encoded] = WeakValueDictionary()  # for as long as a run reads them


def _encoded(text: str) -> _Encoded:
    encoded = _of_texts.get(text)
    if encoded is None:
        vocabulary = Vocabulary.from_text(text)
        ids = vocabulary.encode(text)
        ids.setflags(write=False)
        encoded = _of_texts[text] = _Encoded(vocabulary, ids)
    return encoded


class TextWork:
    """A network that learns a text."""

    def __init__(self, settings: RunSettings, text: str, resume: bytes = b"") -> None:
        self.settings = settings
        self._encoded = _encoded(text)  # others share it for as long as somebody holds it
        self.vocabulary, ids = self._encoded.vocabulary, self._encoded.ids
        net = settings.network(len(self.vocabulary))
        state, self.history = None, History()
        if resume:
            net, state, self.history = _resumed(resume, settings, self.vocabulary)
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
        """Return what is known before the first step."""
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
        if self.finished and (best := self._best()):
            report["best"] = best
        return report

    def _best(self) -> tuple[int, float, str] | None:
        """Return the last step and the validation loss of the best epoch, and what its weights write."""
        epoch, loss = self.training.best_epoch, self.training.best_loss
        if epoch is None or loss is None:
            return None
        return epoch * self.training.chunks, loss, self._sample(self.training.best_network())

    def _look(self) -> Looks:
        """Return a sample of what it writes now, always from the same seed, and what its gates do."""
        net = self.training.net
        with np.errstate(all="ignore"):  # a network that diverged is looked at as well
            written = self._sample(net)
            measured = probe(net, self._validation[:PROBED]) if len(self._validation) > 1 else {}
        probes = [{"step": self.step, **measured}] if measured else []
        return {"samples": [(self.step, written)], "probes": probes}

    def _sample(self, net: Network) -> str:
        steps = walk(net, [self._first], length=SAMPLE, temperature=self.settings.temperature, seed=0)
        return self.vocabulary.decode([step.index for step in steps])

    def _examine(self) -> dict[str, float]:
        """Measure what can be known of the network before its first step."""
        with np.errstate(all="ignore"):
            measures = examine(self._untrained, self._ids, self.training.settings)
        del self._untrained  # it has served
        return measures

    def release(self) -> None:
        """Give back the memory of a step."""
        self.training.release()

    def checkpoint(self, notes: dict[str, str]) -> bytes:
        """Return the run as a file that `train_minimal.py` generates from and goes on with."""
        return dump(
            self.training.net, self.vocabulary, self.training, history=self.history.columns(), notes=notes
        )


def _resumed(
    data: bytes, settings: RunSettings, vocabulary: Vocabulary
) -> tuple[Network, dict[str, NDArray[Any]], History]:
    """Network, state and history of a checkpoint, if it is one of this run's kind."""
    saved = read_bytes(data)
    net = saved.net
    sizes = net.kind, net.hidden_size, net.layers
    if sizes != (settings.cell, settings.hidden, 1) or saved.vocabulary != vocabulary:
        raise InputError(
            "The checkpoint has another cell, size or vocabulary than this run; choose those it was made "
            "with."
        )
    if saved.training is None:
        raise InputError("The checkpoint holds only a network, not the state of a training that could go on.")
    return net, saved.training, History(saved.history)
