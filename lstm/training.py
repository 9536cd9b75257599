"""Training: `train` yields a report after every step, and can be stopped and resumed exactly.

A text is cut into B stretches that are read side by side, T characters at a time; the gradient
flows back through those T steps only (truncated backpropagation through time), but the state is
carried on to the next chunk, so the network still sees its past.
"""

import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.errors import LARGEST_COUNT, InputError, whole_number
from lstm.network import Network
from lstm.optimisers import OPTIMISERS
from lstm.products import Workspace
from lstm.readout import softmax_cross_entropy
from lstm.settings import Settings
from lstm.text import check_indices, split, streams


@dataclass(frozen=True)
class Progress:
    """What one training step reports.

    step of steps, epoch of epochs (both from 1); loss and validation_loss in nats per character, the
    latter where it was measured; gradient_norm before clipping; characters read and seconds worked,
    both since the very beginning.
    """

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    validation_loss: float | None
    gradient_norm: float
    characters: int
    seconds: float


class Training(Iterator[Progress]):
    """One training run: an iterator of `Progress`, one step of the optimiser each.

    Attributes: net, settings, steps (of the whole run), step (done so far).  `state()` between two
    steps holds all that a later `train(..., resume=...)` needs to go on as if nothing had happened.
    """

    def __init__(self, net: Network, ids: Indices, settings: Settings) -> None:
        self.net, self.settings = net, settings
        ids = check_indices(ids, net.input_size, "characters of the text")
        self._train, self._validation = split(ids, settings.validation_share)
        stretch = (len(self._train) - 1) // settings.batch_size  # characters
        self.chunks = stretch // settings.seq_length  # per epoch
        if self.chunks < 1:
            need = settings.batch_size * settings.seq_length + 1
            raise InputError(
                f"The text is too short: {len(self._train):,} characters to train on, and a batch of "
                f"{settings.batch_size} with {settings.seq_length} steps needs {need:,}; "
                "use a longer text, a smaller batch or a shorter sequence."
            )
        self.steps = self.chunks * settings.epochs
        self.step = 0
        self.seconds = 0.0
        self._optimiser = OPTIMISERS[settings.optimiser](net.weights.flat.size, net.dtype)
        self._state: State = net.zero_state(settings.batch_size)
        self._space = Workspace()
        self._text: tuple[int, Indices] = (-1, ids)  # the epoch that is laid out, and its text

    def __next__(self) -> Progress:
        if self.step >= self.steps:
            raise StopIteration
        began = time.perf_counter()
        epoch, chunk = divmod(self.step, self.chunks)
        # Diverging runs are reported by their loss, not by warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            loss, norm = self._update(epoch, chunk)
            self.step += 1
            last_of_epoch = chunk == self.chunks - 1
            validation = self.validate() if last_of_epoch else None
        self.seconds += time.perf_counter() - began
        T, B = self.settings.seq_length, self.settings.batch_size
        return Progress(
            self.step, self.steps, epoch + 1, self.settings.epochs,
            loss, validation, norm, self.step * T * B, self.seconds,
        )  # fmt: skip

    def _update(self, epoch: int, chunk: int) -> tuple[float, float]:
        """One step: forward, backward, clip, optimise.  Loss per character, gradient norm."""
        settings, net = self.settings, self.net
        T = settings.seq_length
        if chunk == 0:
            # A new epoch jumps back to the beginning of every stretch: what the state remembers is
            # the end of another text.  Within an epoch the next chunk continues, and so does it.
            self._state = net.zero_state(settings.batch_size)
        inputs, targets = self.batch(epoch, chunk)
        net.space = self._space
        try:
            loss = net.forward(inputs, targets, *self._state)
            net.backward(clip=None)
            self._state = net.state
        finally:
            net.space = None
        gradients = net.gradients.flat
        gradients *= 1 / T  # of the loss per character, so that no setting depends on T
        norm = _length(gradients)
        if settings.clip_norm is not None and norm > settings.clip_norm:
            gradients *= settings.clip_norm / norm
        if settings.clip_value is not None:
            np.clip(gradients, -settings.clip_value, settings.clip_value, out=gradients)
        self._optimiser.step(net.weights.flat, gradients, settings.learning_rate * settings.decay**epoch)
        return loss / T, norm

    def batch(self, epoch: int, chunk: int) -> tuple[Indices, Indices]:
        """Return inputs and targets of one step, (T, B): every target is the character after its input."""
        text, T = self._epoch(epoch), self.settings.seq_length
        start = chunk * T
        return text[start : start + T], text[start + 1 : start + T + 1]

    def _epoch(self, epoch: int) -> Indices:
        """Return the text of an epoch, (length, B).

        What does not fill a chunk is left out at the beginning, by another number of characters in
        every epoch, so that all of the text is read and no chunk is always cut at the same place.
        """
        if self._text[0] != epoch:
            B, length = self.settings.batch_size, self.chunks * self.settings.seq_length
            spare = len(self._train) - 1 - length * B
            offset = int(np.random.default_rng([self.settings.seed, epoch]).integers(0, spare + 1))
            starts = offset + length * np.arange(B)
            # Each stretch with the character after it, the last target.
            self._text = epoch, self._train[starts + np.arange(length + 1)[:, None]]
        return self._text[1]

    def release(self) -> None:
        """Give back the memory that a step works in, until the next step takes it again."""
        self._space = Workspace()
        self.net.release()

    def validate(self) -> float | None:
        """Measure the loss on the validation text, nats per character; None if there is none."""
        return evaluate(self.net, self._validation) if len(self._validation) > 1 else None

    def state(self) -> dict[str, Array]:
        """Return everything a resumed run needs besides the weights and the text, as arrays by name."""
        carried = {f"carried_{n}": s.copy() for n, s in zip(self.net.cell.states, self._state, strict=True)}
        optimiser = {f"optimiser_{name}": value for name, value in self._optimiser.state().items()}
        done = {"step": np.array(self.step), "seconds": np.array(self.seconds), "text": self._fingerprint()}
        return done | carried | optimiser

    def restore(self, state: Mapping[str, Array]) -> None:
        """Continue from what `state` returned.

        Raises InputError unless text, validation share, optimiser, batch size, sequence length, seed and
        dtype are the same.  Epochs may grow; rates and clipping may change, and hold from here on.
        """
        prefix = "optimiser_"
        optimiser = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
        try:
            same = state["text"] == self._fingerprint() and optimiser.keys() == self._optimiser.state().keys()
            carried = tuple(state[f"carried_{name}"] for name in self.net.cell.states)
            if not same or any(
                (c.shape, c.dtype) != (s.shape, s.dtype) for c, s in zip(carried, self._state, strict=True)
            ):
                raise ValueError
            self._optimiser.restore(optimiser)
            self.step = whole_number("step", int(state["step"]), 0, LARGEST_COUNT)
            self.seconds = float(state["seconds"])
        except (KeyError, ValueError, TypeError, OverflowError) as error:
            raise InputError(
                "The saved training used another text, optimiser, batch size, sequence length, seed or "
                "dtype; give the same ones to go on, or start it anew."
            ) from error
        self._state = carried

    def _fingerprint(self) -> Array:
        """A number that tells one text cut into chunks from another."""
        settings = self.settings
        sizes = [settings.seq_length, settings.batch_size, len(self._validation), settings.seed]
        return np.array(zlib.crc32(np.concatenate([sizes, self._train]).astype(np.int64).tobytes()))


