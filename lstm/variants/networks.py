"""Networks of the variants' cells, with the calls of `lstm.LSTM`; in a table of their own.

They are for comparing: the command line and the checkpoints know the book's networks alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.cells import layer_suffix
from lstm.errors import finite_number
from lstm.network import LSTM, Network
from lstm.network.first_weights import network_parameters
from lstm.parameters import Parameters
from lstm.variants.coupled import CoupledCell
from lstm.variants.lstm_1997 import LSTM1997Cell
from lstm.variants.min_lstm import MinLSTMCell
from lstm.variants.peephole import PeepholeCell


class LSTM1997(Network):
    """An LSTM without a forget gate (Hochreiter & Schmidhuber 1997); equations in `lstm_1997_step`."""

    __slots__ = ()
    kind, cell_type, letters = "lstm_1997", LSTM1997Cell, ("c", "i", "o")

    def forward(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        h_prev: ArrayLike | None = None,
        C_prev: ArrayLike | None = None,
    ) -> float:
        """Read inputs, predict targets, return the loss; arguments as in `lstm.LSTM.forward`."""
        return self._forward(inputs, targets, h_prev, C_prev)


class PeepholeLSTM(LSTM):
    """An LSTM with peepholes (Gers & Schmidhuber 2000), which are 0 at first; see `peephole_step`."""

    __slots__ = ()
    kind, cell_type = "peephole", PeepholeCell
    biases = (*LSTM.biases, "pf", "pi", "po")


class CoupledLSTM(LSTM):
    """An LSTM with i = 1 − f (the CIFG of Greff et al. 2017); equations in `coupled_step`."""

    __slots__ = ()
    kind, cell_type, letters = "coupled", CoupledCell, ("c", "f", "o")


class MinLSTM(Network):
    """A minLSTM (Feng et al. 2024); equations in `min_lstm_step`.  W is (3H, D): no gate reads h.

    forget_bias: b_f at first, as in `lstm.LSTM`.
    """

    __slots__ = ()
    kind, cell_type, letters = "min_lstm", MinLSTMCell, ("c", "f", "i")

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

    def _parameters(self) -> Parameters:
        sizes = self.input_size, self.hidden_size, self.output_size
        return network_parameters(self.letters, self.biases, *sizes, self.layers, self.dtype, reads_h=False)


VARIANTS: dict[str, type[Network]] = {
    "lstm_1997": LSTM1997, "peephole": PeepholeLSTM, "coupled": CoupledLSTM, "min_lstm": MinLSTM
}  # fmt: skip
