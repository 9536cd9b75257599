"""Medians over 21 networks, and the window in which a gradient stays; for the challenges."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup, paths
from lesson.gradients.ranges import flows_along
from lstm.gradients import GradientFlow
from visualization.charts.gradients import left_after

SEEDS = 21
STAYS = (0.1, 10.0)  # a gradient stays while its share lies between these
Window = tuple[float, float]  # its lower and its upper end

_SETTINGS = {"lstm": "forget_bias", "rnn": "radius"}


@memo(entries=50)
def medians(kind: str, grid: Sequence[float], T: int, scale: float = 0.5, what: str = "h") -> NDArray:
    """Compute the share of the gradient left after T − 1 steps at each value of a grid, median of 21 seeds.

    grid: forget biases of an LSTM or spectral radii of an RNN.  what: "h", "C" or "path", the path through
    the cell state alone.
    """
    setups = [Setup(T=T, scale=scale, seed=seed) for seed in range(SEEDS)]
    shares = [
        [_share(flow, what) for flow in flows_along(setup, kind, _SETTINGS[kind], grid)] for setup in setups
    ]  # (21, grid)
    return np.median(np.array(shares), axis=0)


def _share(flow: GradientFlow, what: str) -> float:
    norms = {"h": lambda: flow.dh, "C": lambda: flow.dC, "path": lambda: paths(flow).alone}[what]()
    return left_after(norms, len(norms) - 1)


def window(grid: Sequence[float], shares: NDArray) -> Window:
    """Return the first and the last value of the grid at which the gradient stays; NaN if at none."""
    low, high = STAYS
    inside = np.flatnonzero((shares >= low) & (shares <= high))
    return (float(grid[inside[0]]), float(grid[inside[-1]])) if len(inside) else (np.nan, np.nan)
