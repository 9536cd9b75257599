"""A cell with one input and one unit, every value of which is a number, alone and over time.

It is the textbook's cell at D = H = 1: `scalar_step` and `scalar_run` only sort named numbers into the
arguments of `lstm_step`.  Each number of a setting may be an array, and they broadcast: one call gives
a cell for every position of a slider, or one cell on many sequences.

A setting names the weights `w_fh, w_fx, w_ih, …` (first the gate, then what the weight acts on), the
biases `b_f, b_i, b_C, b_o`, and the states before the first step, `h_prev` and `C_prev`.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array
from lstm.equations import LSTMStep, lstm_step, rnn_step

GATES = "fiCo"
PARAMETERS = tuple(f"w_{gate}{of}" for gate in GATES for of in "hx") + tuple(f"b_{gate}" for gate in GATES)


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
    x = np.asarray(x, float)
    if not x.ndim or not len(x):
        raise ValueError("a run needs at least one step")
    h, C = _start(setting)
    parameters = _parameters(setting)
    steps = []
    for x_t in x:
        step = lstm_step(_column(x_t), h, C, *parameters)
        h, C = step.h, step.C
        steps.append(_plain(step))
    # Gates that nothing makes different are shorter than the states: all get one shape.
    lead = np.broadcast_shapes(*(value.shape for value in steps[-1][1:]))
    shapes = [(*lead, 2), *(lead for _ in steps[-1][1:])]
    return LSTMStep(
        *(
            np.stack([v if v.shape == shape else np.broadcast_to(v, shape) for v in values])
            for values, shape in zip(zip(*steps, strict=True), shapes, strict=True)
        )
    )


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


def _parameters(setting: Mapping[str, ArrayLike]) -> list[Array]:
    weights = [_weights(setting, gate) for gate in GATES]
    return weights + [_column(setting[f"b_{gate}"]) for gate in GATES]


def _start(setting: Mapping[str, ArrayLike]) -> tuple[Array, Array]:
    return _column(setting["h_prev"]), _column(setting["C_prev"])


def _plain(step: LSTMStep) -> LSTMStep:
    """The same without the axis of the one unit; `concat` keeps its two numbers."""
    return LSTMStep(step.concat, *(value[..., 0] for value in step[1:]))
