"""A signal that is put in once, and what is left of it in two cells later."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lstm.equations import lstm_step, rnn_step


class CarriedSignal(NamedTuple):
    """The LSTM's cell state and the RNN's hidden state after each step, (T,)."""

    lstm: NDArray
    rnn: NDArray


def carry_signal(steps: int, forget_bias: float) -> CarriedSignal:
    """Show a scalar LSTM and a scalar RNN a 1 at the first step and 0 after it.

    The LSTM's input gate opens for a 1 and is shut otherwise; the RNN feeds its state back with
    weight 0.9.  Every step is a step of the textbook.
    """
    x = np.zeros((steps, 1))
    x[0] = 1
    h, C, h_rnn = np.zeros(1), np.zeros(1), np.zeros(1)
    ignore, on_signal, signal = np.array([[0.0, 0.0]]), np.array([[0.0, 12.0]]), np.array([[0.0, 2.0]])
    lstm_values, rnn_values = [], []
    for x_t in x:
        step = lstm_step(
            x_t, h, C,
            W_f=ignore, W_i=on_signal, W_C=signal, W_o=ignore,
            b_f=np.array([forget_bias]), b_i=np.array([-6.0]), b_C=np.zeros(1), b_o=np.zeros(1),
        )  # fmt: skip
        h, C = step.h, step.C
        h_rnn = rnn_step(x_t, h_rnn, np.array([[0.9, 2.0]]), np.zeros(1)).h
        lstm_values.append(C[0])
        rnn_values.append(h_rnn[0])
    return CarriedSignal(np.array(lstm_values), np.array(rnn_values))
