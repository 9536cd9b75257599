"""Networks of the variants' cells, with the calls of `lstm.LSTM`; in a table of their own.

They are for comparing: the command line and the checkpoints know the book's networks alone.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.cells import Cell, layer_suffix
from lstm.network import Network
from lstm.parameters import Parameters
from lstm.variants.coupled import CoupledCell
from lstm.variants.lstm_1997 import LSTM1997Cell
from lstm.variants.min_lstm import MinLSTMCell
from lstm.variants.peephole import PeepholeCell


class _WithForgetGate(Network):
    """What variants with a forget gate share; forget_bias: b_f at first, as in `lstm.LSTM`."""

    __slots__ = ()
    cell_type: ClassVar[type[Cell]]
    letters: ClassVar[tuple[str, ...]] = ("c", "f", "i", "o")

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        seed: int | None = None,
        dtype: DTypeLike = np.float32,
        forget_bias: float = 1.0,
        layers: int = 1,
    ) -> None:
        super().__init__(input_size, hidden_size, output_size, seed, dtype, layers)
        for layer in range(layers):
            self.weights[f"bf{layer_suffix(layer)}"][:] = forget_bias


class _TwoStates(Network):
    """What variants with h and C share."""

    __slots__ = ()
    letters: ClassVar[tuple[str, ...]] = ("c", "i", "o")

    def forward(
        self,
        inputs: ArrayLike,
        targets: ArrayLike,
        h_prev: ArrayLike | None = None,
        C_prev: ArrayLike | None = None,
    ) -> float:
        """Read inputs, predict targets, return the loss; arguments as in `lstm.LSTM.forward`."""
        return self._forward(inputs, targets, h_prev, C_prev)


class LSTM1997(_TwoStates):
    """An LSTM without a forget gate (Hochreiter & Schmidhuber 1997); equations in `lstm_1997_step`."""

    __slots__ = ()
    kind, cell_type, letters = "lstm_1997", LSTM1997Cell, ("c", "i", "o")


class PeepholeLSTM(_WithForgetGate, _TwoStates):
    """An LSTM with peepholes (Gers & Schmidhuber 2000), which are 0 at first; see `peephole_step`."""

    __slots__ = ()
    kind, cell_type, letters = "peephole", PeepholeCell, ("c", "f", "i", "o")
    biases = ("bc", "bf", "bi", "bo", "pf", "pi", "po")


class CoupledLSTM(_WithForgetGate, _TwoStates):
    """An LSTM with i = 1 − f (the CIFG of Greff et al. 2017); equations in `coupled_step`."""

    __slots__ = ()
    kind, cell_type, letters = "coupled", CoupledCell, ("c", "f", "o")


class MinLSTM(_WithForgetGate):
    """A minLSTM (Feng et al. 2024); equations in `min_lstm_step`.  W is (3H, D): no gate reads h."""

    __slots__ = ()
    kind, cell_type, letters = "min_lstm", MinLSTMCell, ("c", "f", "i")

    def _parameters(self) -> Parameters:
        H, rows = self.hidden_size, len(self.letters) * self.hidden_size
        ends = [layer_suffix(layer) for layer in range(self.layers)]
        shapes: dict[str, tuple[int, ...]] = {}
        for layer, end in enumerate(ends):
            shapes |= {f"W{end}": (rows, H if layer else self.input_size), f"b{end}": (rows,)}
        readout = {"Wy": (self.output_size, H), "by": (self.output_size,)}
        parameters = Parameters(shapes | readout, self.dtype)
        for end in ends:
            parameters.name_rows(f"W{end}", [f"W{letter}{end}" for letter in self.letters])
            parameters.name_rows(f"b{end}", [f"{name}{end}" for name in self.biases])
        return parameters


VARIANTS: dict[str, type[Network]] = {
    "lstm_1997": LSTM1997, "peephole": PeepholeLSTM, "coupled": CoupledLSTM, "min_lstm": MinLSTM
}  # fmt: skip
