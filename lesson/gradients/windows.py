"""Medians over 21 networks, and the window in which a gradient stays; for the challenges."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup, paths
from lesson.gradients.ranges import flow_along
from lstm.gradients import GradientFlow

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
    norms = [
        _NORMS[what](flow_along(setup, kind, _SETTINGS[kind], grid)) for setup in setups
    ]  # (T, grid) each
    return np.median([one[0] / one[-1] for one in norms], axis=0)


_NORMS: Mapping[str, Callable[[GradientFlow], NDArray]] = {
    "h": lambda flow: flow.dh,
    "C": lambda flow: flow.dC,
    "path": lambda flow: paths(flow).alone,
}


def window(grid: Sequence[float], shares: NDArray) -> Window:
    """Return the first and the last value of the grid at which the gradient stays; NaN if at none."""
    low, high = STAYS
    inside = np.flatnonzero((shares >= low) & (shares <= high))
    return (float(grid[inside[0]]), float(grid[inside[-1]])) if len(inside) else (np.nan, np.nan)