def _length(vector: Array) -> float:
    """The Euclidean norm, also where the squares outgrow float32 although the numbers don't."""
    with np.errstate(over="ignore"):
        length = float(np.sqrt(vector @ vector))
    largest = float(np.abs(vector).max()) if length == np.inf else 0.0
    if not 0 < largest < np.inf:
        return length
    shrunk = vector.astype(np.float64) / largest
    return largest * float(np.sqrt(shrunk @ shrunk))


def train(net: Network, ids: Indices, resume: Mapping[str, Array] | None = None, **settings: Any) -> Training:
    """Train a network on a text, in place; iterate over the result to do it.

    ids: the text's indices (T,), of which the last `validation_share` (0.1) is kept for validation,
    measured at the end of every epoch.  Settings and their defaults: epochs (10), seq_length (50
    steps), batch_size (32 sequences), learning_rate (0.001), decay (1: the learning rate's factor
    from each epoch to the next), optimiser ("adam" or "sgd"), clip_norm (5: the norm of the gradient
    per character is scaled down to it; None does not), clip_value (None: each number of the gradient
    is clipped to ±clip_value), seed (0).
    resume: what `Training.state` returned; with the weights of that moment the run goes on exactly.
    The same seeds give the same numbers to the bit on the same machine.
    Raises InputError if the text is too short or a setting impossible.
    """
    training = Training(net, ids, Settings(**settings))
    if resume is not None:
        training.restore(resume)
    return training


def evaluate(net: Network, ids: Indices) -> float:
    """Measure the loss of a network on a text (T,), in nats per character, without changing the network.

    Long texts are read as up to 32 stretches side by side, each of about 500 characters or more: the
    state starts at zero in each, which costs the first characters of it a little.
    Raises InputError for less than two characters.
    """
    ids = np.asarray(ids)
    if len(ids) < 2:
        raise InputError("A loss needs at least two characters: one to read and one to predict.")
    count = int(np.clip(len(ids) // 500, 1, 32))
    length = (len(ids) - 1) // count
    inputs = streams(ids[: length * count], count)
    targets = streams(ids[1 : length * count + 1], count)
    state, total = net.zero_state(count), 0.0
    for start in range(0, length, 200):  # a few steps at a time, to bound the memory
        reading = net.run(inputs[start : start + 200], state)
        state = reading.state
        loss, _ = softmax_cross_entropy(reading.logits, targets[start : start + 200])
        total += loss
    return total / length
