"""Exercise 1: build the LSTM.

Goal: the forward pass, then backpropagation through time by hand, then gradient clipping.
Given: sigmoid.  Letters: T steps, D inputs, H hidden units.  W["f"], W["i"], W["C"], W["o"] are (H, H + D)
and act on [h, x]; b["f"], … are (H,).  Each gap is one function; fill them in order.

    python -m exercises check 1      what is right so far, and the first thing that is not
    python -m exercises hint 1       the first hint
"""

import numpy as np

from lstm.equations import sigmoid

# -- forward --


def gates(h_prev, x, W, b):
    """One step's f, i, C_tilde, o, each (H,), from h_prev (H,) and x (D,)."""
    # GAP 1: join [h_prev, x], then one line for each of the four.
    raise NotImplementedError("gap 1")


def new_state(f, i, C_tilde, o, C_prev):
    """The new C and h, each (H,)."""
    # GAP 2: what is kept and what is added; then what is shown.
    raise NotImplementedError("gap 2")


def lstm_forward(x, h0, C0, W, b):
    """Read x (T, D) from the states h0, C0 (H,); a dict of f, i, C_tilde, o, C, h, each (T, H)."""
    # GAP 3: the loop over steps; each step gets the state that the step before left.
    raise NotImplementedError("gap 3")


# -- backward; d... is the gradient of the loss at ..., and has its shape --


def cell_gradient(dh, dC_next, o, C):
    """dL/dC of a step, (H,): dh is dL/dh of the step, dC_next what the next step sends back along C."""
    # GAP 4: two gradient paths lead from C to the loss; add what comes along both.
    raise NotImplementedError("gap 4")


def before_gates(dh, dC, f, i, C_tilde, o, C, C_prev):
    """Gradients before σ and tanh: a dict of f, i, C, o, each (H,)."""
    # GAP 5: for each gate, what it was multiplied by, times the slope of its σ; likewise C_tilde, with tanh.
    raise NotImplementedError("gap 5")


def lstm_backward(dh_out, values, x, h0, C0, W):
    """dW, db (dicts like W and b), dh0, dC0 from dh_out (T, H), dL/dh_t through step t's own output.

    values: what lstm_forward returned for x.
    """
    # GAP 6: from the last step to the first; each step hands dh and dC on to the step before it.
    raise NotImplementedError("gap 6")


def mean_gradients(sequences, errors, h0, C0, W, b):
    """dW and db of the mean loss of several sequences, each read from h0, C0.

    sequences: a list of x (T, D); errors: a list of dh_out (T, H), one for each.
    """
    # GAP 7: forward and backward for each sequence, then the mean over sequences.
    raise NotImplementedError("gap 7")


# -- clipping; gradients is a list of arrays --


def clip_by_value(gradients, limit):
    """The gradients with each number brought into [−limit, limit]."""
    # GAP 8: NumPy has a function for it.
    raise NotImplementedError("gap 8")


def clip_by_norm(gradients, limit):
    """The gradients, scaled to the length `limit` if they are longer; all arrays count as one vector."""
    # GAP 9: one length of everything; then one factor for everything.
    raise NotImplementedError("gap 9")


def update(weights, gradients, learning_rate, limit):
    """The weights (a list of arrays) after one step of gradient descent, gradients clipped by norm."""
    # GAP 10: clip, then step downhill.
    raise NotImplementedError("gap 10")


# To think about: take f = 0.5 and 20 steps. How much of dL/dC arrives along the cell state alone? On which
# other gradient paths can an error still come back?
