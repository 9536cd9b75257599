"""The vanilla RNN, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells.cell import Cell, Trace
from lstm.products import ErrorProduct, StateProduct


@dataclass(slots=True)
class RNNArrays:
    """Where the values of one step lie: states (B, H), and z_h, which becomes h, (1, B, H)."""

    h_prev: Array
    gates: Array
    h: Array


class RNNTrace(Trace):
    """The trace of an RNN; see `Trace`."""

    def steps(self) -> Iterator[RNNArrays]:
        return map(RNNArrays, self.h, self.gates, self.h[1:])


class RNNCell(Cell):
    """h = tanh(W_h · [h_prev, x] + b_h)."""

    gates = ("h",)
    states = ("h",)
    trace_type = RNNTrace

    def step_function(self, W_h: Array, B: int) -> Callable[[RNNArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: RNNArrays, input_sums: Array) -> None:
            np.add(product(step.h_prev), input_sums, out=step.gates)  # z_h = W · [h_prev, x] + b
            np.tanh(step.gates, out=step.gates)
            step.h[:] = step.gates[0]  # h = tanh(z_h)

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        (dh,) = at_states
        T, _, B, H = dz.shape
        product = ErrorProduct(self.W[:, :, :H], B)
        np.multiply(trace.gates, trace.gates, out=dz)
        np.subtract(1, dz, out=dz)  # tanh' = 1 − h²
        for t in reversed(range(T)):
            dh_t, dz_t = dh[t + 1], dz[t]
            dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
            dz_t *= dh_t  # h = tanh(z_h)
            product(dz_t, out=dh[t])  # z_h = W_h h_prev + …
