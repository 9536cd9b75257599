"""The three networks: the cell of each, its gates' letters and its first weights."""

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.cells import GRUCell, LSTMCell, RNNCell
from lstm.network.network import Network


class RNN(Network):
    """A vanilla RNN (Elman 1990): h = tanh(W_h · [h_prev, x] + b_h)."""

    __slots__ = ()
    kind, cell_type, letters = "rnn", RNNCell, ("h",)


class GRU(Network):
    """A GRU (Cho et al. 2014); the equations are in `equations.gru_step`.

    keep_bias: b_z at first; above 0 the network begins by keeping its state, as forget_bias does for
    the LSTM.
    """

    __slots__ = ()
    kind, cell_type, letters = "gru", GRUCell, ("h", "z", "r")

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        keep_bias: float = 0.0,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, seed, dtype)
        self.weights["bz"][:] = keep_bias


class LSTM(Network):
    """An LSTM (Hochreiter & Schmidhuber 1997; Gers et al. 2000); equations in `equations.lstm_step`.

    input_size D, hidden_size H, output_size V; seed makes the weights repeatable; dtype float32 to
    train, float64 to test; forget_bias: b_f at first, 1 after Jozefowicz et al. 2015.
    Raises InputError for sizes that are not whole numbers from 1.
    """

    __slots__ = ()
    kind, cell_type, letters = "lstm", LSTMCell, ("c", "f", "i", "o")

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        forget_bias: float = 1.0,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, seed, dtype)
        self.weights["bf"][:] = forget_bias

    def forward(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        h_prev: ArrayLike | None = None,
        C_prev: ArrayLike | None = None,
    ) -> float:
        """Read inputs, predict targets, return the loss.

        inputs, targets: T indices, or (T, B); inputs may also be numbers (T, B, D), targets −1 where
        nothing is predicted.  States: (H,), (H, 1) or (B, H); zeros by default.
        The loss is in nats, summed over steps, mean over sequences.
        Raises InputError for shapes or indices that do not fit.
        """
        return self._forward(inputs, targets, h_prev, C_prev)


NETWORKS: dict[str, type[Network]] = {"rnn": RNN, "gru": GRU, "lstm": LSTM}
