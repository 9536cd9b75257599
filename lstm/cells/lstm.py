"""The LSTM, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells.cell import Cell, Trace, blocks_of_steps
from lstm.products import ErrorProduct, StateProduct, aligned

# Places in the block of gates: the three sigmoids lie together, and so do the three that act on C.
_C_TILDE, _F, _I, _O = range(4)


@dataclass(slots=True)
class LSTMArrays:
    """Where the values of one step lie, under the textbook's names, each (B, H).

    gates are C̃, f, i and o together, (4, B, H), and sigmoids f, i and o: long runs of memory.
    """

    h_prev: Array
    C_prev: Array
    gates: Array
    sigmoids: Array
    C_tilde: Array
    f: Array
    i: Array
    o: Array
    C: Array
    h: Array


@dataclass(frozen=True)
class LSTMTrace(Trace):
    """The trace of an LSTM: see `Trace`, and C (T + 1, B, H), entry 0 the state before the first step."""

    C: Array

    def steps(self) -> Iterator[LSTMArrays]:
        gates, h, C = self.gates, self.h, self.C
        C_tilde, f, i, o = gates.swapaxes(0, 1)
        return map(LSTMArrays, h, C, gates, gates[:, _F:], C_tilde, f, i, o, C[1:], h[1:])


class LSTMCell(Cell):
    """f, i, o = σ(W · [h_prev, x] + b); C̃ = tanh(…); C = f ⊙ C_prev + i ⊙ C̃; h = o ⊙ tanh(C)."""

    gates = ("C_tilde", "f", "i", "o")
    states = ("h", "C")
    trace_type = LSTMTrace

    def step_function(self, W_h: Array, B: int) -> Callable[[LSTMArrays, Array], None]:
        product = StateProduct(W_h, B)
        half = np.array(0.5, W_h.dtype)  # an array: a Python number costs a small ufunc half its time
        added_part = aligned((B, self.hidden_size), W_h.dtype)

        def compute(step: LSTMArrays, input_sums: Array) -> None:
            # z = W · [h_prev, x] + b of C̃, and ½ z of f, i and o, whose weights `weights_for_tanh` has halved
            np.add(product(step.h_prev), input_sums, out=step.gates)
            np.tanh(step.gates, out=step.gates)  # C̃ = tanh(z)
            step.sigmoids *= half
            step.sigmoids += half  # f, i, o = σ(z) = ½ + ½ tanh(½ z)
            np.multiply(step.f, step.C_prev, out=step.C)
            np.multiply(step.i, step.C_tilde, out=added_part)
            step.C += added_part  # C = f ⊙ C_prev + i ⊙ C̃
            np.tanh(step.C, out=step.h)
            step.h *= step.o  # h = o ⊙ tanh(C)

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        if not isinstance(trace, LSTMTrace):
            raise TypeError("an LSTM goes back along the trace of an LSTM")
        dh, dC = at_states
        B, H = dz.shape[2:]
        product, f = ErrorProduct(self.W[:, :, :H], B), trace.gates[:, _F]
        for steps in blocks_of_steps(dz):
            dh_dC = self._slopes(trace, steps, dz[steps])
            for t in reversed(range(steps.start, steps.stop)):
                dh_t, dC_t, dz_t = dh[t + 1], dC[t + 1], dz[t]
                into_C, into_h, through_h = dz_t[:_O], dz_t[_O], dh_dC[t - steps.start]
                dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
                through_h *= dh_t
                dC_t += through_h  # h = o ⊙ tanh(C)
                into_C *= dC_t  # C = f ⊙ C_prev + i ⊙ C̃: to z_C, z_f and z_i
                into_h *= dh_t  # h = o ⊙ tanh(C): to z_o
                np.multiply(dC_t, f[t], out=dC[t])  # C = f ⊙ C_prev + …: the path through the cell state
                product(dz_t, out=dh[t])  # z = W_h h_prev + …: the path through h

    @staticmethod
    def _slopes(trace: LSTMTrace, steps: slice, dz: Array) -> Array:
        """Fill dz with ∂C/∂z for C̃, f, i and ∂h/∂z for o; return ∂h/∂C."""
        C_tilde, f, i, o = (trace.gates[steps, k] for k in range(4))
        C_prev, C, h = trace.C[steps], trace.C[1:][steps], trace.h[1:][steps]
        # σ' = σ (1 − σ)
        np.subtract(1, trace.gates[steps, _F:], out=dz[:, _F:])
        dz[:, _F] *= f * C_prev  # ∂C/∂z_f = C_prev ⊙ f ⊙ (1 − f)
        added_part = i * C_tilde
        dz[:, _I] *= added_part  # ∂C/∂z_i = C̃ ⊙ i ⊙ (1 − i)
        dz[:, _O] *= h  # ∂h/∂z_o = tanh(C) ⊙ o ⊙ (1 − o)
        # tanh' = 1 − tanh²
        added_part *= C_tilde
        np.subtract(i, added_part, out=dz[:, _C_TILDE])  # ∂C/∂z_C = i ⊙ (1 − C̃²)
        dh_dC = np.tanh(C)
        dh_dC *= h
        return np.subtract(o, dh_dC, out=dh_dC)  # ∂h/∂C = o ⊙ (1 − tanh² C)
