"""What is left of a gradient in 21 networks, and the window in which it stays."""

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

_SETTINGS = {"lstm": "forget_bias", "gru": "update_bias", "rnn": "radius"}


@memo(entries=50)
def shares(
    kind: str, grid: Sequence[float], T: int, scale: float = 0.5, what: str = "h", back: int = 0,
    start: str = Setup().start,
) -> NDArray:  # fmt: skip
    """Compute the share of the gradient that is left in each of 21 networks, for a grid, (21, grid).

    grid: forget biases of an LSTM, update-gate biases of a GRU or spectral radii of an RNN.  what: "h", "C"
    or "path", the path through the cell state alone.  back: after so many steps, or 0 for all T − 1.
    start: how the weights are drawn.
    """
    setups = [Setup(T=T, scale=scale, seed=seed, start=start) for seed in range(SEEDS)]
    norms = [
        _NORMS[what](flow_along(setup, kind, _SETTINGS[kind], grid)) for setup in setups
    ]  # (T, grid) each
    return np.stack([one[-1 - (back or T - 1)] / one[-1] for one in norms])


def medians(
    kind: str, grid: Sequence[float], T: int, scale: float = 0.5, what: str = "h", back: int = 0
) -> NDArray:
    """Return the medians of `shares` over the 21 networks, (grid,)."""
    return np.median(shares(kind, grid, T, scale, what, back), axis=0)


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
