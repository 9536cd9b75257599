"""What is left of a gradient in 21 networks, and the window in which it stays."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup, paths
from lesson.gradients.ranges import flow_along
from lstm.arrays import Array
from lstm.cells import Cell, LSTMCell
from lstm.gradients import GradientFlow, flow_of_batch

SEEDS = 21
STAYS = (0.1, 10.0)  # a gradient stays while its share lies between these
# The blocks of an LSTM's weights: the candidate's, which is no gate, and the gates'.
CANDIDATE, GATES = ("C_tilde",), ("f", "i", "o")
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
    kind: str, grid: Sequence[float], T: int, scale: float = 0.5, what: str = "h", back: int = 0,
    start: str = Setup().start,
) -> NDArray:  # fmt: skip
    """Return the medians of `shares` over the 21 networks, (grid,)."""
    return np.median(shares(kind, grid, T, scale, what, back, start), axis=0)


@memo(entries=20)
def shares_through(
    blocks: Sequence[str], forget_bias: float, T: int, scale: float = 0.5, back: int = 0
) -> NDArray:
    """Compute the share of ∂L/∂C that is left in 21 LSTMs if h changes only some blocks, (21,).

    blocks: of weights, as `LSTMCell.gates` names them.  The cells read and compute as ever; on the way back
    the other blocks have recurrent weights of 0.  Without any block, the path through the cell state is left.
    """
    left = []
    for seed in range(SEEDS):
        setup = Setup(forget_bias, T, scale=scale, seed=seed)
        cell = setup.cell("lstm")
        trace = cell.forward(setup.inputs()[:, None], _zeros(cell))
        norms = flow_of_batch(only_through(cell, blocks), trace, seed).flow(0).dC
        left.append(norms[-1 - (back or T - 1)] / norms[-1])
    return np.array(left)


def _zeros(cell: Cell) -> tuple[Array, ...]:
    return tuple(np.zeros((1, cell.hidden_size)) for _ in cell.states)


def only_through(cell: Cell, blocks: Sequence[str]) -> LSTMCell:
    """Return an LSTM whose recurrent weights are 0 in all but some blocks."""
    W = cell.W.copy()
    for k, name in enumerate(cell.gates):
        if name not in blocks:
            W[k, :, : cell.hidden_size] = 0
    return LSTMCell(W.reshape(-1, W.shape[-1]), cell.b.ravel())


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
