"""Training on the recall task: how far back a network can learn to look.

The symbol at the beginning is asked for after `gap` steps of noise, which are the same symbols, drawn at
random (after Hochreiter & Schmidhuber
1997, task 2), so the gradient that teaches the network to keep it has come back over all of those steps.  The
forget gate is that of Gers et al. 2000; that its bias decides was shown by Jozefowicz et al. 2015.

Letters: T steps, B sequences, H hidden units, V symbols with the question mark.
"""

import numbers
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from lstm.errors import LARGEST_SEED, LARGEST_SETTING, InputError, whole_number
from lstm.network import GRU, LSTM, RNN, Network
from lstm.optimisers import Adam
from lstm.products import Workspace
from lstm.readout import softmax_cross_entropy, softmax_minus_one_hot
from lstm.recall.task import Recall, recall, recall_size

Schedule = Callable[[int], int]  # from the step, 1, 2, …, to the gap
Draw = Callable[[int], Recall]  # from a gap to a fresh batch

HIDDEN_SIZE = 32
# Networks to compare, by the names under which results are kept.
ROWS: dict[str, Callable[..., Network]] = {
    "RNN": RNN,
    "GRU": GRU,
    "GRU, b_z = 3": partial(GRU, keep_bias=3),
    "LSTM, b_f = 0": partial(LSTM, forget_bias=0),
    "LSTM, b_f = 1": partial(LSTM, forget_bias=1),
    "LSTM, b_f = 3": partial(LSTM, forget_bias=3),
}
_LARGEST_GAP, _MOST_SYMBOLS = 10_000, 10_000
_SIDE_BY_SIDE = 256  # sequences that are judged at once, to bound the memory
ENOUGH = 0.99  # right answers, as a share: training stops where it is reached twice in a row
_TRAINING, _TESTING, _JUDGING = range(3)  # each draws its own sequences from a seed


@dataclass(frozen=True)
class RecallProgress:
    """What one update reports.

    step of steps (from 1); gap, the steps of noise of this batch; loss in nats, of the one answer
    asked for; gradient_norm before clipping; accuracy on a fresh batch of the same gap, a share, None
    where it was not measured; seconds worked since the beginning.
    """

    step: int
    steps: int
    gap: int
    loss: float
    gradient_norm: float
    accuracy: float | None
    seconds: float


def recall_network(row: str, seed: int, hidden_size: int = HIDDEN_SIZE, symbols: int = 8) -> Network:
    """Make a new network of one of the ROWS.  Raises InputError if there is no such row."""
    if row not in ROWS:
        raise InputError(f"There is no network {row!r}; choose one of {'; '.join(ROWS)}.")
    size = recall_size(symbols)
    return ROWS[row](size, hidden_size, size, seed=seed)


def curriculum(first: int = 5, last: int = 100, updates: int = 1_000) -> Schedule:
    """Return a schedule for `train_recall`: the gap grows evenly from first to last, then it stays there."""
    first, last = (whole_number("gap", gap, 0, _LARGEST_GAP) for gap in (first, last))
    updates = whole_number("updates", updates, 2, LARGEST_SETTING)
    return lambda step: round(first + (last - first) * min(1, (step - 1) / (updates - 1)))


def train_recall(
    net: Network,
    gap: int | Schedule,
    steps: int = 2_000,
    *,
    seed: int = 0,
    symbols: int = 8,
    batch_size: int = 64,
    learning_rate: float = 0.003,
    clip_norm: float = 1.0,
    measure_every: int = 20,
    test_size: int = 256,
    spaces: tuple[Workspace, Workspace] | None = None,
) -> Iterator[RecallProgress]:
    """Train a network on the recall task with Adam, in place; yield a report after every update.

    gap: steps of noise, or a function from the step (1, 2, …) to them, such as `curriculum()`.  The
    accuracy is measured every `measure_every` updates, on `test_size` fresh sequences.  Training ends
    after `steps` updates, or when 99 % are right twice in a row at the schedule's last gap; whoever
    has seen enough stops earlier.  The same seed gives the same reports to the bit, seconds excepted.
    spaces: the memory of updates and of measurements, for whoever releases it between two reports.
    Raises InputError, before the first update, if an argument is impossible.
    """
    steps, batch_size, measure_every, test_size = (
        whole_number(name, value, 1, LARGEST_SETTING)
        for name, value in (
            ("steps", steps), ("batch_size", batch_size),
            ("measure_every", measure_every), ("test_size", test_size),
        )
    )  # fmt: skip
    for name, value in (("learning_rate", learning_rate), ("clip_norm", clip_norm)):
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < LARGEST_SETTING:
            raise InputError(f"{name} must be above 0 (and below a million), not {value!r}.")
    schedule = gap if callable(gap) else partial(_always, whole_number("gap", gap, 0, _LARGEST_GAP))
    _check_fit(net, symbols)
    space, test_space = spaces or (Workspace(), Workspace())
    update = _Update(net, learning_rate, clip_norm, space)
    training, testing = _generator(seed, _TRAINING), _generator(seed, _TESTING)
    draw = partial(recall, training, batch_size, symbols=symbols)
    draw_test = partial(recall, testing, test_size, symbols=symbols)
    return _reports(update, schedule, steps, draw, draw_test, measure_every, test_space)


