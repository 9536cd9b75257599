"""The LSTM without a forget gate, forward and backward through time; letters as in `lstm.cells`."""

import numpy as np

from lstm.arrays import Array
from lstm.variants.cell import TwoStateCell, VariantArrays


class LSTM1997Cell(TwoStateCell):
    """The LSTM whose step only adds i ⊙ C̃ to C_prev; equations in `lstm_1997_step`."""

    gates = ("C_tilde", "i", "o")

    def compute_C(self, step: VariantArrays) -> None:
        C_tilde, i, _ = step.gates
        np.add(step.C_prev, i * C_tilde, out=step.C)

    def back_from_C(self, step: VariantArrays, dC: Array, dz: Array, dC_prev: Array) -> None:
        C_tilde, i, _ = step.gates
        dz_C, dz_i, _ = dz
        np.multiply(dC, i * (1 - C_tilde * C_tilde), out=dz_C)  # C is C_prev and i ⊙ C̃
        np.multiply(dC, C_tilde * i * (1 - i), out=dz_i)
        dC_prev[:] = dC  # the path through the cell state: nothing is lost on it
