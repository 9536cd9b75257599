"""What stands in a recurrent cell before training: in this course, in PyTorch and in Keras.

G gates, H hidden units, D inputs; W (G·H, H + D) as in `lstm.cells`, the first H columns for h_prev.

Sources: PyTorch, documentation of torch.nn.RNN, GRU and LSTM: all weights and both biases uniform in ±1/√H.
Keras, documentation of SimpleRNN, GRU and LSTM: kernel_initializer="glorot_uniform" (Glorot & Bengio 2010),
recurrent_initializer="orthogonal" (Saxe, McClelland & Ganguli 2014), bias_initializer="zeros", and for the
LSTM unit_forget_bias=True (after Jozefowicz et al. 2015).
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError

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
    recurrent, triangle = np.linalg.qr(rng.standard_normal((G * H, H)))  # columns of length 1
    recurrent *= np.sign(np.diag(triangle))
    return np.concatenate([recurrent, rng.uniform(-end, end, (G * H, D))], axis=1), np.zeros((2, G, H))


# How the weights of each start are drawn, and the mean of an LSTM's forget bias in it.
STARTS: dict[str, Draw] = {"course": _course, "pytorch": _pytorch, "keras": _keras}
FORGET_BIAS = {"course": 1.0, "pytorch": 0.0, "keras": 1.0}


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