def _reports(
    update: "_Update", schedule: Schedule, steps: int, draw: Draw, draw_test: Draw, every: int,
    space: Workspace,
) -> Iterator[RecallProgress]:  # fmt: skip
    """Train for `train_recall`, whose arguments are checked before the first report is asked for."""
    seconds, passed = 0.0, False
    for step in range(1, steps + 1):
        began = time.perf_counter()
        gap = schedule(step)
        loss, norm = update(draw(gap))
        accuracy = None
        if step % every == 0 or step == steps:
            accuracy = _share_right(update.net, draw_test(gap), space)
        seconds += time.perf_counter() - began
        yield RecallProgress(step, steps, gap, loss, norm, accuracy, seconds)
        if accuracy is not None:
            passed_before, passed = passed, accuracy >= ENOUGH
            if passed and passed_before and gap == schedule(steps):
                return


class _Update:
    """One update after the other: forward, backward from the last step alone, clip, Adam."""

    def __init__(self, net: Network, learning_rate: float, clip_norm: float, space: Workspace) -> None:
        self.net, self._rate, self._clip_norm = net, learning_rate, clip_norm
        self._adam = Adam(net.weights.flat.size, net.dtype)
        self._space = space

    def __call__(self, batch: Recall) -> tuple[float, float]:
        """Update the network; return the loss in nats and the gradient's norm before clipping."""
        # Diverging runs are reported by their loss, not by warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            loss = recall_gradients(self.net, batch, self._space)
            gradients = self.net.gradients.flat
            norm = float(np.sqrt(gradients @ gradients))
            if norm > self._clip_norm:
                gradients *= self._clip_norm / norm
            self._adam.step(self.net.weights.flat, gradients, self._rate)
        return loss, norm


def recall_gradients(net: Network, batch: Recall, space: Workspace | None = None) -> float:
    """Fill `net.gradients`, raw, and return the loss in nats, mean over sequences.

    The same as `net.forward(*batch)` and `net.backward(clip=None)`, but with the readout (V, H) at
    the last step only, since nothing is asked at the others: the error enters as dL/dh of that step.
    """
    space = space or Workspace()
    gradients, cell = net.gradients, net.cell
    T, B = batch.inputs.shape
    trace = cell.forward(batch.inputs, net.zero_state(B), space)
    h = trace.h[-1]  # (B, H)
    logits = (h @ net.Wy.T + net.by)[None]  # (1, B, V)
    loss, probabilities = softmax_cross_entropy(logits, batch.targets[-1:], space)
    (d_logits,) = softmax_minus_one_hot(probabilities, batch.targets[-1:], space)  # (B, V)
    np.matmul(d_logits.T, h, out=gradients["Wy"])
    d_logits.sum(axis=0, out=gradients["by"])
    d_last = net.zero_state(B)  # for the LSTM, at C
    at_h = d_last[0] if net.layers == 1 else d_last[0][-1]  # the readout reads the last layer's
    np.matmul(d_logits, net.Wy, out=at_h)
    none = np.broadcast_to(net.dtype.type(0), (T, B, net.hidden_size))
    dz, _ = cell.backward(trace, none, d_last, space)
    cell.weight_gradients(trace, dz, *(gradients[name] for name in net.stored_names()), space=space)
    return loss


def recall_accuracy(net: Network, gap: int, seed: int, count: int = 1_024, symbols: int = 8) -> float:
    """Measure the share of right answers on `count` sequences that no training with this seed has seen."""
    count, gap = whole_number("count", count, 1, LARGEST_SETTING), whole_number("gap", gap, 0, _LARGEST_GAP)
    _check_fit(net, symbols)
    rng, space, right = _generator(seed, _JUDGING), Workspace(), 0.0
    for start in range(0, count, _SIDE_BY_SIDE):
        size = min(_SIDE_BY_SIDE, count - start)
        right += size * _share_right(net, recall(rng, size, gap, symbols), space)
    return right / count


def _share_right(net: Network, batch: Recall, space: Workspace) -> float:
    """Return the share of a batch's questions that the network answers; write nothing into it."""
    B = batch.inputs.shape[1]
    h = net.cell.forward(batch.inputs, net.zero_state(B), space).h[-1]  # (B, H)
    return float(((h @ net.Wy.T + net.by).argmax(axis=1) == batch.targets[-1]).mean())


def _check_fit(net: Network, symbols: int) -> None:
    size = recall_size(whole_number("symbols", symbols, 2, _MOST_SYMBOLS))
    if (net.input_size, net.output_size) != (size, size):
        raise InputError(
            f"To recall one of {symbols} symbols a network needs {size} inputs and outputs, "
            f"not {net.input_size} and {net.output_size}."
        )


def _generator(seed: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([whole_number("seed", seed, 0, LARGEST_SEED), purpose])


def _always(gap: int, step: int) -> int:
    return gap
