"""The GRU, forward and backward through time; letters as in `lstm.cells`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.cells.cell import Cell, Trace, blocks_of_steps
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

    def steps(self) -> Iterator[GRUArrays]:
        h_tilde, z, r = self.gates.swapaxes(0, 1)
        return map(GRUArrays, self.h, self.gates[:, _Z:], h_tilde, z, r, self.h[1:])


class GRUCell(Cell):
    """z, r = σ(W · [h_prev, x] + b); h̃ = tanh(W_h · [r ⊙ h_prev, x] + b_h); h = z ⊙ h_prev + (1 − z) ⊙ h̃."""

    gates = ("h_tilde", "z", "r")
    states = ("h",)
    trace_type = GRUTrace

    def step_function(self, W_h: Array, B: int) -> Callable[[GRUArrays, Array], None]:
        gate_product, candidate_product = StateProduct(W_h[_Z:], B), StateProduct(W_h[:_Z], B)
        half = np.array(0.5, W_h.dtype)  # an array: a Python number costs a small ufunc half its time

        def compute(step: GRUArrays, input_sums: Array) -> None:
            # ½ (W · [h_prev, x] + b): `weights_for_tanh` has halved the weights of z and r
            np.add(gate_product(step.h_prev), input_sums[_Z:], out=step.sigmoids)
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
        B, H = dz.shape[2:]
        W_h, z, r = self.W[:, :, :H], trace.gates[:, _Z], trace.gates[:, _R]
        gate_product, candidate_product = ErrorProduct(W_h[_Z:], B), ErrorProduct(W_h[:_Z], B)
        d_reset = np.empty_like(dh[0])  # dL/d(r ⊙ h_prev)
        for steps in blocks_of_steps(dz):
            self._slopes(trace, steps, dz[steps])
            for t in reversed(range(steps.start, steps.stop)):
                dh_t, dh_prev, dz_t = dh[t + 1], dh[t], dz[t]
                dh_t += dh_out[t]  # h goes to this step's output as well as to the next step
                dz_t[:_R] *= dh_t  # h = z ⊙ h_prev + (1 − z) ⊙ h̃: to z_h̃ and z_z
                candidate_product(dz_t[:_Z], out=d_reset)  # W_h · [r ⊙ h_prev, x]
                dz_t[_R] *= d_reset  # r ⊙ h_prev: to z_r
                d_reset *= r[t]  # r ⊙ h_prev: the path through the candidate
                gate_product(dz_t[_Z:], out=dh_prev)  # W · [h_prev, x]: the path through z and r
                dh_prev += d_reset
                dh_prev += dh_t * z[t]  # h = z ⊙ h_prev + …: the path past the candidate

    @staticmethod
    def _slopes(trace: Trace, steps: slice, dz: Array) -> None:
        """Fill dz with ∂h/∂z for h̃ and z, and for r with ∂(r ⊙ h_prev)/∂z."""
        h_prev = trace.h[steps]
        h_tilde, z, r = (trace.gates[steps, k] for k in range(3))
        np.subtract(1, z, out=dz[:, _H_TILDE])
        np.multiply(dz[:, _H_TILDE], h_prev - h_tilde, out=dz[:, _Z])
        dz[:, _Z] *= z  # ∂h/∂z_z = (h_prev − h̃) ⊙ z ⊙ (1 − z)
        dz[:, _H_TILDE] *= 1 - h_tilde * h_tilde  # ∂h/∂z_h̃ = (1 − z) ⊙ (1 − h̃²)
        np.multiply(h_prev, r * (1 - r), out=dz[:, _R])  # h_prev ⊙ r ⊙ (1 − r)

    def _recurrent_gradient(self, trace: Trace, per_gate: Array, dW_h: Array) -> None:
        h_prev = trace.h[:-1]
        after_reset = trace.gates[:, _R] * h_prev  # what the candidate's weights multiply
        for gates, state in ((slice(_Z), after_reset), (slice(_Z, None), h_prev)):
            rows = state.reshape(-1, self.hidden_size)
            np.matmul(per_gate[gates].swapaxes(1, 2), rows, out=dW_h[gates])
