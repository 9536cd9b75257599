"""What is left of an error after it has travelled back through time, by real backpropagation.

The loss is L = u · h_T with a fixed direction u of length 1: the error is put in at the last step
only, and every number below is its gradient, carried back by the cell's own `backward`, unclipped.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lstm.cells import CELLS, Cell, LSTMCell, State
from lstm.errors import InputError
from lstm.text import check_indices


@dataclass(frozen=True)
class GradientFlow:
    """Norms of dL/dh_t and, for the LSTM, dL/dC_t, at t = 1..T, each (T,); the last is where L is."""

    dh: NDArray
    dC: NDArray | None


def gradient_flow(cell: Cell, x: NDArray, state: State | None = None, seed: int = 0) -> GradientFlow:
    """Send an error back from the last of T steps.

    x: indices (T,) or inputs (T, D).  state: (1, H) arrays, zeros by default.  seed: of the
    direction u.  Raises InputError if x does not fit the cell.
    """
    H, dtype = cell.hidden_size, cell.W.dtype
    x = np.asarray(x)
    if x.ndim == 1:
        x = check_indices(x, cell.input_size, "inputs")[:, None]  # (T, 1)
    elif x.ndim == 2 and x.shape[1] == cell.input_size:
        x = x[:, None].astype(dtype, copy=False)  # (T, 1, D)
    else:
        raise InputError(f"The inputs must be T indices or (T, {cell.input_size}) numbers, not {x.shape}.")
    if not len(x):
        raise InputError("A gradient needs at least one step to travel through.")
    state = state or tuple(np.zeros((1, H), dtype) for _ in cell.states)
    trace = cell.forward(x, state)
    dh_out = np.zeros((len(x), 1, H), dtype)
    direction = np.random.default_rng(seed).standard_normal(H)
    dh_out[-1] = direction / np.linalg.norm(direction)
    _, gradients = cell.backward(trace, dh_out)
    norms = [None if d is None else _norms(d[1:, 0]) for d in (gradients.dh, gradients.dC)]
    return GradientFlow(*norms)


def _norms(vectors: NDArray) -> NDArray:
    """Lengths of (T, H) vectors, (T,), in float64: the squares of tiny float32 numbers would be 0."""
    return np.linalg.norm(vectors.astype(np.float64), axis=1)


def random_cell(
    kind: str,
    hidden_size: int = 32,
    input_size: int = 16,
    *,
    seed: int = 0,
    forget_bias: float = 1.0,
    keep_bias: float = 0.0,
    spectral_radius: float | None = None,
    dtype: type = np.float64,
) -> Cell:
    """An untrained cell with the weights a network starts with: normal, scaled by 1/√(H + D).

    kind: "rnn", "gru" or "lstm".  forget_bias: the LSTM's b_f; keep_bias: the GRU's b_z.
    spectral_radius: if given, the RNN's recurrent weights are scaled to have this largest absolute
    eigenvalue, and its input weights by 1/√D, their own number of inputs.
    """
    H, D = hidden_size, input_size
    G = len(CELLS[kind].gates)
    rng = np.random.default_rng(seed)
    W = (rng.standard_normal((G * H, H + D)) / np.sqrt(H + D)).astype(dtype)
    cell = CELLS[kind](W, np.zeros(G * H, dtype))
    if isinstance(cell, LSTMCell):
        cell.b[cell.gates.index("f")] = forget_bias
    if kind == "gru":
        cell.b[cell.gates.index("z")] = keep_bias
    if kind == "rnn" and spectral_radius is not None:
        W[:, :H] *= spectral_radius / np.abs(np.linalg.eigvals(W[:, :H])).max()
        W[:, H:] *= np.sqrt((H + D) / D)
    return cell


def random_inputs(steps: int, input_size: int = 16, *, scale: float = 0.5, seed: int = 0) -> NDArray:
    """Normal noise (T, D) with standard deviation `scale`, the same for every cell that reads it."""
    return scale * np.random.default_rng([seed, 1]).standard_normal((steps, input_size))
