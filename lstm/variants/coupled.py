"""The LSTM whose input gate is 1 − f, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable

import numpy as np

from lstm.arrays import Array
from lstm.cells import Trace
from lstm.products import ErrorProduct, StateProduct
from lstm.variants.cell import (
    TwoStateCell,
    VariantArrays,
    back_from_h,
    open_gates,
    show_state,
    trace_of,
)  # fmt: skip


class CoupledCell(TwoStateCell):
    """The LSTM in which 1 − f stands for i; equations in `coupled_step`."""

    gates = ("C_tilde", "f", "o")

    def step_function(self, W_h: Array, B: int) -> Callable[[VariantArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: VariantArrays, input_sums: Array) -> None:
            np.add(product(step.h_prev), input_sums, out=step.gates)
            np.tanh(step.gates, out=step.gates)
            open_gates(step.gates[1:])
            C_tilde, f, _ = step.gates
            # With one product less than in the textbook: C̃ + f ⊙ (C_prev − C̃).
            np.subtract(step.C_prev, C_tilde, out=step.C)
            step.C *= f
            step.C += C_tilde
            show_state(step)

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        dh, dC = at_states
        product = ErrorProduct(self.W[:, :, : self.hidden_size], dz.shape[2])
        for t, step in reversed(list(enumerate(trace_of(trace).steps()))):
            dh_t, dC_t, (dz_C, dz_f, dz_o) = dh[t + 1], dC[t + 1], dz[t]
            C_tilde, f, _ = step.gates
            dh_t += dh_out[t]
            dC_t += back_from_h(step, dh_t, dz_o)
            np.multiply(dC_t, (1 - f) * (1 - C_tilde * C_tilde), out=dz_C)
            np.multiply(dC_t, (step.C_prev - C_tilde) * f * (1 - f), out=dz_f)  # C̃ + f ⊙ (C_prev − C̃)
            np.multiply(dC_t, f, out=dC[t])  # the path through the cell state
            product(dz[t], out=dh[t])
