"""`train` yields a report after every step of the optimiser, and can be stopped and resumed exactly.

A text is cut into B segments that are read side by side, T characters at a time; the gradient
flows back through those T steps only (truncated backpropagation through time), but the state is
carried on to the next chunk, so the network still sees its past.
"""

import copy
import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.errors import LARGEST_COUNT, InputError, whole_number
from lstm.network import Network
from lstm.optimisers import OPTIMISERS, shrink_weights
from lstm.products import Workspace
from lstm.settings import Settings
from lstm.text import check_text
from lstm.training.batches import TEXT, Batches
from lstm.training.best_epoch import BestEpoch
from lstm.training.clipping import clip
from lstm.training.dropout import dropout_masks
from lstm.training.evaluation import evaluate
from lstm.training.progress import Progress
from lstm.training.step_gradients import StepInputs, step_gradients


class Training(Iterator[Progress]):
    """One training run: an iterator of `Progress`, one step of the optimiser each.

    Attributes: net, settings, steps (of the whole run), step (done so far), chunks (steps per epoch),
    batches (the text as it is read).
    `net` always has the latest weights; `best_network()` returns those of the best epoch.  `state()` between
    two steps holds all that a later `train(..., resume=...)` needs to go on as if nothing had happened.
    """

    def __init__(self, net: Network, ids: Indices, settings: Settings) -> None:
        self.net, self.settings = net, settings
        ids = check_text(ids, net.input_size)
        self.batches = Batches(ids, settings)
        self.chunks = self.batches.chunks  # per epoch
        self.steps = self.chunks * settings.epochs
        self.step = 0
        self.seconds = 0.0
        self._optimiser = OPTIMISERS[settings.optimiser](net.weights.flat.size, net.dtype)
        self._state: State = net.zero_state(settings.batch_size)
        self._space = Workspace()
        # How a step's gradients are computed; `lstm.parallel` puts several processes here.
        self.compute_gradients = self._compute_gradients
        self._best: BestEpoch | None = None

    def __repr__(self) -> str:
        done = f"step {self.step:,} of {self.steps:,}"
        return f"Training: {done}; iterate over it to train: for progress in training: print(progress)"

    def __next__(self) -> Progress:
        if self.step >= self.steps or self.stop_reason:
            raise StopIteration
        began = time.perf_counter()
        epoch, chunk = divmod(self.step, self.chunks)
        # Diverging runs are reported by their loss, not by warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            loss, norm = self._update(epoch, chunk)
            self.step += 1
            last_of_epoch = chunk == self.chunks - 1
            validation = self._end_epoch(epoch + 1) if last_of_epoch else None
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
            # A new epoch jumps back to the beginning of every segment: what the state remembers is
            # the end of another text.  Within an epoch the next chunk continues, and so does the state.
            self._state = net.zero_state(settings.batch_size)
        step = StepInputs(*self.batch(epoch, chunk), self._state, self._draw_masks())
        loss, self._state = self.compute_gradients(step)
        gradients = net.gradients.flat
        gradients *= 1 / T  # of the loss per character, so that no setting depends on T
        norm = clip(gradients, settings.clip_norm, settings.clip_value)
        rate = self.learning_rate
        if settings.weight_decay:
            shrink_weights(net.weights, rate * settings.weight_decay)
        self._optimiser.step(net.weights.flat, gradients, rate)
        return loss / T, norm

    def _compute_gradients(self, step: StepInputs) -> tuple[float, State]:
        return step_gradients(self.net, step, self._space)

    def batch(self, epoch: int, chunk: int) -> tuple[Indices, Indices]:
        """Return inputs and targets of one step, (T, B): every target is the character after its input."""
        return self.batches.batch(epoch, chunk)

    def _draw_masks(self) -> tuple[Array, ...]:
        """Return this step's dropout masks, (T, B, H) for each layer; none without dropout."""
        settings, net = self.settings, self.net
        if not settings.dropout:
            return ()
        shape = settings.seq_length, settings.batch_size, net.hidden_size
        return dropout_masks(settings.dropout, shape, net.layers, settings.seed, self.step, net.dtype)

    @property
    def learning_rate(self) -> float:
        """The learning rate of the next step."""
        return self.settings.rate_at(self.step, self.chunks)

    # -- the best epoch --

    def _end_epoch(self, epoch: int) -> float | None:
        """Measure the validation loss and keep the weights if no epoch had a lower one."""
        validation = self.validate()
        # Not a NaN, which is below nothing.
        if validation is not None and validation < (self._best.loss if self._best else np.inf):
            self._best = BestEpoch(epoch, validation, self.net.weights.flat.copy())
        return validation

    @property
    def best_epoch(self) -> int | None:
        """The epoch, counted from 1, with the lowest validation loss; None if none was measured."""
        return self._best.epoch if self._best else None

    @property
    def best_loss(self) -> float | None:
        """The lowest validation loss, nats per character; None if none was measured."""
        return self._best.loss if self._best else None

    def best_network(self) -> Network:
        """Return a new network with the weights of the best epoch, or the latest if none was measured."""
        net = copy.deepcopy(self.net)
        if self._best:
            net.weights.flat[:] = self._best.weights
        return net

    @property
    def stop_reason(self) -> str | None:
        """Why the run ends before its last epoch, as a sentence; None while it may go on."""
        patience, best = self.settings.patience, self._best
        if patience is None or best is None:
            return None
        waited = self.step // self.chunks - best.epoch
        if waited < patience:
            return None
        return (
            f"No better validation loss for {waited} epoch{'s' if waited > 1 else ''}; "
            f"the best was {best.loss:.2f} at epoch {best.epoch}."
        )

    def release(self) -> None:
        """Give back the memory that a step works in, until the next step takes it again."""
        self._space = Workspace()
        self.net.release()
        self.batches.release()

    def validate(self) -> float | None:
        """Measure the loss on the validation text, nats per character; None if there is none."""
        validation = self.batches.validation
        return evaluate(self.net, validation) if len(validation) > 1 else None

    # -- stopping and going on --

    def state(self) -> dict[str, Array]:
        """Return everything a resumed run needs besides the text, as arrays by name.

        As long as no best epoch is known, it needs the network's weights as well; then they are in it.
        """
        carried = {f"carried_{n}": s.copy() for n, s in zip(self.net.cell.states, self._state, strict=True)}
        optimiser = {f"optimiser_{name}": value for name, value in self._optimiser.state().items()}
        done = {"step": np.array(self.step), "seconds": np.array(self.seconds)}
        return done | self.batches.fingerprints() | carried | optimiser | self._weights_state()

    def _weights_state(self) -> dict[str, Array]:
        """Return the latest weights and the best epoch's, nothing where no epoch is known to be best."""
        if self._best is None:
            return {}
        latest = {"weights": self.net.weights.flat.copy()}
        return latest | self._best.state()

    def restore(self, state: Mapping[str, Array]) -> None:
        """Continue from what `state` returned.

        Raises InputError, and changes no weight, unless text, order of its lines, validation share,
        optimiser, batch size, sequence length, seed and dtype are the same.  Everything else may change
        and holds from here on.
        """
        prefix = "optimiser_"
        optimiser = {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
        latest = self.net.weights.flat
        try:
            texts = self.batches.fingerprints().items()
            same = all(state[name] == number for name, number in texts if name == TEXT or name in state)
            same = same and optimiser.keys() == self._optimiser.state().keys()
            carried = tuple(state[f"carried_{name}"] for name in self.net.cell.states)
            weights = state.get("weights", latest)
            pairs = zip((*carried, weights), (*self._state, latest), strict=True)
            if not same or any((c.shape, c.dtype) != (s.shape, s.dtype) for c, s in pairs):
                raise ValueError
            step = whole_number("step", int(state["step"]), 0, LARGEST_COUNT)
            best = BestEpoch.from_state(state, latest, step // self.chunks)
            seconds = float(state["seconds"])
            self._optimiser.restore(optimiser)
        except (KeyError, ValueError, TypeError, OverflowError) as error:
            raise InputError(
                "The saved training used another text, optimiser, batch size, sequence length, seed or "
                "dtype; give the same ones to go on, or start it anew."
            ) from error
        self._state, self._best, self.step, self.seconds = carried, best, step, seconds
        latest[:] = weights


def train(net: Network, ids: Indices, resume: Mapping[str, Array] | None = None, **settings: Any) -> Training:
    """Train a network on a text, in place; iterate over the result to do it.

    ids: the text's indices (T,), of which the last `validation_share` (0.1) is kept for validation,
    measured at the end of every epoch.  resume: what `Training.state` returned; the run goes on exactly.
    Settings and their defaults:

    epochs (10), seq_length (50 steps), batch_size (32 sequences), seed (0): the same seeds give the same
        numbers to the bit on the same machine (np.random.seed has no effect).
    optimiser ("adam", or "sgd"), learning_rate (0.001): with Adam 0.001 to 0.005, with plain SGD 1 to 3, for
        the gradient is that of the loss per character; decay (1): its factor from each epoch to the next.
    schedule ("constant", "linear" or "cosine"): how the rate falls over all steps of the run, the last two
        to nearly 0; warm_up (0): in so many steps it first rises to its value.
    clip_norm (5): the norm of the gradient per character is scaled down to it; clip_value (None): each
        number of the gradient is limited to ±clip_value; None does not.
    weight_decay (0): each step the matrices lose this share of themselves, times the learning rate, as in
        PyTorch's AdamW; the biases do not, as they do there unless they are left out.
    dropout (0): this share of every layer's outputs is set to 0 on the way up, others each step;
        validation uses all.
    patience (None): the run ends after so many epochs without a better validation loss, and
        `Training.stop_reason` says so; `Training.best_network()` is the best epoch's in any case.
    line_end (None): the index of the character that ends a line, for lists: their lines are put in
        another order, by `seed`, before anything is kept for validation.

    Raises InputError if the text is too short, a setting impossible, or `resume` of another training.
    """
    training = Training(net, ids, Settings(**settings))
    if resume is not None:
        training.restore(resume)
    return training
