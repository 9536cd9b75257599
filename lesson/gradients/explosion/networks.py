"""Gradients of 21 untrained LSTMs over 200 steps, along a slider."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup, paths
from lesson.gradients.windows import SEEDS
from lstm.cells.lstm import LSTMTrace
from lstm.equations import sigmoid
from lstm.gradient_ranges import slopes_of_h, with_biases
from lstm.gradients import GradientFlow, flow_of_batch

STEPS_BACK = 200
EVERY = 4  # steps: points of a curve
BIAS, SCALE = "forget_bias", "scale"  # settings that have a slider


class Spread(NamedTuple):
    """Shares of ∂L/∂C that are left every four steps back, (P, 51) each, for P values of a setting.

    median, low, high: of the networks.  path: along the cell-state path alone, their median.  slopes (P,):
    ∂h/∂C, the mean of all networks, steps and units.
    """

    median: NDArray
    low: NDArray
    high: NDArray
    path: NDArray
    slopes: NDArray


@memo(entries=40)
def spread(H: int, setting: str, values: Sequence[float], other: float) -> Spread:
    """Measure what is left in 21 networks; other: the value of the setting that stays."""
    whole, alone, slopes = zip(
        *(_one(_setup(H, setting, other, seed), setting, values) for seed in range(SEEDS)), strict=True
    )
    return Spread(
        np.median(whole, axis=0), np.min(whole, axis=0), np.max(whole, axis=0), np.median(alone, axis=0),
        np.mean(slopes, axis=0),
    )  # fmt: skip


@memo(entries=40)
def single(H: int, setting: str, values: Sequence[float], other: float, seed: int) -> NDArray:
    """Measure what is left in one network, (P, 51)."""
    return _one(_setup(H, setting, other, seed), setting, values)[0]


def _setup(H: int, setting: str, other: float, seed: int) -> Setup:
    setup = Setup(T=STEPS_BACK + 1, H=H, seed=seed)
    return setup._replace(scale=other) if setting == BIAS else setup._replace(forget_bias=other)


def _one(setup: Setup, setting: str, values: Sequence[float]) -> tuple[NDArray, NDArray, NDArray]:
    """Return what is left in one network, what along the cell-state path alone, and its mean ∂h/∂C."""
    flow, slopes = _flow(setup, setting, values)
    norms = paths(flow)
    whole, alone = (one[::-EVERY].T / norms.whole[-1][:, None] for one in (norms.whole, norms.alone))
    return whole, alone, slopes


def _flow(setup: Setup, setting: str, values: Sequence[float]) -> tuple[GradientFlow, NDArray]:
    """Send an error back for each value of a setting; return the mean ∂h/∂C of each as well."""
    if setting == BIAS:
        cell, inputs = with_biases(setup._replace(forget_bias=0.0).cell("lstm"), "f", values, setup.inputs())
    else:
        cell = setup.cell("lstm")
        inputs = np.stack([setup._replace(scale=value).inputs() for value in values], axis=1)  # (T, P, D)
    zeros = np.zeros((len(values), setup.H))
    trace = cell.forward(inputs, (zeros, zeros))
    assert isinstance(trace, LSTMTrace)
    return flow_of_batch(cell, trace, setup.seed), slopes_of_h(trace).mean(axis=(0, 2))


@memo()
def growth_without_input(forget_bias: float) -> float:
    """Return the median spectral radius of the matrix that each step multiplies by if the input is 0.

    Then h and C stay 0, i and o are ½ and all slopes of tanh are 1: ∂C_t/∂C_{t−1} = σ(b_f) + ¼ W_C.
    """
    radii = []
    for seed in range(SEEDS):
        cell = Setup(seed=seed, forget_bias=forget_bias).cell("lstm")
        z = cell.b[:, 0]  # of any unit: x and h contribute nothing
        f, i, o = (float(sigmoid(z[cell.gates.index(name)])) for name in ("f", "i", "o"))
        W_C = cell.W[cell.gates.index("C_tilde"), :, : cell.hidden_size]
        radii.append(np.abs(np.linalg.eigvals(f * np.eye(cell.hidden_size) + i * o * W_C)).max())
    return float(np.median(radii))
