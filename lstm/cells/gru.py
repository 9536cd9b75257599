"""The GRU, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells.cell import Cell, Trace
from lstm.products import ErrorProduct, StateProduct

_H_TILDE, _Z, _R = range(3)  # places in the block of gates: the two sigmoids lie together


@dataclass(slots=True)
class GRUArrays:
    """Where the values of one step lie, each (B, H); sigmoids are z and r together, (2, B, H)."""

    h_prev: Array
    sigmoids: Array
    h_tilde: Array
    z: Array
    r: Array
    h: Array


class GRUTrace(Trace):
    """The trace of a GRU; see `Trace`."""

    def step(self, t: int) -> GRUArrays:
        gates = self.gates[t]
        return GRUArrays(self.h[t], gates[_Z:], gates[_H_TILDE], gates[_Z], gates[_R], self.h[t + 1])


class GRUCell(Cell):
    """z, r = σ(W · [h_prev, x] + b); h̃ = tanh(W_h · [r ⊙ h_prev, x] + b_h); h = z ⊙ h_prev + (1 − z) ⊙ h̃."""

    gates = ("h_tilde", "z", "r")
    states = ("h",)
    trace_type = GRUTrace

    def step_function(self, W_h: Array, B: int) -> Callable[[GRUArrays, Array], None]:
        gate_product, candidate_product = StateProduct(W_h[_Z:], B), StateProduct(W_h[:_Z], B)
        half = np.array(0.5, W_h.dtype)  # an array: a Python number costs a small ufunc half its time

        def compute(step: GRUArrays, input_sums: Array) -> None:
            np.add(gate_product(step.h_prev), input_sums[_Z:], out=step.sigmoids)  # W · [h_prev, x] + b
            np.tanh(step.sigmoids, out=step.sigmoids)
            step.sigmoids *= half
            step.sigmoids += half  # z and r = σ(…) = ½ + ½ tanh(½ …)
            product = candidate_product(step.r * step.h_prev)[0]
            np.add(product, input_sums[_H_TILDE], out=step.h_tilde)  # W_h · [r ⊙ h_prev, x] + b_h
            np.tanh(step.h_tilde, out=step.h_tilde)
            # h = z ⊙ h_prev + (1 − z) ⊙ h̃, with one product less: h̃ + z ⊙ (h_prev − h̃)
            np.subtract(step.h_prev, step.h_tilde, out=step.h)
            step.h *= step.z
            step.h += step.h_tilde

        return compute

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        (dh,) = at_states
        T, _, B, H = dz.shape
        W_h = self.W[:, :, :H]
        gate_product, candidate_product = ErrorProduct(W_h[_Z:], B), ErrorProduct(W_h[:_Z], B)
        d_reset = np.empty_like(dh[0])  # dL/d(r ⊙ h_prev)
        for t in reversed(range(T)):
            step, dh_t, dh_prev, dz_t = trace.step(t), dh[t + 1], dh[t], dz[t]
            h_prev, h_tilde, z, r = step.h_prev, step.h_tilde, step.z, step.r
            d_h_tilde, d_z, d_r = dz_t[_H_TILDE], dz_t[_Z], dz_t[_R]
            dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
            direct = dh_t * z  # h = z ⊙ h_prev + …: the path past the candidate
            np.subtract(dh_t, direct, out=d_h_tilde)  # h = … + (1 − z) ⊙ h̃
            np.multiply(d_h_tilde, h_prev - h_tilde, out=d_z)  # h = h̃ + z ⊙ (h_prev − h̃)
            d_z *= z  # z = σ(…), σ' = z (1 − z); the 1 − z is in d_h_tilde already
            d_h_tilde *= 1 - h_tilde * h_tilde  # h̃ = tanh(…)
            candidate_product(dz_t[:_Z], out=d_reset)  # W_h · [r ⊙ h_prev, x]
            np.multiply(d_reset, h_prev, out=d_r)  # r ⊙ h_prev
            d_r *= r * (1 - r)  # r = σ(…)
            d_reset *= r  # r ⊙ h_prev
            gate_product(dz_t[_Z:], out=dh_prev)  # z and r: W · [h_prev, x]
            dh_prev += d_reset
            dh_prev += direct

    def _recurrent_gradient(self, trace: Trace, per_gate: Array, dW_h: Array) -> None:
        h_prev = trace.h[:-1]
        after_reset = trace.gates[:, _R] * h_prev  # what the candidate's weights multiply
        for gates, state in ((slice(_Z), after_reset), (slice(_Z, None), h_prev)):
            rows = state.reshape(-1, self.hidden_size)
            np.matmul(per_gate[gates].swapaxes(1, 2), rows, out=dW_h[gates])
