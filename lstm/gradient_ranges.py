"""Gradients for many values of one setting at once, as a picture along a slider needs them.

Settings that differ in one number become the sequences of one batch: a step of all of them is one product,
and a range of 33 forget biases takes about a fifth of the time of 33 passes.  The flow that comes back holds
P of them; each is the one that `gradient_flow` computes for the value alone.

Letters: T steps, P values, D inputs, H hidden units, G gates.
"""

from collections.abc import Callable, Sequence

import numpy as np

from lstm.arrays import Array
from lstm.cells import Cell, LSTMCell, RNNCell, Trace, need_one_cell
from lstm.cells.lstm import LSTMTrace
from lstm.cells.rnn import RNNArrays
from lstm.errors import InputError
from lstm.gradients import GradientFlow, flow_of_batch
from lstm.products import ErrorProduct, StateProduct


def flow_over_biases(cell: Cell, gate: str, biases: Sequence[float], x: Array, seed: int = 0) -> GradientFlow:
    """Compute the flow for each value that is added to a gate's bias; x (T, D).

    seed: of the error, as in `gradient_flow`.  Raises InputError if the cell has no such gate.
    """
    return _flow(*with_biases(cell, gate, biases, x), seed)


def with_biases(cell: Cell, gate: str, biases: Sequence[float], x: Array) -> tuple[Cell, Array]:
    """Return a cell and inputs (T, P, D + 1) that add one of P values to a gate's bias in each sequence.

    x (T, D).  Raises InputError if the cell has no such gate.
    """
    need_one_cell(cell)
    if gate not in cell.gates:
        raise InputError(f"This cell's gates are {', '.join(cell.gates)}, not {gate}.")
    H, D = cell.hidden_size, cell.input_size
    at = cell.gates.index(gate)
    # W · [h, x] + b + c = [W, 1] · [h, x, c] + b: what each sequence adds is an input with the weight 1.
    ones = np.zeros_like(cell.W[:, :, :1])  # (G, H, 1)
    ones[at] = 1
    W = np.concatenate([cell.W, ones], axis=2)  # (G, H, H + D + 1)
    inputs = np.empty((len(x), len(biases), D + 1), cell.W.dtype)  # (T, P, D + 1)
    inputs[:, :, :D], inputs[:, :, D] = x[:, None], biases
    return type(cell)(W.reshape(-1, H + D + 1), cell.b.ravel()), inputs


def flow_over_bias_sets(cell: Cell, sets: Array, x: Array, seed: int = 0) -> GradientFlow:
    """Compute the flow for each of P sets of biases, (P, G, H), that are added to the cell's; x (T, D).

    seed: of the error, as in `gradient_flow`.  Raises InputError if a set does not fit the cell.
    """
    need_one_cell(cell)
    P, H, D = len(sets), cell.hidden_size, cell.input_size
    if sets.shape[1:] != (shape := (len(cell.gates), H)):
        raise InputError(f"A set of biases for this cell is {shape}, not {sets.shape[1:]}.")
    # As above, but each sequence has an input of its own, and its weights are the biases that are added.
    W = np.concatenate([cell.W, sets.transpose(1, 2, 0)], axis=2)  # (G, H, H + D + P)
    inputs = np.zeros((len(x), P, D + P), cell.W.dtype)  # (T, P, D + P)
    inputs[:, :, :D], inputs[:, :, D:] = x[:, None], np.eye(P)
    return _flow(type(cell)(W.reshape(-1, H + D + P), cell.b.ravel()), inputs, seed)


def flow_over_inputs(cell: Cell, inputs: Array, seed: int = 0) -> GradientFlow:
    """Compute the flow for each of P inputs, (P, T, D)."""
    return _flow(cell, np.ascontiguousarray(inputs.swapaxes(0, 1), cell.W.dtype), seed)


def flow_over_factors(cell: RNNCell, factors: Sequence[float], x: Array, seed: int = 0) -> GradientFlow:
    """Compute the flow of an RNN for each factor by which its recurrent weights are multiplied; x (T, D)."""
    H = cell.hidden_size
    scaled = _ScaledRNN(cell.W.reshape(H, -1), cell.b.ravel(), np.asarray(factors, cell.W.dtype))
    return _flow(scaled, np.repeat(x[:, None], len(factors), axis=1).astype(cell.W.dtype, copy=False), seed)


def slopes_of_h(trace: LSTMTrace) -> Array:
    """Return ∂h/∂C = o ⊙ (1 − tanh² C) at every step, (T, B, H): how much h follows the cell state."""
    slopes: Array = trace.gates[:, LSTMCell.gates.index("o")] * (1 - np.tanh(trace.C[1:]) ** 2)
    return slopes


def _flow(cell: Cell, inputs: Array, seed: int) -> GradientFlow:
    """Run a batch of inputs (T, P, D) from states of zeros, and send an error back through each."""
    if not len(inputs):
        raise InputError("A gradient needs at least one step to travel through.")
    zeros = np.zeros((inputs.shape[1], cell.hidden_size), cell.W.dtype)  # (P, H)
    return flow_of_batch(cell, cell.forward(inputs, (zeros,) * len(cell.states)), seed)


class _ScaledRNN(RNNCell):
    """h = tanh(ρ W_h h_prev + W_x x + b_h), with a factor ρ for each sequence of the batch.

    The product is the same matrix for all: P matrices ρ W_h would be P times as much to read.
    """

    def __init__(self, W: Array, b: Array, factors: Array) -> None:
        super().__init__(W, b)
        self.factors = factors[:, None]  # (P, 1)

    def step_function(self, W_h: Array, B: int) -> Callable[[RNNArrays, Array], None]:
        product = StateProduct(W_h, B)

        def compute(step: RNNArrays, input_sums: Array) -> None:
            stretched = product(step.h_prev)  # (1, P, H)
            stretched *= self.factors
            np.add(stretched, input_sums, out=step.gates)  # z_h = ρ W_h h_prev + W_x x + b
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
            product(dz_t, out=dh[t])
            dh[t] *= self.factors  # z_h = ρ W_h h_prev + …
