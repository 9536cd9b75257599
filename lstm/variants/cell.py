"""What the variants with two states share: their trace, and how h and its error come out of C.

Letters as in `lstm.cells`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells import Cell, Trace
from lstm.products import ErrorProduct, StateProduct


@dataclass(slots=True)
class VariantArrays:
    """Where the values of one step lie: gates (G, B, H), the states (B, H)."""

    h_prev: Array
    C_prev: Array
    gates: Array
    C: Array
    h: Array


@dataclass(frozen=True)
class VariantTrace(Trace):
    """The trace of a variant: see `Trace`, and C (T + 1, B, H), entry 0 the state before the first step."""

    C: Array

    def steps(self) -> Iterator[VariantArrays]:
        return map(VariantArrays, self.h, self.C, self.gates, self.C[1:], self.h[1:])


class TwoStateCell(Cell):
    """A cell with C and h = o ⊙ tanh(C), whose last gate is o; a variant says what C is.

    A step: `compute_C`; on the way back: `back_from_C`.
    """

    states = ("h", "C")
    trace_type = VariantTrace

    def compute_C(self, step: VariantArrays) -> None:
        """Write C of a step whose gates are there."""
        raise NotImplementedError

    def back_from_C(self, step: VariantArrays, dC: Array, dz: Array, dC_prev: Array) -> None:
        """Go back from dL/dC (B, H), which is without what the gates of this step still add.

        Fills dz (G, B, H) but for that of o, which is there, and writes what goes past h to dC_prev.
        """
        raise NotImplementedError

    def step_function(self, W_h: Array, B: int) -> Callable[[VariantArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: VariantArrays, input_sums: Array) -> None:
            np.add(product(step.h_prev), input_sums, out=step.gates)  # z = W · [h_prev, x] + b
            np.tanh(step.gates, out=step.gates)
            open_gates(step.gates[1:])
            self.compute_C(step)
            show_state(step)

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        if not isinstance(trace, VariantTrace):
            raise TypeError("a variant goes back along the trace of a variant")
        dh, dC = at_states
        product = ErrorProduct(self.W[:, :, : self.hidden_size], dz.shape[2])
        for t, step in reversed(list(enumerate(trace.steps()))):
            dh_t, dC_t, dz_t = dh[t + 1], dC[t + 1], dz[t]
            dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
            dC_t += back_from_h(step, dh_t, dz_t[-1])
            self.back_from_C(step, dC_t, dz_t, dC[t])
            product(dz_t, out=dh[t])  # z = W_h h_prev + …: the path through h


def open_gates(sums: Array) -> None:
    """Finish σ(z) = ½ + ½ tanh(½ z) in place, where tanh(½ z) stands."""
    sums *= 0.5
    sums += 0.5


def show_state(step: VariantArrays) -> None:
    """Compute h = o ⊙ tanh(C)."""
    np.tanh(step.C, out=step.h)
    step.h *= step.gates[-1]


def back_from_h(step: VariantArrays, dh: Array, dz_o: Array) -> Array:
    """Go back through h = o ⊙ tanh(C): write dL/dz_o, return what reaches C, (B, H)."""
    o, tanh_C = step.gates[-1], np.tanh(step.C)
    np.multiply(dh, tanh_C * o * (1 - o), out=dz_o)
    at_C: Array = dh * o * (1 - tanh_C * tanh_C)
    return at_C
