"""One text written in several ways at once: what a slider of temperatures or of a held gate shows.

The rows of a batch are the ways.  A batch costs far less than its texts one by one: 41 temperatures as much
as some eight single texts.  Its sums are rounded in another order, so that a draw between two characters that
are as good as equal could fall the other way; such rows are written again one by one.  In a network that is
chaotic, as an RNN with large weights can be, differences of rounding grow until a text is another; those of
networks that have learned a text do not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array, Indices
from lstm.cells import StackStepper, Stepper, stepper
from lstm.readout import softmax
from lstm.sampling import CharacterModel, check_sampling, gumbel, may_be_drawn, walk

# Scores that are closer than this share of the largest may change places when they are rounded otherwise.
_CLOSE = 2.0**-17


@dataclass(frozen=True)
class Draws:
    """How characters are drawn; see `lstm.generate`, and `lstm.sampling.walk` for `offset`."""

    length: int = 200
    top_k: int | None = None
    top_p: float | None = None
    seed: int | None = None
    offset: int = 0


def walk_along(
    net: CharacterModel, prompt: Sequence[int] | Indices, temperatures: Sequence[float], draws: Draws
) -> tuple[Indices, Array]:
    """Write a text at each of B temperatures: indices (T, B) and logits (T, B, V), as `walk` draws them.

    prompt: indices, at least one.  Raises InputError as `walk` does.
    """
    for temperature in temperatures:
        check_sampling(draws.length, temperature, draws.top_k, draws.top_p, draws.seed)
    ready = stepper(net.cell, net.as_states(None, len(temperatures)))
    for index in prompt[:-1]:
        ready.read_each(np.full(len(temperatures), index))
    indices, logits, close = draw_each(net, ready, int(prompt[-1]), temperatures, draws)
    for row in np.flatnonzero(close).tolist():
        steps = walk(net, prompt, temperature=temperatures[row], **vars(draws))
        for t, sampled in enumerate(steps):
            indices[t, row], logits[t, row] = sampled.index, sampled.logits
    return indices, logits


def draw_each(
    net: CharacterModel,
    ready: Stepper | StackStepper,
    first: int,
    temperatures: Sequence[float],
    draws: Draws,
    after_step: Callable[[int], None] = lambda t: None,
) -> tuple[Indices, Array, Array]:
    """Write B texts after a first character, each at its temperature.

    ready: what reads, after all that stands before `first`.  after_step: called after each step is read.
    Returns indices (T, B), logits (T, B, V), and in which rows a draw was too close to be sure of, (B,).
    """
    T, B, V = draws.length, len(temperatures), net.output_size
    indices, logits = np.empty((T, B), np.intp), np.empty((T, B, V), net.dtype)
    close, index, t, rows = np.zeros(B, bool), np.full(B, first), 0, np.arange(B)
    by_row = np.array(temperatures, np.float32)[:, None]  # (B, 1)
    Wy, by, h = np.ascontiguousarray(net.weights["Wy"].T), net.weights["by"], ready.states["h"]
    for chunk in gumbel(draws.seed, T, V, draws.offset):
        for noise in chunk:
            ready.read_each(index)
            after_step(t)
            np.matmul(h, Wy, out=logits[t])
            logits[t] += by
            scores = (noise * by_row).astype(net.dtype)
            scores += logits[t]
            if draws.top_k is not None or draws.top_p is not None:
                scores[np.logical_not(_allowed_each(logits[t], by_row, draws))] = -np.inf
            indices[t] = index = scores.argmax(axis=1)
            best = scores[rows, index]
            scores[rows, index] = -np.inf
            # Not "<": of a NaN nothing is sure.
            close |= ~(best - scores.max(axis=1) > _CLOSE * (1 + np.abs(best)))
            t += 1
    return indices, logits, close


def _allowed_each(logits: Array, temperatures: Array, draws: Draws) -> Array:
    """Return which characters may be drawn, (B, V); at temperature 0 the likeliest is drawn anyway."""
    logits = logits.astype(np.float64)
    divisor = np.where(temperatures > 0, temperatures, 1).astype(np.float64)
    return may_be_drawn(logits, softmax(logits / divisor), draws.top_k, draws.top_p)
