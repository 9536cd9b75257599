"""The gradients that the gradients page shows: settings in, norms and units out, all by backpropagation."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.parameters import (
    DRAWS,
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    RADIUS,
    SEED,
    START,
    STEPS,
    UPDATE_BIAS,
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

GHOSTS = (0.0, 3.0)  # forget biases of LSTMs to compare with
CLIP_AT = 5.0  # the threshold of the classroom's `backward`


class Setup(NamedTuple):
    """What can be set: a network's sizes and biases, the input's size, what is measured (h or C), and the
    rule by which the weights are drawn (`lstm.network.starts`)."""

    forget_bias: float = FORGET_BIAS.start
    T: int = STEPS.start
    radius: float = RADIUS.start
    update_bias: float = UPDATE_BIAS.start
    scale: float = INPUT_SCALE.start
    H: int = int(HIDDEN_UNITS.default)
    seed: int = SEED.start
    measured: str = "h"
    start: str = DRAWS[START.default]

    def inputs(self) -> NDArray:
        """Return the noise that every cell reads, (T, D)."""
        return random_inputs(self.T, scale=self.scale, seed=self.seed)

    def cell(self, kind: str) -> Cell:
        """Return one kind of cell, untrained."""
        return random_cell(
            kind, self.H, seed=self.seed, forget_bias=self.forget_bias, keep_bias=self.update_bias,
            spectral_radius=self.radius, start=self.start,
        )  # fmt: skip

    def flow(self, kind: str) -> GradientFlow:
        """Compute the gradients of one kind of cell."""
        return gradient_flow(self.cell(kind), self.inputs(), seed=self.seed)

    def norms(self, flow: GradientFlow) -> NDArray:
        """Return what is measured of a flow, (T,): cells without a cell state have only h."""
        return flow.dC if self.measured == "C" and flow.dC is not None else flow.dh


def runners(setup: Setup) -> dict[str, tuple[str, Setup]]:
    """Return what runs in the race, by name: a kind of cell with its setting; those to compare with first."""
    ghosts = {f"LSTM, b_f = {b:g}": ("lstm", setup._replace(forget_bias=b)) for b in GHOSTS}
    return {**ghosts, "LSTM": ("lstm", setup), "GRU": ("gru", setup), "RNN": ("rnn", setup)}


class Paths(NamedTuple):
    """Norms of ∂L/∂C, (T,) each: all of it, what comes through the cell state alone, and what through h.

    Of P flows (T, P).
    """

    whole: NDArray
    alone: NDArray
    rest: NDArray


def paths(flow: GradientFlow) -> Paths:
    """Part ∂L/∂C into its two paths: through the cell state alone, and through h."""
    direct = flow.cell_path()  # (T, H)
    rest = np.linalg.norm(flow.dC_units - direct, axis=-1)
    return Paths(flow.dC, np.linalg.norm(direct, axis=-1), rest)


def best_carrier(flow: GradientFlow) -> tuple[int, float]:
    """Return the unit at which the largest number of ∂L/∂h arrives at the first step, and this number."""
    first = np.abs(flow.dh_units[0])
    return int(first.argmax()), float(first.max())


def rows(norms: NDArray) -> NDArray:
    """Return norms of P flows, (T, P), or of one, (T,), as rows: (P, T) or (1, T)."""
    return norms.reshape(len(norms), -1).T


class Halving(NamedTuple):
    """The forget bias in three terms: mean gate, its half-life, and after how many steps two curves halve."""

    f: float
    half_life: float
    path: float  # through the cell state alone
    curve: float  # that is drawn


def halvings(flow: GradientFlow, norms: Paths, curve: NDArray) -> list[Halving]:
    """Measure the gate and the half-lives of each of P flows, or of one.

    norms: of its paths; curve: of what is drawn.  A curve that does not come down to half
    does so after infinitely many steps.
    """
    gates = np.atleast_1d(flow.gates["f"].mean(axis=(0, -1)))  # (P,)
    return [
        Halving(float(f), float(half_life(f)), steps_to_half(of_path), steps_to_half(of_curve))
        for f, of_path, of_curve in zip(gates, rows(norms.alone), rows(curve), strict=True)
    ]


def steps_to_half(norms: NDArray) -> float:
    """Return how many steps back a curve is first at half of its last norm; infinity if it never is.

    Between two steps it is taken to fall at a steady rate, as a straight line on a logarithmic axis.
    """
    shares = norms[::-1] / norms[-1]  # from the step with the error backwards
    below = np.flatnonzero(shares <= 0.5)
    if not len(below):
        return float("inf")
    first = int(below[0])  # at least 1: shares[0] is 1
    with np.errstate(divide="ignore"):
        before, after = np.log2(shares[first - 1 : first + 1])
    return first - 1 + float((before + 1) / (before - after))


@memo(entries=100)
def digits(setup: Setup) -> float:
    """Count to how many digits the LSTM's gradient agrees with a finite difference of the textbook."""
    return digits_of_agreement(setup.cell("lstm"), setup.inputs(), setup.flow("lstm"), setup.seed)


class Update(NamedTuple):
    """What one step of plain gradient descent does: norms before and after clipping, and its effect.

    largest: the largest number of the raw gradient, without its sign; cut: how many of its `count` numbers
    are beyond the limit; moved: the update's length, relative to that of the weights; kept_direction: the
    cosine between the update and the raw gradient.
    """

    name: str
    norm: float
    clipped: float
    moved: float
    kept_direction: float
    largest: float
    cut: int
    count: int


def updates(setup: Setup, learning_rate: float, limit: float = CLIP_AT, kind: str = "rnn") -> list[Update]:
    """Compute one update of a cell's weights: not clipped, clipped by value and by global norm."""
    cell = setup.cell(kind)
    _, dW, db = weight_gradient(cell, setup.inputs(), setup.seed)
    raw = np.concatenate([dW.ravel(), db])
    weights = float(np.linalg.norm(np.concatenate([cell.W.ravel(), cell.b.ravel()])))
    norm, size = float(np.linalg.norm(raw)), np.abs(raw)
    gradients = {
        "not clipped": raw,
        f"by value, ±{limit:g}": np.clip(raw, -limit, limit),
        f"by global norm, {limit:g}": raw * min(1.0, limit / norm) if norm else raw,
    }
    compared = []
    for name, gradient in gradients.items():
        length = float(np.linalg.norm(gradient))
        cosine = float(gradient @ raw / (length * norm)) if norm and length else 1.0
        compared.append(
            Update(
                name, norm, length, learning_rate * length / weights, cosine,
                float(size.max()), int((size > limit).sum()), raw.size,
            )
        )  # fmt: skip
    return compared
