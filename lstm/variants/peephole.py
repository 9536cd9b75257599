"""The LSTM with peepholes, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable

import numpy as np

from lstm.arrays import Array
from lstm.cells import Trace
from lstm.products import StateProduct, Workspace
from lstm.variants.cell import TwoStateCell, VariantArrays, VariantTrace, open_gates, show_state

_C_TILDE, _F, _I, _O = range(4)  # places in the block of gates


class PeepholeCell(TwoStateCell):
    """The LSTM whose gates read C as well; equations in `peephole_step`.

    The three peepholes p_f, p_i and p_o are the blocks of b after those of the gates.
    """

    gates = ("C_tilde", "f", "i", "o")

    @property
    def peepholes(self) -> Array:
        """The weights p_f, p_i and p_o, (3, H), a view."""
        return self.b[len(self.gates) :]

    def step_function(self, W_h: Array, B: int) -> Callable[[VariantArrays, Array], None]:
        product = StateProduct(W_h, B)
        half_p = self.peepholes * W_h.dtype.type(0.5)  # as the weights of the gates, for tanh(½ z)
        at_C_prev, at_C = half_p[:2, None], half_p[2]

        def compute(step: VariantArrays, input_sums: Array) -> None:
            gates = step.gates
            np.add(product(step.h_prev), input_sums, out=gates)
            gates[_F:_O] += at_C_prev * step.C_prev
            np.tanh(gates[:_O], out=gates[:_O])
            open_gates(gates[_F:_O])
            np.multiply(gates[_F], step.C_prev, out=step.C)
            step.C += gates[_I] * gates[_C_TILDE]
            o = gates[_O]
            o += at_C * step.C  # the output gate reads the new C
            np.tanh(o, out=o)
            open_gates(o)
            show_state(step)

        return compute

    def back_from_C(self, step: VariantArrays, dC: Array, dz: Array, dC_prev: Array) -> None:
        p_f, p_i, p_o = self.peepholes
        C_tilde, f, i, _ = step.gates
        dz_C, dz_f, dz_i, dz_o = dz
        dC += dz_o * p_o  # z_o = … + p_o ⊙ C
        np.multiply(dC, i * (1 - C_tilde * C_tilde), out=dz_C)  # C = f ⊙ C_prev + i ⊙ C̃
        np.multiply(dC, step.C_prev * f * (1 - f), out=dz_f)
        np.multiply(dC, C_tilde * i * (1 - i), out=dz_i)
        np.multiply(dC, f, out=dC_prev)  # the path through the cell state …
        dC_prev += dz_f * p_f + dz_i * p_i  # … and those through the peepholes

    def weight_gradients(
        self, trace: Trace, dz: Array, dW: Array, db: Array, *, space: Workspace | None = None
    ) -> None:
        assert isinstance(trace, VariantTrace)
        super().weight_gradients(trace, dz, dW, db, space=space)
        C = trace.C
        at_peepholes = db.reshape(-1, self.hidden_size)[len(self.gates) :]  # (3, H), a view
        np.einsum("tgbh,tbh->gh", dz[:, _F:_O], C[:-1], out=at_peepholes[:2])
        np.einsum("tbh,tbh->h", dz[:, _O], C[1:], out=at_peepholes[2])
