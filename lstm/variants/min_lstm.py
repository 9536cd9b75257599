"""The minLSTM, forward and backward through time; letters as in `lstm.cells`.

No gate reads the state, so the gates of all steps are computed at once; what is left for the loop over time
is a ⊙ h_prev + b.  `lstm.variants.scan` computes that without a loop.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.cells import Cell, Trace
from lstm.cells.cell import each_input_sum
from lstm.products import Workspace

_C_TILDE, _F, _I = range(3)  # places in the block of gates


@dataclass(slots=True)
class MinLSTMArrays:
    """Where the values of one step lie, each (B, H); gates (3, B, H)."""

    h_prev: Array
    gates: Array
    f_share: Array
    h: Array


@dataclass(frozen=True)
class MinLSTMTrace(Trace):
    """The trace of a minLSTM: see `Trace`, and f_share (T, B, H), f divided by f + i."""

    f_share: Array

    def steps(self) -> Iterator[MinLSTMArrays]:
        return map(MinLSTMArrays, self.h, self.gates, self.f_share, self.h[1:])


class MinLSTMCell(Cell):
    """The cell whose gates read x alone; equations in `min_lstm_step`.

    W is (3H, D): no column of it belongs to h_prev.
    """

    gates = ("C_tilde", "f", "i")
    states = ("h",)
    between = ("f_share",)
    trace_type = MinLSTMTrace

    def __init__(self, W: Array, b: Array) -> None:
        G = len(self.gates)
        self.hidden_size, self.input_size = len(W) // G, W.shape[1]
        self.W, self.b = W.reshape(G, self.hidden_size, -1), b.reshape(G, -1)  # (G, H, D), (G, H): views

    def weights_for_tanh(self) -> tuple[Array, Array, Array]:
        """Return no W_h (G, H, 0), W_x (G, D, H) and b (G, 1, H), nothing of them halved."""
        return self.W[:, :, :0], self.W.swapaxes(1, 2), self.b[:, None]

    def forward(
        self, x: Array | Indices, state: State, space: Workspace | None = None, masks: Sequence[Array] = ()
    ) -> MinLSTMTrace:
        """Run over x as every cell does; the loop over time is only a ⊙ h_prev + b."""
        trace = self.new_trace(x, state, space or Workspace())
        assert isinstance(trace, MinLSTMTrace)
        _, W_x, b = self.weights_for_tanh()
        for _ in each_input_sum(x, W_x, b, trace.gates):
            pass  # the sums of all steps now stand where their gates will
        added = _gates_from_sums(trace.gates.swapaxes(0, 1), trace.f_share)  # (T, B, H)
        for a_t, b_t, h_prev, h in zip(trace.f_share, added, trace.h, trace.h[1:], strict=False):
            np.multiply(a_t, h_prev, out=h)
            h += b_t
        return trace

    def step_function(self, W_h: Array, B: int) -> Callable[[MinLSTMArrays, Array], None]:
        def compute(step: MinLSTMArrays, input_sums: Array) -> None:
            step.gates[:] = input_sums
            added = _gates_from_sums(step.gates, step.f_share)
            np.multiply(step.f_share, step.h_prev, out=step.h)
            step.h += added

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        if not isinstance(trace, MinLSTMTrace):
            raise TypeError("a minLSTM goes back along the trace of a minLSTM")
        (dh,), f_share = at_states, trace.f_share
        for t in reversed(range(len(dz))):
            dh[t + 1] += dh_out[t]
            np.multiply(dh[t + 1], f_share[t], out=dh[t])  # from f' ⊙ h_prev: the only path back
        C_tilde, f, i = trace.gates.swapaxes(0, 1)
        i_share = 1 - f_share
        np.multiply(dh[1:], i_share, out=dz[:, _C_TILDE])
        # With h as C̃ + f' ⊙ (h_prev − C̃); and f' changes with ln f − ln i like σ, with slope f' i'.
        at_difference = dh[1:] * (trace.h[:-1] - C_tilde) * f_share * i_share
        np.multiply(at_difference, 1 - f, out=dz[:, _F])  # d ln f / dz_f = 1 − f
        np.multiply(-at_difference, 1 - i, out=dz[:, _I])

    def weight_gradients(
        self, trace: Trace, dz: Array, dW: Array, db: Array, *, space: Workspace | None = None
    ) -> None:
        G, H, D = self.W.shape
        with_h = np.empty((G * H, H + D), dW.dtype)  # the shape that other cells have
        super().weight_gradients(trace, dz, with_h, db, space=space)
        dW[:] = with_h[:, H:]

    def _recurrent_gradient(self, trace: Trace, per_gate: Array, dW_h: Array) -> None:
        """Write nothing: there are no recurrent weights."""

    def input_gradient(self, dz: Array) -> Array:
        at_inputs: Array = np.einsum("tgbh,ghd->tbd", dz, self.W, optimize=True)
        return at_inputs


def _gates_from_sums(gates: Array, f_share: Array) -> Array:
    """Turn the sums (3, ..., B, H) into C̃, f and i, in place; fill f_share; return i' ⊙ C̃."""
    # f = 1 / (1 + u) and i = 1 / (1 + v) with u = e^−z, so that f' = (1 + v) / (1 + u + 1 + v): sums of
    # positive numbers, without a difference and, for sums that are cut off where e^−z ends, finite.
    end = 0.9 * np.log(np.finfo(gates.dtype).max)
    sigmoids = gates[_F:]
    np.clip(sigmoids, -end, end, out=sigmoids)
    np.negative(sigmoids, out=sigmoids)
    np.exp(sigmoids, out=sigmoids)
    sigmoids += 1
    f, i = sigmoids
    np.divide(i, f + i, out=f_share)
    added: Array = f / (f + i)
    added *= gates[_C_TILDE]
    np.reciprocal(sigmoids, out=sigmoids)
    return added
