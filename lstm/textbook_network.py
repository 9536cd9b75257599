"""The textbook's network: a loop over the textbook's step, a readout, softmax and the loss.

It stands between `equations.py`, one step, and `cells/` and `network/`, the same for speed and with
gradients; tests hold these equal to it.  It is slow and goes forward only.  As in the equations every
argument may carry leading axes, which broadcast: one call gives the loss of one text, of a batch, or of
many networks at once.

Letters: T steps, D inputs, H hidden units, V outputs (characters).
"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, State
from lstm.equations import (
    GRUStep,
    LSTMStep,
    ResetAfterGRUStep,
    RNNStep,
    gru_reset_after_step,
    gru_step,
    lstm_step,
    rnn_step,
)  # fmt: skip

Step = RNNStep | GRUStep | ResetAfterGRUStep | LSTMStep

STEPS: dict[str, Callable[..., Step]] = {
    "rnn": rnn_step, "gru": gru_step, "gru_reset_after": gru_reset_after_step, "lstm": lstm_step
}  # fmt: skip
STATES = {"lstm": ("h", "C")} | dict.fromkeys(("rnn", "gru", "gru_reset_after"), ("h",))  # to the next step


def run_cell(kind: str, x: Array, state: State, weights: Mapping[str, ArrayLike]) -> Iterator[Step]:
    """Run a cell over the inputs x (T, ..., D); yields every value of one step after the other.

    kind: a key of `STEPS`.  state: h_prev, and for the LSTM C_prev, (..., H) each.  weights: the
    step's other arguments by name, W_f, b_f, …
    """
    for x_t in x:
        step = STEPS[kind](x_t, *state, **weights)
        state = tuple(getattr(step, name) for name in STATES[kind])
        yield step


def network_loss(
    kind: str, x: Array, y: Array, state: State, weights: Mapping[str, ArrayLike], W_y: Array, b_y: Array
) -> Array:
    """Return the loss of a network that reads x and predicts y, in nats, summed over steps, (...).

    x (T, ..., D); y (T, ..., V): the characters to predict as one-hot vectors, zeros where nothing is
    predicted.  W_y (..., V, H) and b_y (..., V): the readout.  The rest as in `run_cell`.
    """
    loss = np.zeros(())
    for step, y_t in zip(run_cell(kind, x, state, weights), y, strict=True):
        logits = np.matvec(W_y, step.h) + b_y
        log_p = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)  # the logarithm of softmax
        loss = loss - (y_t * log_p).sum(axis=-1)
    return loss


def one_hot(indices: ArrayLike, size: int) -> Array:
    """Return indices (...) as vectors (..., size) with a single 1; −1 as a vector of zeros."""
    return np.eye(size + 1)[np.asarray(indices), :size]
