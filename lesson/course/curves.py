"""What the model does, as curves through a class's numbers: across the number, upwards what it comes from.

Each point is computed by the library; numbers beyond the question's scale are left out.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lesson.classroom.question import Curve
from lesson.gradients.flows import Setup
from lesson.gradients.windows import SEEDS
from lesson.training.replay.film import Film
from lstm.gradients import random_cell
from lstm.scalar import PARAMETERS, scalar_run
from visualization.numbers import number, scientific, superscript

LOWEST = -10  # the lowest share of a gradient that is drawn, as a power of ten
Ticks = tuple[tuple[float, str], ...]


def state_over_steps(f: float, steps: int) -> Curve:
    """Return how C fades in a cell whose forget gate stays at f and which writes nothing."""
    still = dict.fromkeys((*PARAMETERS, "h_prev"), 0.0)  # no weights: C̃ stays 0
    run = scalar_run({**still, "b_f": math.log(f / (1 - f)), "C_prev": 1.0}, np.zeros(steps))
    C = [1.0, *run.C.tolist()]
    words = f"C is 1 at first, {number(C[5])} after 5 steps and {number(C[steps])} after {steps}."
    return Curve("share of C left", _points(range(steps + 1), C), _shares(0, 0.5, 1), words)


def parameters_over_units(D: int, most: int) -> Curve:
    """Return how many parameters an LSTM cell has with 1 hidden unit, 2, … and `most`."""
    cells = [random_cell("lstm", H, D) for H in range(1, most + 1)]
    counts = [cell.W.size + cell.b.size for cell in cells]
    heights = [H / most for H in range(1, most + 1)]
    ticks = tuple((H / most, str(H)) for H in range(0, most + 1, 10))
    words = f"With 1 hidden unit the cell has {counts[0]:,} parameters, with {most} it has {counts[-1]:,}."
    return Curve("hidden units H", _points(counts, heights), ticks, words)


def gradient_over_steps(bias: float, T: int, back: int) -> Curve:
    """Return what is left of a gradient by the steps back, the median of the course's networks."""
    setups = [Setup(bias, T, seed=seed) for seed in range(SEEDS)]
    norms = np.stack([setup.norms(setup.flow("lstm"))[::-1][: back + 1] for setup in setups])
    left = np.median(norms / norms[:, :1], axis=0)  # (back + 1,)
    ticks = tuple((k / back, str(k)) for k in range(0, back + 1, 10))
    words = (
        f"10 steps back {scientific(left[10])} of the gradient is left, and {back} steps back it is "
        f"{scientific(left[back])}."
    )
    return Curve("steps back", _points(left, np.arange(back + 1) / back), ticks, words)


def gradient_over_biases(grid: Sequence[float], left: NDArray, back: int) -> Curve:
    """Return what is left of a gradient so many steps back, by the forget bias; left: of each of a grid."""
    words = (
        f"{scientific(left[0])} of the gradient is left with b_f = {grid[0]:g} and {scientific(left[-1])} "
        f"with b_f = {grid[-1]:g}."
    )
    return Curve(f"share left {back} steps back", _points(grid, share_heights(left)), share_ticks(), words)


def share_heights(left: NDArray) -> list[float]:
    """Return shares of a gradient as heights on a logarithmic axis, those below its end at its end."""
    heights: list[float] = np.clip(1 - np.log10(left) / LOWEST, 0, 1).tolist()
    return heights


def share_ticks() -> Ticks:
    """Return the ticks of these heights."""
    exponents = range(LOWEST, 1, 2)
    return tuple((1 - k / LOWEST, f"10{superscript(k)}" if k else "1") for k in exponents)


def loss_over_first_steps(film: Film, steps: int) -> Curve:
    """Return the validation losses of the first steps of a run, which go across, by the step."""
    at, losses = _validation_losses(film)
    early = at <= steps
    ticks = tuple((k / steps, f"{k:,}") for k in range(0, steps + 1, 200))
    words = (
        f"In a real training run the validation loss is {number(losses[0])} before the first step and "
        f"{number(losses[early][-1])} after {at[early][-1]:,.0f} steps."
    )
    return Curve("training step", _points(losses[early], at[early] / steps), ticks, words)


def loss_over_training(film: Film) -> Curve:
    """Return the validation losses of a whole run, by the step."""
    at, losses = _validation_losses(film)
    top = float(losses.max())
    ticks = tuple((loss / top, str(loss)) for loss in range(math.floor(top) + 1))
    words = (
        f"The validation loss is {number(losses[0])} before the first step, {number(losses[len(at) // 2])} "
        f"at step {at[len(at) // 2]:,.0f} and {number(losses[-1])} at step {at[-1]:,.0f}."
    )
    return Curve("validation loss", _points(at, losses / top), ticks, words)


def _validation_losses(film: Film) -> tuple[NDArray, NDArray]:
    """Return steps and validation losses: at the film's moments, and at the end of each epoch."""
    snapshots, history = film.checkpoint.snapshots, film.checkpoint.history
    measured = np.isfinite(history["validation_loss"])
    steps = np.concatenate([snapshots.step, history["step"][measured]])
    losses = np.concatenate([snapshots.validation_loss, history["validation_loss"][measured]])
    steps, first = np.unique(steps, return_index=True)
    return steps, losses[first]


def _points(across: Iterable[float], heights: Iterable[float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in zip(across, heights, strict=True))


def _shares(*shares: float) -> Ticks:
    return tuple((share, f"{share:g}") for share in shares)
