"""The GRU whose r acts after the product, as PyTorch and Keras have it; letters as in `lstm.cells`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells.cell import Cell, Trace
from lstm.products import ErrorProduct, StateProduct, Workspace

_H_TILDE, _Z, _R = range(3)  # places in the block of gates: the two sigmoids lie together


@dataclass(slots=True)
class ResetAfterGRUArrays:
    """Where the values of one step lie, each (B, H); sigmoids are z and r together, (2, B, H)."""

    h_prev: Array
    sigmoids: Array
    h_tilde: Array
    z: Array
    r: Array
    from_h: Array
    h: Array


@dataclass(frozen=True)
class ResetAfterGRUTrace(Trace):
    """The trace of this GRU: see `Trace`, and from_h = W_h · h_prev + c_h, (T, B, H), what r multiplies."""

    from_h: Array

    def steps(self) -> Iterator[ResetAfterGRUArrays]:
        h_tilde, z, r = self.gates.swapaxes(0, 1)
        sigmoids = self.gates[:, _Z:]
        return map(ResetAfterGRUArrays, self.h, sigmoids, h_tilde, z, r, self.from_h, self.h[1:])


class ResetAfterGRUCell(Cell):
    """z, r = σ(W · [h_prev, x] + b); h̃ = tanh(W_h · x + b_h + r ⊙ from_h); h = z ⊙ h_prev + (1 − z) ⊙ h̃.

    from_h = W_h · h_prev + c_h; its bias c_h is a fourth block of b.
    """

    gates = ("h_tilde", "z", "r")
    states = ("h",)
    between = ("from_h",)
    trace_type = ResetAfterGRUTrace

    def step_function(self, W_h: Array, B: int) -> Callable[[ResetAfterGRUArrays, Array], None]:
        product, c_h = StateProduct(W_h, B), self.b[len(self.gates)]
        half = np.array(0.5, W_h.dtype)  # an array: a Python number costs a small ufunc half its time

        def compute(step: ResetAfterGRUArrays, input_sums: Array) -> None:
            sums = product(step.h_prev)  # of the gates and the candidate at once
            # ½ (W · [h_prev, x] + b): `weights_for_tanh` has halved the weights of z and r
            np.add(sums[_Z:], input_sums[_Z:], out=step.sigmoids)
            np.tanh(step.sigmoids, out=step.sigmoids)
            step.sigmoids *= half
            step.sigmoids += half  # z and r = σ(…) = ½ + ½ tanh(½ …)
            np.add(sums[_H_TILDE], c_h, out=step.from_h)
            from_x = input_sums[_H_TILDE] + step.r * step.from_h
            np.tanh(from_x, out=step.h_tilde)  # h̃ = tanh(W_h · x + b_h + r ⊙ from_h)
            # h = z ⊙ h_prev + (1 − z) ⊙ h̃, with one product less: h̃ + z ⊙ (h_prev − h̃)
            np.subtract(step.h_prev, step.h_tilde, out=step.h)
            step.h *= step.z
            step.h += step.h_tilde

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        if not isinstance(trace, ResetAfterGRUTrace):
            raise TypeError("this GRU goes back along its own trace")
        (dh,) = at_states
        T, G, B, H = dz.shape
        product = ErrorProduct(self.W[:, :, :H], B)
        at_products = np.empty((G, B, H), dz.dtype)  # dL/d of W · h_prev, for each gate
        for t, step in zip(reversed(range(T)), reversed(list(trace.steps())), strict=True):
            dh_t, dh_prev, dz_t = dh[t + 1], dh[t], dz[t]
            h_prev, h_tilde, z, r = step.h_prev, step.h_tilde, step.z, step.r
            d_h_tilde, d_z, d_r = dz_t[_H_TILDE], dz_t[_Z], dz_t[_R]
            dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
            direct = dh_t * z  # h = z ⊙ h_prev + …: the path past the candidate
            np.subtract(dh_t, direct, out=d_h_tilde)  # h = … + (1 − z) ⊙ h̃
            np.multiply(d_h_tilde, h_prev - h_tilde, out=d_z)  # h = h̃ + z ⊙ (h_prev − h̃)
            d_z *= z  # z = σ(…), σ' = z (1 − z); the 1 − z is in d_h_tilde already
            d_h_tilde *= 1 - h_tilde * h_tilde  # h̃ = tanh(…)
            np.multiply(d_h_tilde, step.from_h, out=d_r)  # r ⊙ from_h
            d_r *= r * (1 - r)  # r = σ(…)
            np.multiply(d_h_tilde, r, out=at_products[_H_TILDE])  # r ⊙ from_h
            at_products[_Z:] = dz_t[_Z:]
            product(at_products, out=dh_prev)  # W · h_prev
            dh_prev += direct

    def weight_gradients(
        self, trace: Trace, dz: Array, dW: Array, db: Array, *, space: Workspace | None = None
    ) -> None:
        super().weight_gradients(trace, dz, dW, db, space=space)
        at_from_h = dz[:, _H_TILDE] * trace.gates[:, _R]  # h̃ = tanh(… + r ⊙ from_h)
        at_from_h.sum(axis=(0, 1), out=db[len(self.gates) * self.hidden_size :])

    def _recurrent_gradient(self, trace: Trace, per_gate: Array, dW_h: Array) -> None:
        super()._recurrent_gradient(trace, per_gate, dW_h)
        H = self.hidden_size
        at_from_h = per_gate[_H_TILDE] * trace.gates[:, _R].reshape(-1, H)
        np.matmul(at_from_h.T, trace.h[:-1].reshape(-1, H), out=dW_h[_H_TILDE])
