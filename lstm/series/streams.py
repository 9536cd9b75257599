"""Series without an end, cut into pieces: whoever takes 10 steps fifteen times has the same as with 150.

Letters: T steps, B series side by side, D inputs.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

from lstm.arrays import Array, Indices
from lstm.errors import LARGEST_SEED, LARGEST_SETTING, InputError, whole_number

PERIOD, SINE_NOISE = 25, 0.3  # of the sine: steps of a period, and the noise's standard deviation
GAP = 100  # steps between a spike and the question for it
SPIKE_NOISE, SMALLEST_SPIKE = 0.3, 0.5  # the noise's largest size; spikes have a size of 0.5 to 1
_WAITS = (5, 30)  # steps between a question and the next spike
PAIRS = 100  # of one adding problem
CORRECT = 0.04  # an adding problem is solved if the error is smaller (Hochreiter & Schmidhuber 1997)


class Chunk(NamedTuple):
    """Inputs (T, B, D), and what is to be predicted at each step, (T, B), NaN where nothing is.

    is_new: whether something new begins with it, so that the state before it is zero.
    """

    inputs: Array
    targets: Array
    is_new: bool = False


class Stream(Protocol):
    """B series side by side; inputs: how many numbers a step has."""

    inputs: int

    def take(self, steps: int) -> Chunk:
        """Return the next steps, fewer where something new begins before that."""


class SineStream:
    """A sine with noise; the next value is to be predicted.  Each series has a phase of its own."""

    inputs = 1

    def __init__(self, seed: int, batch_size: int) -> None:
        rng = _generators(seed, 2)
        self._phase, self._rng = rng[0].uniform(0, 2 * np.pi, batch_size), rng[1]
        self._step = 0
        self._next = self._values(1)

    def _values(self, steps: int) -> Array:
        """Draw the values of the next steps, (steps, B)."""
        t = np.arange(self._step, self._step + steps)[:, None]
        self._step += steps
        noise = SINE_NOISE * self._rng.standard_normal((steps, len(self._phase)))
        values: Array = np.sin(2 * np.pi * t / PERIOD + self._phase) + noise
        return values

    def take(self, steps: int) -> Chunk:
        """Return the next steps."""
        values = np.concatenate([self._next, self._values(steps)])
        self._next = values[-1:]
        return Chunk(values[:-1, :, None], values[1:], self._step == steps + 1)


class SpikeStream:
    """Noise with a spike now and then; 100 steps after it, its value is asked for.

    Two inputs: the series, and a mark that is 1 at a spike, −1 at a question and 0 elsewhere.  After a
    question it takes 5 to 30 steps until the next spike.  The first spike comes in the first 130 steps, so
    the series side by side ask at different times.
    """

    inputs = 2

    def __init__(self, seed: int, batch_size: int, gap: int = GAP) -> None:
        self._noise, self._rng = _generators(seed, 2)
        self._gap, self._B = whole_number("gap", gap, 1, LARGEST_SETTING), batch_size
        self._step = 0
        self._waits = [self._rng.integers(0, self._gap + _WAITS[1], batch_size)]  # of each event, (B,)
        self._heights = [self._draw_heights()]
        self._event = np.zeros(batch_size, int)  # which one each series waits for
        self._spike = self._waits[0].copy()  # the step of it

    def _draw_heights(self) -> Array:
        size = self._rng.uniform(SMALLEST_SPIKE, 1, self._B)
        heights: Array = self._rng.choice([-1.0, 1.0], self._B) * size
        return heights

    def take(self, steps: int) -> Chunk:
        """Return the next steps."""
        start, end = self._step, self._step + steps
        self._step = end
        inputs = np.zeros((steps, self._B, 2))
        inputs[..., 0] = self._noise.uniform(-SPIKE_NOISE, SPIKE_NOISE, (steps, self._B))
        targets = np.full((steps, self._B), np.nan)
        while True:
            height = np.stack(self._heights)[self._event, np.arange(self._B)]
            question = self._spike + self._gap
            here = np.flatnonzero((self._spike >= start) & (self._spike < end))
            inputs[self._spike[here] - start, here] = np.stack([height[here], np.ones(len(here))], axis=1)
            here = np.flatnonzero((question >= start) & (question < end))
            inputs[question[here] - start, here, 1] = -1
            targets[question[here] - start, here] = height[here]
            if not len(over := np.flatnonzero(question < end)):
                return Chunk(inputs, targets, start == 0)
            self._go_on(over, question)

    def _go_on(self, over: Indices, question: Indices) -> None:
        """Let these series wait for their next spike."""
        self._event[over] += 1
        while len(self._waits) <= self._event.max():
            self._waits.append(self._rng.integers(_WAITS[0], _WAITS[1] + 1, self._B))
            self._heights.append(self._draw_heights())
        self._spike[over] = question[over] + np.stack(self._waits)[self._event[over], over]


class AddingStream:
    """The adding problem of Hochreiter & Schmidhuber 1997, task 4: one after the other, each from zero.

    Two inputs: a value from −1 to 1, and a mark.  The mark is 1 for two pairs, one of the first ten, and
    one of the first T/2 − 1 that are left; −1 for the first and the last pair; 0 elsewhere.  (If the first
    pair is marked 1, its value is 0.)  At the last pair 0.5 + (X₁ + X₂) / 4 is asked for, X₁ and X₂ the
    values of the two pairs.  There T varied by a tenth; here all have `pairs` pairs.
    """

    inputs = 2

    def __init__(self, seed: int, batch_size: int, pairs: int = PAIRS) -> None:
        (self._rng,) = _generators(seed, 1)
        self._T, self._B = whole_number("pairs", pairs, 24, LARGEST_SETTING), batch_size
        self._at = self._T
        self._problem: tuple[Array, Array] = np.zeros((0, batch_size, 2)), np.zeros((0, batch_size))

    def _draw(self) -> tuple[Array, Array]:
        rng, T, B = self._rng, self._T, self._B
        values, marks = rng.uniform(-1, 1, (T, B)), np.zeros((T, B))
        first = rng.integers(0, 10, B)
        second = rng.integers(0, T // 2 - 2, B)
        second += second >= first  # one of those that are left
        each = np.arange(B)
        marks[0] = marks[-1] = -1
        marks[first, each] = marks[second, each] = 1
        values[0, (first == 0) | (second == 0)] = 0
        targets = np.full((T, B), np.nan)
        targets[-1] = 0.5 + (values[first, each] + values[second, each]) / 4
        return np.stack([values, marks], axis=-1), targets

    def take(self, steps: int) -> Chunk:
        """Return the next steps of a problem; a problem ends with its last pair."""
        if is_new := self._at >= self._T:
            self._problem, self._at = self._draw(), 0
        part = slice(self._at, self._at + steps)
        self._at += steps
        return Chunk(self._problem[0][part], self._problem[1][part], is_new)


TASKS: dict[str, Callable[[int, int], Stream]] = {
    "sine": SineStream, "spike": SpikeStream, "adding": AddingStream,
}  # fmt: skip


def stream(task: str, seed: int, batch_size: int) -> Stream:
    """Begin the series of a task.  Raises InputError if there is no such task."""
    if task not in TASKS:
        raise InputError(f"There is no task {task!r}; choose one of {', '.join(TASKS)}.")
    return TASKS[task](seed, whole_number("batch_size", batch_size, 1, LARGEST_SETTING))


def _generators(seed: int, count: int) -> list[np.random.Generator]:
    whole_number("seed", seed, 0, LARGEST_SEED)
    return [np.random.default_rng([seed, k]) for k in range(count)]
