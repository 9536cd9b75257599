"""The textbook steps of four other cells, one equation a line, as `lstm.equations` has that of the LSTM.

Every argument may carry leading axes, and they broadcast.  Letters: D inputs, H hidden units; x (..., D);
h_prev, C_prev (..., H); each W (..., H, H + D), the minLSTM's (..., H, D); each b and p (..., H).
All steps raise ValueError if the shapes do not fit.
"""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Array
from lstm.equations import concatenate, sigmoid


class LSTM1997Step(NamedTuple):
    """Every value of one step without a forget gate, each (..., H); `concat` is (..., H + D)."""

    concat: Array
    z_i: Array
    z_C: Array
    z_o: Array
    i: Array
    C_tilde: Array
    added_part: Array
    C: Array
    o: Array
    tanh_C: Array
    h: Array


class PeepholeStep(NamedTuple):
    """Every value of one step with peepholes, each (..., H); `concat` is (..., H + D)."""

    concat: Array
    z_f: Array
    z_i: Array
    z_C: Array
    f: Array
    i: Array
    C_tilde: Array
    kept_part: Array
    added_part: Array
    C: Array
    z_o: Array
    o: Array
    tanh_C: Array
    h: Array


class CoupledStep(NamedTuple):
    """Every value of one step with coupled gates, each (..., H); `concat` is (..., H + D)."""

    concat: Array
    z_f: Array
    z_C: Array
    z_o: Array
    f: Array
    i: Array
    C_tilde: Array
    kept_part: Array
    added_part: Array
    C: Array
    o: Array
    tanh_C: Array
    h: Array


class MinLSTMStep(NamedTuple):
    """Every value of one step of a minLSTM, each (..., H)."""

    z_f: Array
    z_i: Array
    f: Array
    i: Array
    f_share: Array
    i_share: Array
    C_tilde: Array
    kept_part: Array
    added_part: Array
    C: Array
    h: Array


def lstm_1997_step(
    x: Array, h_prev: Array, C_prev: Array,
    W_i: Array, W_C: Array, W_o: Array,
    b_i: Array, b_C: Array, b_o: Array,
) -> LSTM1997Step:  # fmt: skip
    """Compute one step of an LSTM without a forget gate (Hochreiter & Schmidhuber 1997).

    All of C_prev stays: f = 1.  The cell of 1997 had other squashing functions in place of the two tanh.
    """
    concat = concatenate(h_prev, x)
    z_i = np.matvec(W_i, concat) + b_i
    z_C = np.matvec(W_C, concat) + b_C
    z_o = np.matvec(W_o, concat) + b_o
    i = sigmoid(z_i)
    C_tilde = np.tanh(z_C)
    added_part = i * C_tilde
    C = C_prev + added_part
    o = sigmoid(z_o)
    tanh_C = np.tanh(C)
    h = o * tanh_C
    return LSTM1997Step(concat, z_i, z_C, z_o, i, C_tilde, added_part, C, o, tanh_C, h)


def peephole_step(
    x: Array, h_prev: Array, C_prev: Array,
    W_f: Array, W_i: Array, W_C: Array, W_o: Array,
    b_f: Array, b_i: Array, b_C: Array, b_o: Array,
    p_f: Array, p_i: Array, p_o: Array,
) -> PeepholeStep:  # fmt: skip
    """Compute one step of an LSTM with peepholes (Gers & Schmidhuber 2000).

    Each gate reads the C of its own unit as well, with one weight p: f and i read C_prev, o the new C.
    """
    concat = concatenate(h_prev, x)
    z_f = np.matvec(W_f, concat) + p_f * C_prev + b_f
    z_i = np.matvec(W_i, concat) + p_i * C_prev + b_i
    z_C = np.matvec(W_C, concat) + b_C
    f = sigmoid(z_f)
    i = sigmoid(z_i)
    C_tilde = np.tanh(z_C)
    kept_part = f * C_prev
    added_part = i * C_tilde
    C = kept_part + added_part
    z_o = np.matvec(W_o, concat) + p_o * C + b_o
    o = sigmoid(z_o)
    tanh_C = np.tanh(C)
    h = o * tanh_C
    return PeepholeStep(concat, z_f, z_i, z_C, f, i, C_tilde, kept_part, added_part, C, z_o, o, tanh_C, h)


def coupled_step(
    x: Array, h_prev: Array, C_prev: Array,
    W_f: Array, W_C: Array, W_o: Array,
    b_f: Array, b_C: Array, b_o: Array,
) -> CoupledStep:  # fmt: skip
    """Compute one step of an LSTM whose input gate is 1 − f (the CIFG of Greff et al. 2017)."""
    concat = concatenate(h_prev, x)
    z_f = np.matvec(W_f, concat) + b_f
    z_C = np.matvec(W_C, concat) + b_C
    z_o = np.matvec(W_o, concat) + b_o
    f = sigmoid(z_f)
    i = 1 - f
    C_tilde = np.tanh(z_C)
    kept_part = f * C_prev
    added_part = i * C_tilde
    C = kept_part + added_part
    o = sigmoid(z_o)
    tanh_C = np.tanh(C)
    h = o * tanh_C
    return CoupledStep(concat, z_f, z_C, z_o, f, i, C_tilde, kept_part, added_part, C, o, tanh_C, h)


def min_lstm_step(
    x: Array, C_prev: Array,
    W_f: Array, W_i: Array, W_C: Array,
    b_f: Array, b_i: Array, b_C: Array,
) -> MinLSTMStep:  # fmt: skip
    """Compute one step of a minLSTM (Feng et al. 2024), whose gates and candidate read x alone.

    The gates are divided by their sum, the candidate has no tanh, and there is no output gate: h is C.
    (The paper writes h and h̃ where C and C̃ stand here.)
    """
    z_f = np.matvec(W_f, x) + b_f
    z_i = np.matvec(W_i, x) + b_i
    f = sigmoid(z_f)
    i = sigmoid(z_i)
    f_share = f / (f + i)
    i_share = i / (f + i)
    C_tilde = np.matvec(W_C, x) + b_C
    kept_part = f_share * C_prev
    added_part = i_share * C_tilde
    C = kept_part + added_part
    h = C
    return MinLSTMStep(z_f, z_i, f, i, f_share, i_share, C_tilde, kept_part, added_part, C, h)
