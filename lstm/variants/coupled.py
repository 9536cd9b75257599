"""The LSTM whose input gate is 1 − f, forward and backward through time; letters as in `lstm.cells`."""

import numpy as np

from lstm.arrays import Array
from lstm.variants.cell import TwoStateCell, VariantArrays


class CoupledCell(TwoStateCell):
    """The LSTM in which 1 − f stands for i; equations in `coupled_step`."""

    gates = ("C_tilde", "f", "o")

    def compute_C(self, step: VariantArrays) -> None:
        C_tilde, f, _ = step.gates
        # With one product less than in the textbook: C̃ + f ⊙ (C_prev − C̃).
        np.subtract(step.C_prev, C_tilde, out=step.C)
        step.C *= f
        step.C += C_tilde

    def back_from_C(self, step: VariantArrays, dC: Array, dz: Array, dC_prev: Array) -> None:
        C_tilde, f, _ = step.gates
        dz_C, dz_f, _ = dz
        np.multiply(dC, (1 - f) * (1 - C_tilde * C_tilde), out=dz_C)
        np.multiply(dC, (step.C_prev - C_tilde) * f * (1 - f), out=dz_f)  # C̃ + f ⊙ (C_prev − C̃)
        np.multiply(dC, f, out=dC_prev)  # the path through the cell state
