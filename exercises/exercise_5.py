"""Exercise 5: GRU against LSTM.

Goal: write the GRU, count the parameters of both cells, measure how much of an error each cell sends back.
Given: sigmoid; random_cell, random_inputs and gradient_flow of lstm.gradients.
Letters: D inputs, H hidden units.  W["z"], W["r"], W["h"] are (H, H + D) and act on [h, x].
Our convention: h = z ⊙ h_prev + (1 − z) ⊙ h̃, so z near 1 keeps; some texts write 1 − z for this z.

    python -m exercises check 5
    python -m exercises hint 5
"""

import numpy as np

from lstm.equations import sigmoid
from lstm.gradients import gradient_flow, random_cell, random_inputs


def gru_step(x, h_prev, W, b):
    """z, r, h_tilde, h of one step, each (H,), from x (D,) and h_prev (H,)."""
    # GAP 1: two gates of [h_prev, x]; the candidate of [r ⊙ h_prev, x]; then the mixture.
    raise NotImplementedError("gap 1")


def parameters(kind, D, H):
    """How many weights and biases a cell has; kind is "rnn", "gru" or "lstm". Without the output layer."""
    # GAP 2: count blocks of weights, not gates: a candidate has weights too.
    raise NotImplementedError("gap 2")


def half_life_at(bias):
    """After how many steps half of the state is left if the gate that keeps it stays at σ(bias)."""
    # GAP 3: the gate first; then ln 0.5 / ln of it.
    raise NotImplementedError("gap 3")


def gradient_left(kind, bias, steps):
    """How much of an error at the last of `steps` arrives at step 1: |dL/dh_1| / |dL/dh_T|.

    Take random_cell(kind, …) with `bias` as forget_bias of an LSTM or keep_bias of a GRU, and as inputs
    random_inputs(steps).
    """
    # GAP 4: gradient_flow(cell, x).dh holds the lengths of dL/dh_t from the first step to the last.
    raise NotImplementedError("gap 4")


# To think about: the GRU has one state where the LSTM has two, h and C. What can an LSTM keep without showing
# it in h? Why can't a GRU do that?
