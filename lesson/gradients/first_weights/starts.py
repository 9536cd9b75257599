"""Starts and what they leave of a gradient: medians of 21 networks along b_f or T_max."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup
from lesson.gradients.windows import SEEDS
from lstm.equations import sigmoid
from lstm.gradient_ranges import flow_over_bias_sets, flow_over_biases
from lstm.gradients import GradientFlow
from lstm.network.starts import FORGET_BIAS, chrono_biases, write_start

UNITS = Setup().H


class Start(NamedTuple):
    """How an LSTM starts: the rule for its weights, and what is added to b_f or the T_max of chrono biases.

    T_max: 0 for a start whose biases are not those of chrono initialisation.
    """

    rule: str
    forget_bias: float = 0.0
    T_max: int = 0


def usual(rule: str, T: int) -> Start:
    """Return a start as it comes; for "chrono" with T_max = T and this course's weights."""
    return Start("course", T_max=T) if rule == "chrono" else Start(rule, FORGET_BIAS[rule])


class Left(NamedTuple):
    """The share of a gradient that is left in 21 networks: smallest, median and largest.

    Each (T,), from the last step backwards.
    """

    low: NDArray
    median: NDArray
    high: NDArray


def left(start: Start, T: int, what: str) -> Left:
    """Return what a start leaves of ∂L/∂h or ∂L/∂C (what: "h" or "C"), T steps of noise."""
    return left_along([start], T, what)[0]


def left_along(starts: Sequence[Start], T: int, what: str) -> list[Left]:
    """Return the same for several starts of one rule: other forget biases, or other T_max."""
    both = _measured(tuple(starts), T).quantiles
    return [Left(*of_start) for of_start in both["hC".index(what)].transpose(1, 0, 2)]


def path_along(starts: Sequence[Start], T: int) -> list[float]:
    """Return the share of ∂L/∂C that the cell-state path alone brings back, T − 1 steps: medians."""
    medians: list[float] = _measured(tuple(starts), T).path.tolist()
    return medians


class _Measured(NamedTuple):
    """Smallest, median and largest share of ∂L/∂h and of ∂L/∂C, (2, 3, starts, T).

    path: the median of what the cell-state path alone leaves of ∂L/∂C at the first step, (starts,).
    """

    quantiles: NDArray
    path: NDArray


@memo(entries=80)
def _measured(starts: tuple[Start, ...], T: int) -> _Measured:
    """Compute what 21 networks of each start leave."""
    # One network after the other: the steps of all of them at once would be much to hold.
    shares, paths = zip(*(_shares(starts, Setup(T=T, seed=seed)) for seed in range(SEEDS)), strict=True)
    each = np.stack(shares)  # (21, 2, T, starts)
    quantiles = np.stack([each.min(axis=0), np.median(each, axis=0), each.max(axis=0)])
    return _Measured(quantiles.transpose(1, 0, 3, 2), np.median(paths, axis=0))


def _shares(starts: tuple[Start, ...], setup: Setup) -> tuple[NDArray, NDArray]:
    """Return what one network of each start leaves of ∂L/∂h and of ∂L/∂C, (2, T, starts).

    And what the cell-state path alone leaves of ∂L/∂C at the first step, (starts,).
    """
    flow = _flow(starts, setup)
    dC = flow.dC
    assert dC is not None
    path = np.linalg.norm(flow.cell_path()[0], axis=-1) / dC[-1]
    return np.stack([norms[::-1] / norms[-1] for norms in (flow.dh, dC)]), path


def _flow(starts: tuple[Start, ...], setup: Setup) -> GradientFlow:
    """Send an error back through one network of each start, (T, starts, H); the weights are the same."""
    cell = setup._replace(start=starts[0].rule, forget_bias=0.0).cell("lstm")
    if not starts[0].T_max:
        biases = [start.forget_bias for start in starts]
        return flow_over_biases(cell, "f", biases, setup.inputs(), setup.seed)
    sets = np.zeros((len(starts), *cell.b.shape))  # (starts, G, H)
    for start, each in zip(starts, sets, strict=True):
        each[cell.gates.index("f")] = chrono_biases(setup.H, start.T_max, setup.seed)
        each[cell.gates.index("i")] = -each[cell.gates.index("f")]
    return flow_over_bias_sets(cell, sets, setup.inputs(), setup.seed)


def forget_gates(start: Start) -> NDArray:
    """Return f of every unit of the first network if x and h contribute nothing, (H,), smallest first."""
    setup = Setup(seed=0)
    cell = setup.cell("lstm")
    write_start(cell, start.rule, setup.seed, forget_bias=start.forget_bias, T_max=start.T_max or None)
    return np.sort(sigmoid(cell.b[cell.gates.index("f")]))
