"""The textbook: one step of each cell, forward only, one equation a line.

The fast kernels in `cells/` are held equal to these functions by tests, and the app shows their
source beside the picture.  Every argument may carry leading axes, and they broadcast: the same call
computes one step, a batch of steps, or a whole cell for every position of a slider.

Letters: D inputs, H hidden units.  Each weight matrix is (H, H + D) and acts on the concatenation
[h_prev, x]: its first H columns belong to h_prev.  ``*`` between vectors is the textbook's ⊙.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array


class RNNStep(NamedTuple):
    """Every value of one RNN step, each (..., H); `concat` is (..., H + D)."""

    concat: Array
    z_h: Array
    h: Array


class GRUStep(NamedTuple):
    """Every value of one GRU step, each (..., H); the two concatenations are (..., H + D)."""

    concat: Array
    z_z: Array
    z_r: Array
    z: Array
    r: Array
    concat_r: Array
    z_h: Array
    h_tilde: Array
    h: Array


class ResetAfterGRUStep(NamedTuple):
    """Every value of one step of a GRU whose r stands after the product, each (..., H)."""

    concat: Array
    z_z: Array
    z_r: Array
    z: Array
    r: Array
    from_h: Array
    z_h: Array
    h_tilde: Array
    h: Array


class LSTMStep(NamedTuple):
    """Every value of one LSTM step, each (..., H); `concat` is (..., H + D)."""

    concat: Array
    z_f: Array
    z_i: Array
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


def sigmoid(z: ArrayLike) -> Array:
    """Compute the logistic function σ(z) = 1 / (1 + e^−z), of any shape; 0..1."""
    # Through the logarithm, so that e^−z never overflows and a nearly closed gate keeps its digits.
    share: Array = np.exp(-np.logaddexp(0.0, -np.asarray(z)))
    return share


def concatenate(h: ArrayLike, x: ArrayLike) -> Array:
    """Join h (..., H) and x (..., D) along the last axis to [h, x], (..., H + D)."""
    h, x = np.asarray(h), np.asarray(x)
    lead = np.broadcast_shapes(h.shape[:-1], x.shape[:-1])
    return np.concatenate(
        [np.broadcast_to(h, lead + h.shape[-1:]), np.broadcast_to(x, lead + x.shape[-1:])], axis=-1
    )


def rnn_step(x: Array, h_prev: Array, W_h: Array, b_h: Array) -> RNNStep:
    """Compute one step of a vanilla RNN (Elman 1990).

    x (..., D); h_prev (..., H); W_h (..., H, H + D); b_h (..., H).
    Raises ValueError if the shapes do not fit.
    """
    concat = concatenate(h_prev, x)
    z_h = np.matvec(W_h, concat) + b_h
    h = np.tanh(z_h)
    return RNNStep(concat, z_h, h)


def gru_step(
    x: Array, h_prev: Array,
    W_z: Array, W_r: Array, W_h: Array,
    b_z: Array, b_r: Array, b_h: Array,
) -> GRUStep:  # fmt: skip
    """Compute one step of a GRU (Cho et al. 2014, eqs. 5-8).

    x (..., D); h_prev (..., H); each W (..., H, H + D); each b (..., H).
    z near 1 keeps the old state and shuts the candidate out, so the update-gate bias b_z acts as b_f and
    −b_i do in the LSTM; some texts write 1 − z for this z.  The reset gate r acts on h_prev before the
    product.
    Raises ValueError if the shapes do not fit.
    """
    concat = concatenate(h_prev, x)
    z_z = np.matvec(W_z, concat) + b_z
    z_r = np.matvec(W_r, concat) + b_r
    z = sigmoid(z_z)
    r = sigmoid(z_r)
    concat_r = concatenate(r * h_prev, x)
    z_h = np.matvec(W_h, concat_r) + b_h
    h_tilde = np.tanh(z_h)
    h = z * h_prev + (1 - z) * h_tilde
    return GRUStep(concat, z_z, z_r, z, r, concat_r, z_h, h_tilde, h)


def gru_reset_after_step(
    x: Array, h_prev: Array,
    W_z: Array, W_r: Array, W_h: Array,
    b_z: Array, b_r: Array, b_h: Array, c_h: Array,
) -> ResetAfterGRUStep:  # fmt: skip
    """Compute one step of the GRU that PyTorch and Keras have: r acts after the product.

    x (..., D); h_prev (..., H); each W (..., H, H + D); each b, and c_h, (..., H).
    One product then serves all gates and the candidate; the candidate's second bias, c_h, is inside of
    what r multiplies.  Raises ValueError if the shapes do not fit.
    """
    H = h_prev.shape[-1]
    concat = concatenate(h_prev, x)
    z_z = np.matvec(W_z, concat) + b_z
    z_r = np.matvec(W_r, concat) + b_r
    z = sigmoid(z_z)
    r = sigmoid(z_r)
    from_h = np.matvec(W_h[..., :H], h_prev) + c_h
    z_h = np.matvec(W_h[..., H:], x) + b_h + r * from_h
    h_tilde = np.tanh(z_h)
    h = z * h_prev + (1 - z) * h_tilde
    return ResetAfterGRUStep(concat, z_z, z_r, z, r, from_h, z_h, h_tilde, h)


def lstm_step(
    x: Array, h_prev: Array, C_prev: Array,
    W_f: Array, W_i: Array, W_C: Array, W_o: Array,
    b_f: Array, b_i: Array, b_C: Array, b_o: Array,
) -> LSTMStep:  # fmt: skip
    """Compute one step of an LSTM (Hochreiter & Schmidhuber 1997; forget gate: Gers et al. 2000).

    x (..., D); h_prev, C_prev (..., H); each W (..., H, H + D); each b (..., H).
    Raises ValueError if the shapes do not fit.
    """
    concat = concatenate(h_prev, x)
    z_f = np.matvec(W_f, concat) + b_f
    z_i = np.matvec(W_i, concat) + b_i
    z_C = np.matvec(W_C, concat) + b_C
    z_o = np.matvec(W_o, concat) + b_o
    f = sigmoid(z_f)
    i = sigmoid(z_i)
    C_tilde = np.tanh(z_C)
    kept_part = f * C_prev
    added_part = i * C_tilde
    C = kept_part + added_part
    o = sigmoid(z_o)
    tanh_C = np.tanh(C)
    h = o * tanh_C
    return LSTMStep(concat, z_f, z_i, z_C, z_o, f, i, C_tilde, kept_part, added_part, C, o, tanh_C, h)
