"""What stands in a recurrent cell before training: in this course, in libraries, and by other rules.

G gates, H hidden units, D inputs; W (G·H, H + D) as in `lstm.cells`, the first H columns for h_prev.

Sources: PyTorch, documentation of torch.nn.RNN, GRU and LSTM: all weights and both biases uniform in ±1/√H.
Keras, documentation of SimpleRNN, GRU and LSTM: kernel_initializer="glorot_uniform" (Glorot & Bengio 2010),
recurrent_initializer="orthogonal" (Saxe, McClelland & Ganguli 2014), bias_initializer="zeros", and for the
LSTM unit_forget_bias=True (after Jozefowicz et al. 2015).
Chrono initialisation sets biases alone, whatever the weights: Tallec & Ollivier 2018.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from lstm.arrays import Array
from lstm.cells import Cell, GRUCell, LSTMCell, ResetAfterGRUCell, need_one_cell
from lstm.errors import LARGEST_SETTING, InputError

Draw = Callable[[np.random.Generator, int, int, int], tuple[Array, Array]]


def _course(rng: np.random.Generator, G: int, H: int, D: int) -> tuple[Array, Array]:
    """Normal weights, 1/√(H + D) for all of them; biases 0."""
    return rng.standard_normal((G * H, H + D)) / np.sqrt(H + D), np.zeros((2, G, H))


def _pytorch(rng: np.random.Generator, G: int, H: int, D: int) -> tuple[Array, Array]:
    """Weights and both biases uniform in ±1/√H."""
    end = 1 / np.sqrt(H)
    return rng.uniform(-end, end, (G * H, H + D)), rng.uniform(-end, end, (2, G, H))


def _keras(rng: np.random.Generator, G: int, H: int, D: int) -> tuple[Array, Array]:
    """Input weights uniform in ±√(6 / (D + G·H)), orthonormal columns of the recurrent ones; biases 0."""
    end = np.sqrt(6 / (D + G * H))
    recurrent = _orthonormal_columns(rng.standard_normal((G * H, H)))
    return np.concatenate([recurrent, rng.uniform(-end, end, (G * H, D))], axis=1), np.zeros((2, G, H))


def _orthogonal(rng: np.random.Generator, G: int, H: int, D: int) -> tuple[Array, Array]:
    """An orthogonal matrix (H, H) of recurrent weights for each gate; all else as in this course."""
    W, biases = _course(rng, G, H, D)
    for block in W.reshape(G, H, H + D):
        block[:, :H] = _orthonormal_columns(block[:, :H])
    return W, biases


def _orthonormal_columns(normal: Array) -> Array:
    """Turn normal numbers into random columns of length 1 at right angles, every direction alike."""
    columns, triangle = np.linalg.qr(normal)
    return columns * np.sign(np.diag(triangle))


# How the weights of each start are drawn, and the mean of an LSTM's forget bias in it.
STARTS: dict[str, Draw] = {
    "course": _course, "pytorch": _pytorch, "keras": _keras, "orthogonal": _orthogonal
}  # fmt: skip
FORGET_BIAS = {"course": 1.0, "pytorch": 0.0, "keras": 1.0, "orthogonal": 1.0}
_CHRONO = 3  # of the seed of its biases: they are drawn apart from the weights


# Computed once for each seed: a slider that moves a bias does not need them again.
@lru_cache(maxsize=64)
def first_weights(start: str, G: int, H: int, D: int, seed: int) -> tuple[Array, Array]:
    """Return W (G·H, H + D) and the two biases (2, G, H) that are added, without the forget bias.

    They are shared: not to be written to.  Raises InputError for a start that is none.
    """
    if start not in STARTS:
        raise InputError(f"The start is one of {', '.join(STARTS)}, not {start!r}.")
    arrays = STARTS[start](np.random.default_rng(seed), G, H, D)
    for array in arrays:
        array.flags.writeable = False
    return arrays


@lru_cache(maxsize=64)
def first_radius(start: str, H: int, D: int, seed: int) -> float:
    """Return the spectral radius of an RNN's recurrent weights as they are drawn."""
    W, _ = first_weights(start, 1, H, D, seed)
    return float(np.abs(np.linalg.eigvals(W[:, :H])).max())


def chrono_biases(hidden_size: int, T_max: float, seed: int) -> Array:
    """Draw the forget biases of chrono initialisation, (H,): b_f = ln u, u uniform in [1, T_max − 1].

    The input biases of an LSTM are −b_f.  T_max: the longest distance, in steps, over which something has to
    be remembered.  With σ(b_f) = u / (1 + u) a unit forgets 1 / (1 + u) of its cell state a step: time
    scales from 2 to T_max steps.  Another T_max stretches the same draw.
    Tallec & Ollivier 2018.  Raises InputError unless T_max is 2 or more.
    """
    if not 2 <= T_max < LARGEST_SETTING:
        raise InputError(f"T_max must be at least 2 (and below a million), not {T_max!r}.")
    places: Array = np.random.default_rng([seed, _CHRONO]).random(hidden_size)
    biases: Array = np.log(1 + (T_max - 2) * places)
    return biases


def write_start(
    cell: Cell, start: str, seed: int = 0, *, forget_bias: float = 0.0, keep_bias: float = 0.0,
    T_max: float | None = None,
) -> None:  # fmt: skip
    """Write first weights and biases into a cell.

    start: one of STARTS.  forget_bias, keep_bias: what is added to an LSTM's b_f and to a GRU's update-gate
    bias b_z as they are drawn.  T_max: if given, an LSTM's b_f and b_i are those of chrono initialisation,
    and forget_bias is not used.
    Raises InputError for a start that is none, for a stack of layers, and as `chrono_biases`.
    """
    need_one_cell(cell)
    G = len(cell.gates)
    W, biases = first_weights(start, G, cell.hidden_size, cell.input_size, seed)
    cell.W[:] = W.reshape(cell.W.shape)
    cell.b[:G] = biases.sum(axis=0)
    if isinstance(cell, ResetAfterGRUCell):  # the candidate's two are not added: r is multiplied in between
        candidate = cell.gates.index("h_tilde")
        cell.b[candidate], cell.b[-1] = biases[:, candidate]
    if isinstance(cell, GRUCell | ResetAfterGRUCell):
        cell.b[cell.gates.index("z")] += keep_bias
    if isinstance(cell, LSTMCell):
        f, i = (cell.gates.index(name) for name in "fi")
        cell.b[f] += forget_bias
        if T_max is not None:
            cell.b[f] = chrono_biases(cell.hidden_size, T_max, seed)
            cell.b[i] = -cell.b[f]
