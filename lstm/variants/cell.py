"""What the variants with two states share: their trace, and how h and its error come out of C.

Letters as in `lstm.cells`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells import Cell, Trace


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
    """A cell with C and h = o ⊙ tanh(C), whose last gate is o."""

    states = ("h", "C")
    trace_type = VariantTrace


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


def trace_of(trace: Trace) -> VariantTrace:
    """Return the trace as that of a variant.  Raises TypeError if it is another cell's."""
    if not isinstance(trace, VariantTrace):
        raise TypeError("a variant goes back along the trace of a variant")
    return trace
