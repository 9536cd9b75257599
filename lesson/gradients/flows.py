"""The gradients that the gradients page shows: settings in, norms and units out, all by backpropagation."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.parameters import (
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    KEEP_BIAS,
    RADIUS,
    SEED,
    STEPS,
)
from lstm.cells import Cell
from lstm.gradients import (
    GradientFlow,
    digits_of_agreement,
    gradient_flow,
    random_cell,
    random_inputs,
    weight_gradient,
)
from lstm.scalar import half_life

GHOSTS = (0.0, 3.0)  # forget biases that are drawn faintly, to compare with
CLIP_AT = 5.0  # the threshold of the classroom's `backward`


class Setup(NamedTuple):
    """What can be set: a network's sizes and biases, the input's size, and what is measured (h or C)."""

    forget_bias: float = FORGET_BIAS.start
    T: int = STEPS.start
    radius: float = RADIUS.start
    keep_bias: float = KEEP_BIAS.start
    scale: float = INPUT_SCALE.start
    H: int = int(HIDDEN_UNITS.default)
    seed: int = SEED.start
    measured: str = "h"

    def inputs(self) -> NDArray:
        """Return the noise that every cell reads, (T, D)."""
        return random_inputs(self.T, scale=self.scale, seed=self.seed)

    def cell(self, kind: str) -> Cell:
        """Return one kind of cell, untrained."""
        return random_cell(
            kind, self.H, seed=self.seed, forget_bias=self.forget_bias, keep_bias=self.keep_bias,
            spectral_radius=self.radius,
        )  # fmt: skip

    def flow(self, kind: str) -> GradientFlow:
        """Compute the gradients of one kind of cell."""
        return gradient_flow(self.cell(kind), self.inputs(), seed=self.seed)

    def norms(self, flow: GradientFlow) -> NDArray:
        """Return what is measured of a flow, (T,): cells without a cell state have only h."""
        return flow.dC if self.measured == "C" and flow.dC is not None else flow.dh


def runners(setup: Setup) -> dict[str, tuple[str, Setup]]:
    """Return what runs in the race, by name: a kind of cell with its setting; the faint ones first."""
    ghosts = {f"LSTM, b_f = {b:g}": ("lstm", setup._replace(forget_bias=b)) for b in GHOSTS}
    return {**ghosts, "LSTM": ("lstm", setup), "GRU": ("gru", setup), "RNN": ("rnn", setup)}


class Paths(NamedTuple):
    """Norms of dL/dC, (T,) each: all of it, what comes through the cell state alone, and all the rest.

    Of P flows (T, P).
    """

    whole: NDArray
    alone: NDArray
    rest: NDArray


def paths(flow: GradientFlow) -> Paths:
    """Part dL/dC into its two paths: through the cell state alone, and through the gates and h."""
    direct = flow.cell_path()  # (T, H)
    rest = np.linalg.norm(flow.dC_units - direct, axis=-1)
    return Paths(flow.dC, np.linalg.norm(direct, axis=-1), rest)


def best_carrier(flow: GradientFlow) -> tuple[int, float]:
    """Return the unit (from 1) at which most of dL/dh arrives at the first step, and how much."""
    first = np.abs(flow.dh_units[0])
    return int(first.argmax()) + 1, float(first.max())


def rows(norms: NDArray) -> NDArray:
    """Return norms of P flows, (T, P), or of one, (T,), as rows: (P, T) or (1, T)."""
    return norms.reshape(len(norms), -1).T


class Halving(NamedTuple):
    """The forget bias in three terms: mean gate, its half-life, and after how many steps two curves halve."""

    f: float
    half_life: float
    path: float  # through the cell state alone
    whole: float


def halvings(flow: GradientFlow, norms: Paths) -> list[Halving]:
    """Measure the gate and the half-lives of each of P flows, or of one; norms: of its paths.

    A curve that does not fall never halves.
    """
    gates = np.atleast_1d(flow.gates["f"].mean(axis=(0, -1)))  # (P,)
    whole, alone = rows(norms.whole), rows(norms.alone)
    return [
        Halving(float(f), float(half_life(f)), _steps_to_halve(of_path), _steps_to_halve(of_all))
        for f, of_path, of_all in zip(gates, alone, whole, strict=True)
    ]


def _steps_to_halve(norms: NDArray) -> float:
    """Return after how many steps a curve has halved, from its first to its last point."""
    if len(norms) < 2 or not norms[0] > 0:
        return 0.0
    # (T − 1) steps at the rate (first / last)^(1 / (T − 1)), as a gate that stays at this rate.
    return float(half_life(min(1.0, (norms[0] / norms[-1]) ** (1 / (len(norms) - 1)))))


@memo(entries=100)
def digits(setup: Setup) -> float:
    """Count to how many digits the LSTM's gradient agrees with a finite difference of the textbook."""
    cell = random_cell("lstm", setup.H, seed=setup.seed, forget_bias=setup.forget_bias)
    return digits_of_agreement(cell, setup.inputs(), setup.flow("lstm"), setup.seed)


class Update(NamedTuple):
    """What one step of plain gradient descent does: norms before and after clipping, and its effect."""

    name: str
    norm: float
    clipped: float
    moved: float  # length of the update, relative to that of the weights
    kept_direction: float  # cosine between the update and the raw gradient


def updates(setup: Setup, learning_rate: float, limit: float = CLIP_AT) -> list[Update]:
    """Compute one update of the RNN's weights: not clipped, clipped by value and by global norm."""
    cell = random_cell("rnn", setup.H, seed=setup.seed, spectral_radius=setup.radius)
    _, dW, db = weight_gradient(cell, setup.inputs(), setup.seed)
    raw = np.concatenate([dW.ravel(), db])
    weights = float(np.linalg.norm(np.concatenate([cell.W.ravel(), cell.b.ravel()])))
    norm = float(np.linalg.norm(raw))
    gradients = {
        "not clipped": raw,
        f"by value, ±{limit:g}": np.clip(raw, -limit, limit),
        f"by global norm, {limit:g}": raw * min(1.0, limit / norm) if norm else raw,
    }
    compared = []
    for name, gradient in gradients.items():
        length = float(np.linalg.norm(gradient))
        cosine = float(gradient @ raw / (length * norm)) if norm and length else 1.0
        compared.append(Update(name, norm, length, learning_rate * length / weights, cosine))
    return compared
