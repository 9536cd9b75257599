"""A training whose batches are computed in parts: this process takes the first, others the rest."""

import os
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np

from lstm.arrays import Array, State
from lstm.errors import whole_number
from lstm.network import Network
from lstm.parallel.part import LocalPart, PartSizes, part_gradients
from lstm.parallel.remote_part import LostError, RemotePart
from lstm.products import Workspace
from lstm.training import Training
from lstm.training.step_gradients import StepInputs

# Numbers of a state, B · H, from which half of a batch takes less than two thirds of a whole one's time.
_WORTH_TWO = 2_048
_LOST = (
    "A process that computed a part of each batch has ended; the training goes on without it, more slowly."
)


def suitable_processes(net: Network, batch_size: int) -> int:
    """Return in how many processes a batch is computed fastest: 2 where two pay, else 1.

    Two pay on two processors or more, from a batch on whose state has 2,048 numbers: 32 sequences of 64
    hidden units, or 16 of 128.
    """
    large = batch_size > 1 and batch_size * net.hidden_size >= _WORTH_TWO
    return 2 if large and _processors() > 1 else 1


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class BatchParts(AbstractContextManager["BatchParts"]):
    """Computes the batches of a training in several processes at once, while it is open.

        with BatchParts(training, 2):
            for progress in training: ...

    The same number of processes gives the same numbers to the bit; another number adds them in another
    order.  A process that can't be started or that dies changes none: its part is computed here, and `say`
    gets a sentence.  After a step, the network's gates are those of the first part.
    Raises InputError unless there is a sequence for every process.
    """

    def __init__(
        self, training: Training, processes: int, say: Callable[[str], object] = warnings.warn
    ) -> None:
        B = training.settings.batch_size
        whole_number("processes", processes, 1, B)
        self._training, self._net, self._say = training, training.net, say
        ends = [B * k // processes for k in range(processes + 1)]
        self._sequences = [slice(start, end) for start, end in zip(ends[:-1], ends[1:], strict=True)]
        self._first_share, self._space = ends[1] / B, Workspace()
        # Of all parts but the first, which the network itself computes.
        counts = [rows.stop - rows.start for rows in self._sequences[1:]]
        sizes = [PartSizes.of(self._net, training.settings, count) for count in counts]
        self._parts: list[LocalPart | RemotePart] = [self._start(part) for part in sizes]
        self._alone = training.compute_gradients
        training.compute_gradients = self._compute_gradients

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the other processes; the training goes on alone."""
        self._training.compute_gradients = self._alone
        for part in self._parts:
            part.close()

    def _start(self, sizes: PartSizes) -> "LocalPart | RemotePart":
        try:
            return RemotePart(sizes)
        except OSError as error:
            self._say(f"No other process can help ({error.strerror}); the training is slower without.")
            return LocalPart(sizes)

    def _compute_gradients(self, step: StepInputs) -> tuple[float, State]:
        """Fill the network's gradients, raw; return the loss and the last state, as for the whole batch."""
        net, steps = self._net, [step.take(rows) for rows in self._sequences]
        for part, part_step in zip(self._parts, steps[1:], strict=True):
            part.begin(net, part_step)
        gradients = net.gradients.flat
        loss, last = part_gradients(net, steps[0], self._first_share, self._space, gradients)
        states = [last]
        for k, part_step in enumerate(steps[1:]):
            part_loss, last, part_of_gradients = self._finish(k, part_step)
            loss += part_loss
            states.append(last)
            gradients += part_of_gradients
        return loss, tuple(np.concatenate(parts, axis=-2) for parts in zip(*states, strict=True))

    def _finish(self, k: int, step: StepInputs) -> tuple[float, State, Array]:
        """Return loss, last state and gradients of a part; if its process is lost, compute it here."""
        try:
            return self._parts[k].finish()
        except LostError:
            self._say(_LOST)
            self._parts[k].close()
            part = self._parts[k] = LocalPart(self._parts[k].sizes)
            part.begin(self._net, step)
            return part.finish()
