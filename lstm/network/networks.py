"""The networks: the cell of each, its gates' letters and its first weights."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.cells import Cell, GRUCell, LSTMCell, ResetAfterGRUCell, RNNCell, layer_suffix
from lstm.errors import finite_number
from lstm.network.network import Network


class RNN(Network):
    """A vanilla RNN (Elman 1990): h = tanh(W_h · [h_prev, x] + b_h)."""

    __slots__ = ()
    kind, cell_type, letters = "rnn", RNNCell, ("h",)


class GRU(Network):
    """A GRU (Cho et al. 2014); the equations are in `equations.gru_step`.

    keep_bias: the update-gate bias b_z at first; above 0 the network begins by keeping its state, as
    forget_bias does for the LSTM.
    """

    __slots__ = ()
    kind, letters = "gru", ("h", "z", "r")
    cell_type: ClassVar[type[Cell]] = GRUCell

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        *,
        keep_bias: float = 0.0,
        layers: int = 1,
        input_scale: float | None = None,
    ) -> None:
        sizes = input_size, hidden_size, output_size
        super().__init__(*sizes, seed, dtype, layers=layers, input_scale=input_scale)
        for layer in range(layers):
            self.weights[f"bz{layer_suffix(layer)}"][:] = finite_number("keep_bias", keep_bias)


class ResetAfterGRU(GRU):
    """The GRU of PyTorch and Keras: r acts after the product; see `equations.gru_reset_after_step`.

    One product serves all gates and the candidate, whose second bias `ch` r multiplies too.
    """

    __slots__ = ()
    kind, cell_type, biases = "gru_reset_after", ResetAfterGRUCell, ("bh", "bz", "br", "ch")


class LSTM(Network):
    """An LSTM (Hochreiter & Schmidhuber 1997; Gers et al. 2000); equations in `equations.lstm_step`.

    input_size D, hidden_size H, output_size V; seed makes the weights repeatable (np.random.seed has no
    effect); dtype float32 to train, float64 to test; forget_bias: b_f at first, 1 after Jozefowicz et al.
    2015; layers: cells one above the other, each reading the h of the one below; input_scale: the standard
    deviation of the first input weights, 1/√(H + D) by default.  Characters learn faster with 1: one of them
    adds one column to a unit's sum, not D of them.
    Raises InputError for sizes that are not whole numbers from 1.

        net = LSTM(V, 128, V, seed=1)
        loss = net.forward(inputs, targets, h_prev, C_prev)  # inputs = ids[:-1], targets = ids[1:]
        dh, dC = net.backward()                              # and of the weights: net.gradients["Wf"], …
        net.update_weights(learning_rate=0.1)                # plain gradient descent; Adam: lstm.train
        text = net.sample(idx_to_char, seed_char_idx, length=200, temperature=0.8, seed=0)

    net.Wf (H, H + D), net.bf (H,): the weights W_f and b_f, likewise Wi, Wo, Wc of the candidate, Wy of the
    readout.  net.gates["f"] (T, H): the values of the last forward; net.state: its last h and C.

    Rates of plain descent, measured: 4,000 times 25 steps of a text of 160,000 characters, H = 128, end at
    a validation loss of 2.77 nats with 0.001, 2.02 with 0.01, 1.73 with 0.1, 1.86 with 0.3; with 1 they
    explode.  1,000 times 50 steps of 32 sequences: 2.95, 2.14 and 1.54; with 0.3 they explode.
    """

    __slots__ = ()
    kind = "lstm"
    letters: ClassVar[tuple[str, ...]] = ("c", "f", "i", "o")
    cell_type: ClassVar[type[Cell]] = LSTMCell

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        *,
        forget_bias: float = 1.0,
        layers: int = 1,
        input_scale: float | None = None,
    ) -> None:
        sizes = input_size, hidden_size, output_size
        super().__init__(*sizes, seed, dtype, layers=layers, input_scale=input_scale)
        for layer in range(layers):
            self.weights[f"bf{layer_suffix(layer)}"][:] = finite_number("forget_bias", forget_bias)

    def forward(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        h_prev: ArrayLike | None = None,
        C_prev: ArrayLike | None = None,
    ) -> float:
        """Read inputs, predict targets, return the loss.

        inputs, targets: T indices, or (T, B); inputs may also be numbers (T, B, D), targets −1 where
        nothing is predicted.  States: (H,), (H, 1) or (B, H), with L layers (L, H) or (L, B, H); zeros by
        default.
        The loss is in nats, summed over steps, mean over sequences.
        Raises InputError for shapes or indices that do not fit.
        """
        return self._forward(inputs, targets, h_prev, C_prev)


NETWORKS: dict[str, type[Network]] = {
    "rnn": RNN, "gru": GRU, "gru_reset_after": ResetAfterGRU, "lstm": LSTM
}  # fmt: skip
