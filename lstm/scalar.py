"""A cell with one input and one unit, every value of which is a number, alone and over time.

It is the textbook's cell at D = H = 1: `scalar_step` and `scalar_run` only sort named numbers into the
arguments of `lstm_step`, `scalar_gru_step` and `scalar_gru_run` into those of `gru_step`.  Each number of
a setting may be an array, and they broadcast: one call gives a cell for every position of a slider, or one
cell on many sequences.

A setting names the weights `w_fh, w_fx, w_ih, …` (first the gate, then what the weight acts on), the
biases `b_f, b_i, b_C, b_o`, and the states before the first step, `h_prev` and `C_prev`; that of a GRU
`w_zh, w_zx, w_rh, …`, `b_z, b_r, b_h` and `h_prev`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array
from lstm.equations import GRUStep, LSTMStep, gru_step, lstm_step, rnn_step

GATES = "fiCo"
GRU_GATES = "zrh"


def _names(gates: str) -> tuple[str, ...]:
    """Name the weights and biases of a cell's blocks."""
    return tuple(f"w_{gate}{of}" for gate in gates for of in "hx") + tuple(f"b_{gate}" for gate in gates)


PARAMETERS, GRU_PARAMETERS = _names(GATES), _names(GRU_GATES)
_PAIRS = ("concat", "concat_r")  # values of a step that have two numbers: of h and of x


def scalar_step(setting: Mapping[str, ArrayLike]) -> LSTMStep:
    """Compute one step of the cell; besides the names above, `x` is its input.

    Each value of the setting broadcasts to (...); so is each value of the result, `concat` (..., 2).
    Raises KeyError if a name is missing.
    """
    step = lstm_step(_column(setting["x"]), *_start(setting), *_parameters(setting))
    return _plain(step)


def scalar_run(setting: Mapping[str, ArrayLike], x: ArrayLike) -> LSTMStep:
    """Run the cell over the steps of x (T, ...), from `h_prev` and `C_prev` on.

    Each value of the result is (T, ...), the shape to which x[0] and the setting broadcast.
    Raises KeyError if a name is missing, ValueError if x has no step.
    """
    x = _inputs(x)
    h, C = _start(setting)
    parameters = _parameters(setting)
    steps = []
    for x_t in x:
        step = lstm_step(_column(x_t), h, C, *parameters)
        h, C = step.h, step.C
        steps.append(_plain(step))
    return LSTMStep(*_stacked(steps))


def scalar_gru_step(setting: Mapping[str, ArrayLike]) -> GRUStep:
    """Compute one step of a GRU; besides the names above, `x` is its input.

    Each value of the setting broadcasts to (...); so is each value of the result, `concat` and `concat_r`
    (..., 2).  Raises KeyError if a name is missing.
    """
    h_prev = _column(setting["h_prev"])
    return _plain_gru(gru_step(_column(setting["x"]), h_prev, *_parameters(setting, GRU_GATES)))


def scalar_gru_run(setting: Mapping[str, ArrayLike], x: ArrayLike) -> GRUStep:
    """Run a GRU over the steps of x (T, ...), from `h_prev` on.

    Each value of the result is (T, ...), the shape to which x[0] and the setting broadcast.
    Raises KeyError if a name is missing, ValueError if x has no step.
    """
    x = _inputs(x)
    h, parameters = _column(setting["h_prev"]), _parameters(setting, GRU_GATES)
    steps = []
    for x_t in x:
        step = gru_step(_column(x_t), h, *parameters)
        h = step.h
        steps.append(_plain_gru(step))
    return GRUStep(*_stacked(steps))


def parts_of_gru_state(step: GRUStep, h_prev: ArrayLike) -> tuple[Array, Array]:
    """Split the new h of a scalar GRU's step into what it keeps and what it adds: z·h_prev, (1 − z)·h̃."""
    return step.z * np.asarray(h_prev, float), (1 - step.z) * step.h_tilde


def scalar_rnn_run(setting: Mapping[str, ArrayLike], x: ArrayLike) -> Array:
    """Run a vanilla RNN, which has no gate, over the same input; returns its hidden state (T, ...).

    Its weights are the candidate's, `w_Ch`, `w_Cx` and `b_C`: what the LSTM would only propose, an RNN
    takes over at every step.  It starts from `h_prev`.
    """
    x = np.asarray(x, float)
    W, b = _weights(setting, "C"), _column(setting["b_C"])
    h, states = _column(setting["h_prev"]), []
    for x_t in x:
        h = rnn_step(_column(x_t), h, W, b).h
        states.append(h[..., 0])
    return np.stack(np.broadcast_arrays(*states))


def half_life(f: ArrayLike) -> Array:
    """Count the steps after which half of the cell state is left if the gate stays at f: ln 0.5 / ln f.

    Any shape; 0 where f = 0, infinite where f = 1.
    """
    f = np.asarray(f, float)
    with np.errstate(divide="ignore"):
        return np.where(f >= 1, np.inf, np.log(0.5) / np.log(np.where(f >= 1, 0.5, f)) + 0.0)


def _column(value: ArrayLike) -> Array:
    return np.asarray(value, float)[..., None]  # (..., 1)


def _weights(setting: Mapping[str, ArrayLike], gate: str) -> Array:
    pair = np.broadcast_arrays(_column(setting[f"w_{gate}h"]), _column(setting[f"w_{gate}x"]))
    return np.stack(pair, axis=-1)  # (..., 1, 2)


def _parameters(setting: Mapping[str, ArrayLike], gates: str = GATES) -> list[Array]:
    weights = [_weights(setting, gate) for gate in gates]
    return weights + [_column(setting[f"b_{gate}"]) for gate in gates]


def _inputs(x: ArrayLike) -> Array:
    """Return the input of a run as an array, (T, ...); raises ValueError if it has no step."""
    x = np.asarray(x, float)
    if not x.ndim or not len(x):
        raise ValueError("a run needs at least one step")
    return x


def _start(setting: Mapping[str, ArrayLike]) -> tuple[Array, Array]:
    return _column(setting["h_prev"]), _column(setting["C_prev"])


def _plain(step: LSTMStep) -> LSTMStep:
    """The same without the axis of the one unit; `concat` keeps its two numbers."""
    return LSTMStep(step.concat, *(value[..., 0] for value in step[1:]))


def _plain_gru(step: GRUStep) -> GRUStep:
    """The same without the axis of the one unit; the two concatenations keep their two numbers."""
    return GRUStep(*(v if name in _PAIRS else v[..., 0] for name, v in step._asdict().items()))


def _stacked(steps: Sequence[LSTMStep] | Sequence[GRUStep]) -> list[Array]:
    """Return each value of all steps as one array, (T, ...), that of a concatenation (T, ..., 2)."""
    names, last = steps[-1]._fields, steps[-1]
    # Gates that nothing makes different are shorter than the states: all get one shape.
    lead = np.broadcast_shapes(*(v.shape for n, v in zip(names, last, strict=True) if n not in _PAIRS))
    shapes = [(*lead, 2) if name in _PAIRS else lead for name in names]
    return [
        np.stack([v if v.shape == shape else np.broadcast_to(v, shape) for v in values])
        for values, shape in zip(zip(*steps, strict=True), shapes, strict=True)
    ]
