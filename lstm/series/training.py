"""Training on series: the state is carried from sequence to sequence, the gradient is not.

Each sequence is `seq_length` steps of every series.  So an error can teach the network only what lies in
the same sequence: truncated backpropagation through time.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.errors import LARGEST_SETTING, InputError, whole_number
from lstm.network import GRU, LSTM, RNN, Network
from lstm.optimisers import Adam
from lstm.products import Workspace
from lstm.series.regression import check_fit, mean_squared_error, predict, regression_gradients
from lstm.series.streams import Chunk, Stream
from lstm.training.clipping import clip

CELLS = ("lstm", "gru", "rnn")


@dataclass(frozen=True)
class SeriesProgress:
    """What one update reports.

    update (from 1); steps: read so far, of each series; loss: the mean squared error of the sequence, before
    the update; gradient_norm before clipping; seconds of processor time since the beginning.
    """

    update: int
    steps: int
    loss: float
    gradient_norm: float
    seconds: float


def series_network(cell: str, inputs: int, hidden_size: int, bias: float, seed: int) -> Network:
    """Make a new network that reads numbers and predicts one.

    cell: lstm, gru or rnn.  bias: b_f of an LSTM, whose input gates begin with b_i = −b_f, so that it lets
    in as little as it forgets, and b_z of a GRU, where this is so by itself (Tallec & Ollivier 2018: with
    b_f = ln n a unit keeps what it has for about n steps).  An RNN has no such bias.
    Raises InputError if there is no such cell.
    """
    if cell == "lstm":
        net: Network = LSTM(inputs, hidden_size, 1, seed=seed, forget_bias=bias)
        net.weights["bi"][:] = -bias
        return net
    if cell == "gru":
        return GRU(inputs, hidden_size, 1, seed=seed, keep_bias=bias)
    if cell == "rnn":
        return RNN(inputs, hidden_size, 1, seed=seed)
    raise InputError(f"There is no cell {cell!r}; choose one of {', '.join(CELLS)}.")


def train_series(
    net: Network,
    stream: Stream,
    seq_length: int,
    updates: int,
    *,
    learning_rate: float = 0.01,
    clip_norm: float = 1.0,
    space: Workspace | None = None,
) -> Iterator[SeriesProgress]:
    """Train a network on a stream with Adam, in place; yield a report after every update.

    A sequence in which nothing is asked is read, so that the state is right, but gives no update.
    space: the memory of an update, for whoever releases it between two reports.
    Raises InputError, before the first update, if the network or a number doesn't fit.
    """
    check_fit(net, stream.inputs)
    whole_number("seq_length", seq_length, 1, LARGEST_SETTING)
    whole_number("updates", updates, 1, LARGEST_SETTING)
    return _updates(net, stream, seq_length, updates, learning_rate, clip_norm, space or Workspace())


def _updates(
    net: Network, stream: Stream, seq_length: int, updates: int, rate: float, clip_norm: float,
    space: Workspace,
) -> Iterator[SeriesProgress]:  # fmt: skip
    adam = Adam(net.weights.flat.size, net.dtype)
    state, steps, seconds, update = net.zero_state(), 0, 0.0, 0
    while update < updates:
        began = time.process_time()
        chunk = stream.take(seq_length)
        steps += len(chunk.inputs)
        if chunk.is_new:
            state = net.zero_state(chunk.inputs.shape[1])
        if np.isnan(chunk.targets).all():
            _, state = predict(net, chunk.inputs, state, space)
            seconds += time.process_time() - began
            continue
        # A run that diverges is reported by its loss, not by warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            step = regression_gradients(net, chunk.inputs, chunk.targets, state, space)
            norm = clip(net.gradients.flat, clip_norm, None)
            adam.step(net.weights.flat, net.gradients.flat, rate)
        state, update = step.state, update + 1
        seconds += time.process_time() - began
        yield SeriesProgress(update, steps, step.loss, norm, seconds)


def predict_chunks(net: Network, chunks: Sequence[Chunk], space: Workspace | None = None) -> Array:
    """Predict along chunks that follow each other, the first from the zero state; (T, B) in all."""
    parts, state = [], None
    for chunk in chunks:
        part, state = predict(net, chunk.inputs, None if chunk.is_new else state, space)
        parts.append(part)
    return np.concatenate(parts)


def test_loss(net: Network, chunks: Sequence[Chunk], space: Workspace | None = None) -> float:
    """Measure the mean squared error on chunks that the network does not learn from."""
    targets = np.concatenate([chunk.targets for chunk in chunks])
    return mean_squared_error(predict_chunks(net, chunks, space), targets)


def take_chunks(stream: Stream, steps: int) -> list[Chunk]:
    """Take so many steps of a stream, in as many chunks as it has beginnings there."""
    chunks: list[Chunk] = []
    while (left := steps - sum(len(chunk.inputs) for chunk in chunks)) > 0:
        chunks.append(stream.take(left))
    return chunks
