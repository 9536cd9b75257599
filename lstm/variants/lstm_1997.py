"""The LSTM without a forget gate, forward and backward through time; letters as in `lstm.cells`."""

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


class LSTM1997Cell(TwoStateCell):
    """The LSTM whose step only adds i ⊙ C̃ to C_prev; equations in `lstm_1997_step`."""

    gates = ("C_tilde", "i", "o")

    def step_function(self, W_h: Array, B: int) -> Callable[[VariantArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: VariantArrays, input_sums: Array) -> None:
            np.add(product(step.h_prev), input_sums, out=step.gates)
            np.tanh(step.gates, out=step.gates)
            open_gates(step.gates[1:])
            C_tilde, i, _ = step.gates
            np.add(step.C_prev, i * C_tilde, out=step.C)
            show_state(step)

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        dh, dC = at_states
        product = ErrorProduct(self.W[:, :, : self.hidden_size], dz.shape[2])
        for t, step in reversed(list(enumerate(trace_of(trace).steps()))):
            dh_t, dC_t, (dz_C, dz_i, dz_o) = dh[t + 1], dC[t + 1], dz[t]
            C_tilde, i, _ = step.gates
            dh_t += dh_out[t]
            dC_t += back_from_h(step, dh_t, dz_o)
            np.multiply(dC_t, i * (1 - C_tilde * C_tilde), out=dz_C)  # C is C_prev and i ⊙ C̃
            np.multiply(dC_t, C_tilde * i * (1 - i), out=dz_i)
            dC[t] = dC_t  # the path through the cell state: nothing is lost on it
            product(dz[t], out=dh[t])
