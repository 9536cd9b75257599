"""A training run on a series, a little at a time, with a test on steps that it does not learn from."""

import time
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.products import Workspace
from lstm.series.baselines import mean_loss
from lstm.series.own import OwnSeries
from lstm.series.regression import mean_squared_error
from lstm.series.streams import Chunk, stream
from lstm.series.training import predict_chunks, series_network, take_chunks, train_series

HIDDEN, BATCH = 24, 32
TEST_EVERY = 20  # updates
# Below this share of the variance of its targets, a task is learned.  Of an adding problem it is an error of
# 0.04, as in 1997; a sine's noise, which nobody can predict, is a share of 0.15.
LEARNED = {"spike": 0.1, "adding": 0.04, "sine": 0.2}
TEST_SEED = 1_000_000  # no training has it
TEST_STEPS, TEST_BATCH = 400, 32


@dataclass(frozen=True)
class SeriesNews:
    """What happened since the last report: losses and norms (n,) of updates, and tests (update, loss)."""

    losses: list[float]
    norms: list[float]
    tests: list[tuple[int, float]]
    pictures: list[tuple[int, Array]]


class SeriesRun:
    """A run: cell, its bias, sequence length, updates and seed decide it to the bit.

    task: a name of `lstm.series.streams.TASKS`; with `own`, that series instead.
    step: updates done; seconds of work; test_share: the last test loss, divided by the loss of predicting the
    mean.  The predictions of a test's first series are its picture.
    """

    def __init__(
        self, task: str, cell: str, bias: float, seq_length: int, updates: int, seed: int,
        own: OwnSeries | None = None, hidden_size: int = HIDDEN, batch_size: int = BATCH,
    ) -> None:  # fmt: skip
        training = own.stream(batch_size, seq_length) if own else stream(task, seed, batch_size)
        self._chunks = own.test_chunks() if own else test_chunks(task)
        self._targets = np.concatenate([chunk.targets for chunk in self._chunks])
        self._mean_loss = own.mean_loss() if own else mean_loss(self._targets)
        if not mean_loss(self._targets):
            raise InputError("The series does not change, so there is nothing to predict.")
        self._net = series_network(cell, training.inputs, hidden_size, bias, seed)
        self._spaces = Workspace(), Workspace()
        self._updates = train_series(self._net, training, seq_length, updates, space=self._spaces[0])
        self.step, self.steps, self.seconds = 0, updates, 0.0
        self.parameters = int(self._net.weights.flat.size)
        self.test_share = np.inf

    @property
    def finished(self) -> bool:
        """Whether all updates are done."""
        return self.step >= self.steps

    def advance(self, limit: int, until: float) -> SeriesNews:
        """Work up to update `limit` or until the clock (`time.monotonic`) says so; at least one update."""
        news = SeriesNews([], [], [], [])
        while self.step < min(limit, self.steps):
            progress = next(self._updates)
            self.step, self.seconds = progress.update, progress.seconds
            news.losses.append(progress.loss)
            news.norms.append(progress.gradient_norm)
            if self.step % TEST_EVERY == 0 or self.finished:
                loss, picture = self.test()
                news.tests.append((self.step, loss))
                news.pictures.append((self.step, picture))
            if time.monotonic() >= until:
                break
        return news

    def test(self) -> tuple[float, Array]:
        """Measure the test loss; return it with the predictions for the first series, (T,)."""
        with np.errstate(over="ignore", invalid="ignore"):
            predictions = predict_chunks(self._net, self._chunks, self._spaces[1])
            loss = mean_squared_error(predictions, self._targets)
        self.test_share = loss / self._mean_loss
        return loss, predictions[:, 0]

    def release(self) -> None:
        """Give back the memory of an update."""
        for space in self._spaces:
            space.release()


def test_chunks(task: str) -> list[Chunk]:
    """Return the steps on which a task is tested: always the same, of a seed that no training has."""
    return take_chunks(stream(task, TEST_SEED, TEST_BATCH), TEST_STEPS)
