"""The vanilla RNN, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.cells.cell import Cell, StateGradients, Trace
from lstm.products import ErrorProduct, StateProduct, Workspace


@dataclass(slots=True)
class RNNArrays:
    """Where the values of one step lie: states (B, H), and z_h, which becomes h, (1, B, H)."""

    h_prev: Array
    gates: Array
    h: Array


class RNNTrace(Trace):
    """The trace of an RNN; see `Trace`."""

    def step(self, t: int) -> RNNArrays:
        return RNNArrays(self.h[t], self.gates[t], self.h[t + 1])


class RNNCell(Cell):
    """h = tanh(W_h · [h_prev, x] + b_h)."""

    gates = ("h",)
    states = ("h",)

    def new_trace(self, x: Array | Indices, state: State, space: Workspace) -> RNNTrace:
        T, B, H, dtype = *x.shape[:2], self.hidden_size, self.W.dtype
        trace = RNNTrace(
            x,
            gates=space.empty("gates", (T, 1, B, H), dtype),
            h=space.empty("h", (T + 1, B, H), dtype),
        )
        (trace.h[0],) = state
        return trace

    def step_function(self, W_h: Array, B: int) -> Callable[[RNNArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: RNNArrays, input_sums: Array) -> None:
            np.add(product(step.h_prev), input_sums, out=step.gates)  # z_h = W · [h_prev, x] + b
            np.tanh(step.gates, out=step.gates)
            step.h[:] = step.gates[0]  # h = tanh(z_h)

        return compute

    def backward(
        self, trace: Trace, dh_out: Array, d_last: State | None = None, space: Workspace | None = None
    ) -> tuple[Array, StateGradients]:
        dz, dh = self.new_gradients(trace, d_last, space or Workspace())
        T, _, B, H = dz.shape
        product = ErrorProduct(self.W[:, :, :H], B)
        np.multiply(trace.gates, trace.gates, out=dz)
        np.subtract(1, dz, out=dz)  # tanh' = 1 − h²
        for t in reversed(range(T)):
            dh_t, dz_t = dh[t + 1], dz[t]
            dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
            dz_t *= dh_t  # h = tanh(z_h)
            product(dz_t, out=dh[t])  # z_h = W_h h_prev + …
        return dz, StateGradients(dh)
