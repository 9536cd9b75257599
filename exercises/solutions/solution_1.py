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
    concat = np.concatenate([h_prev, x])  # (H + D,)
    f = sigmoid(W["f"] @ concat + b["f"])
    i = sigmoid(W["i"] @ concat + b["i"])
    C_tilde = np.tanh(W["C"] @ concat + b["C"])
    o = sigmoid(W["o"] @ concat + b["o"])
    return f, i, C_tilde, o


def new_state(f, i, C_tilde, o, C_prev):
    """The new C and h, each (H,)."""
    # GAP 2: what is kept and what is added; then what is shown.
    C = f * C_prev + i * C_tilde
    h = o * np.tanh(C)
    return C, h


def lstm_forward(x, h0, C0, W, b):
    """Read x (T, D) from the states h0, C0 (H,); a dict of f, i, C_tilde, o, C, h, each (T, H)."""
    # GAP 3: the loop over steps; each step gets the state that the step before left.
    values = {name: [] for name in ("f", "i", "C_tilde", "o", "C", "h")}
    h, C = h0, C0
    for x_t in x:
        f, i, C_tilde, o = gates(h, x_t, W, b)
        C, h = new_state(f, i, C_tilde, o, C)
        for name, value in zip(values, (f, i, C_tilde, o, C, h), strict=True):
            values[name].append(value)
    return {name: np.array(value) for name, value in values.items()}


# -- backward; d... is the gradient of the loss at ..., and has its shape --


def cell_gradient(dh, dC_next, o, C):
    """dL/dC of a step, (H,): dh is dL/dh of the step, dC_next what the next step sends back along C."""
    # GAP 4: two gradient paths lead from C to the loss; add what comes along both.
    return dC_next + dh * o * (1 - np.tanh(C) ** 2)


def before_gates(dh, dC, f, i, C_tilde, o, C, C_prev):
    """Gradients before σ and tanh: a dict of f, i, C, o, each (H,)."""
    # GAP 5: for each gate, what it was multiplied by, times the slope of its σ; likewise C_tilde, with tanh.
    return {
        "f": dC * C_prev * f * (1 - f),
        "i": dC * C_tilde * i * (1 - i),
        "C": dC * i * (1 - C_tilde**2),
        "o": dh * np.tanh(C) * o * (1 - o),
    }


def lstm_backward(dh_out, values, x, h0, C0, W):
    """dW, db (dicts like W and b), dh0, dC0 from dh_out (T, H), dL/dh_t through step t's own output.

    values: what lstm_forward returned for x.
    """
    # GAP 6: from the last step to the first; each step hands dh and dC on to the step before it.
    dW = {gate: np.zeros_like(W[gate]) for gate in W}
    db = {gate: np.zeros(len(W[gate])) for gate in W}
    dh_next, dC_next = np.zeros_like(h0), np.zeros_like(C0)
    for t in reversed(range(len(x))):
        f, i, C_tilde, o, C, _ = (values[name][t] for name in ("f", "i", "C_tilde", "o", "C", "h"))
        h_prev = values["h"][t - 1] if t > 0 else h0
        C_prev = values["C"][t - 1] if t > 0 else C0
        dh = dh_out[t] + dh_next
        dC = cell_gradient(dh, dC_next, o, C)
        dz = before_gates(dh, dC, f, i, C_tilde, o, C, C_prev)
        concat = np.concatenate([h_prev, x[t]])
        for gate in dz:
            dW[gate] += np.outer(dz[gate], concat)
            db[gate] += dz[gate]
        dh_next = sum(W[gate][:, : len(h0)].T @ dz[gate] for gate in dz)
        dC_next = dC * f
    return dW, db, dh_next, dC_next


def mean_gradients(sequences, errors, h0, C0, W, b):
    """dW and db of the mean loss of several sequences, each read from h0, C0.

    sequences: a list of x (T, D); errors: a list of dh_out (T, H), one for each.
    """
    # GAP 7: forward and backward for each sequence, then the mean over sequences.
    dW = {gate: np.zeros_like(W[gate]) for gate in W}
    db = {gate: np.zeros_like(b[gate]) for gate in b}
    h, C = h0, C0
    for x, dh_out in zip(sequences, errors, strict=True):
        values = lstm_forward(x, h, C, W, b)
        dW_one, db_one, _, _ = lstm_backward(dh_out, values, x, h, C, W)
        for gate in W:
            dW[gate] += dW_one[gate] / len(sequences)
            db[gate] += db_one[gate] / len(sequences)
    return dW, db


# -- clipping; gradients is a list of arrays --


def clip_by_value(gradients, limit):
    """The gradients with each number brought into [−limit, limit]."""
    # GAP 8: NumPy has a function for it.
    return [np.clip(g, -limit, limit) for g in gradients]


def clip_by_norm(gradients, limit):
    """The gradients, scaled to the length `limit` if they are longer; all arrays count as one vector."""
    # GAP 9: one length of everything; then one factor for everything.
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = limit / norm if norm > limit else 1.0
    return [g * factor for g in gradients]


def update(weights, gradients, learning_rate, limit):
    """The weights (a list of arrays) after one step of gradient descent, gradients clipped by norm."""
    # GAP 10: clip, then step downhill.
    clipped = clip_by_norm(gradients, limit)
    return [w - learning_rate * g for w, g in zip(weights, clipped, strict=True)]


# To think about: take f = 0.5 and 20 steps. How much of dL/dC arrives along the cell state alone? On which
# other gradient paths can an error still come back?
