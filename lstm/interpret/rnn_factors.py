"""The factors by which an RNN's gradient is multiplied on its way back, one matrix for each step.

h_t = tanh(W_h h_{t−1} + W_x x_t + b), and the slope of tanh is 1 − h_t².  So the Jacobian of a step is
∂h_t/∂h_{t−1} = diag(1 − h_t²) · W_h, with a row for each unit of h_t.  A gradient goes back by its transpose:
∂L/∂h_{t−1} = W_hᵀ · diag(1 − h_t²) · ∂L/∂h_t.

Letters: H hidden units; n steps back.
"""

from typing import NamedTuple

import numpy as np

from lstm.arrays import Array


class StepBack(NamedTuple):
    """One or more steps back, each in its two factors; any leading axes.

    slopes (..., H): 1 − h_t².  matrix (..., H, H): W_hᵀ · diag(slopes).
    """

    slopes: Array
    matrix: Array


def step_back(W_h: Array, h: Array) -> StepBack:
    """Return what a gradient at h_t is multiplied by on its way to h_{t−1}.

    W_h (..., H, H): the recurrent weights; h (..., H): the hidden state h_t, after tanh.
    """
    slopes = 1 - h * h
    return StepBack(slopes, np.swapaxes(W_h, -1, -2) * slopes[..., None, :])


def without_slopes(W_h: Array, error: Array, n: int) -> Array:
    """Send an error back through the recurrent weights alone, as if there were no tanh: (n + 1, ..., H).

    W_h (..., H, H); error (..., H).  Entry k: (W_hᵀ)ᵏ · error.
    """
    arrows = np.empty((n + 1, *error.shape), error.dtype)
    arrows[0] = error
    for k in range(n):
        np.vecmat(arrows[k], W_h, out=arrows[k + 1])  # eᵀ W_h = (W_hᵀ e)ᵀ
    return arrows
