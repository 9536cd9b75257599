"""What the cells share: their weights, the input's side of a step, the weight gradients."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.products import Workspace


@dataclass(frozen=True)
class Trace:
    """What a forward pass leaves for `backward` and for pictures, so that nothing is computed twice.

    x: indices (T, B) or inputs (T, B, D); gates (T, G, B, H), after σ and tanh; h (T + 1, B, H), where
    entry 0 is the state before the first step.  The LSTM's has more: see `LSTMTrace`.
    """

    x: Array | Indices
    gates: Array
    h: Array

    def steps(self) -> Iterator[Any]:
        """Yield the arrays of each step by the textbook's names: views, for a cell to fill."""
        raise NotImplementedError


@dataclass(frozen=True)
class StateGradients:
    """dL/dh_t and, for the LSTM, dL/dC_t, each (T + 1, B, H), through every path to the loss.

    Entry t belongs to the state after t steps, entry 0 to the state before the first.
    """

    dh: Array
    dC: Array | None = None


class Cell:
    """Weights W (G·H, H + D) and biases b (G·H,), and what a cell does with them.

    W and b are used where they lie, so a network can keep all its parameters in one vector.
    `forward` and `backward` write nothing into the cell: one model can serve many at once.
    """

    gates: ClassVar[tuple[str, ...]]  # blocks of rows of W, from the top: the candidate first
    states: ClassVar[tuple[str, ...]]  # what a step hands to the next
    between: ClassVar[tuple[str, ...]] = ()  # what else of a step its trace holds, (B, H) each
    trace_type: ClassVar[type[Trace]]

    def __init__(self, W: Array, b: Array) -> None:
        G = len(self.gates)
        self.hidden_size = H = len(W) // G
        self.input_size = W.shape[1] - H
        self.W, self.b = W.reshape(G, H, -1), b.reshape(-1, H)  # (G, H, H + D), (G, H): views

    # -- forward: each cell says what its trace holds and what one step computes --

    def new_trace(self, x: Array | Indices, state: State, space: Workspace) -> Trace:
        """Make a trace for x with room for every step's values; entry 0 of its states is `state`."""
        T, B, G, H = *x.shape[:2], len(self.gates), self.hidden_size
        shapes: dict[str, tuple[int, ...]] = {"gates": (T, G, B, H)}
        shapes |= dict.fromkeys(self.states, (T + 1, B, H)) | dict.fromkeys(self.between, (T, B, H))
        arrays = {name: space.empty(name, shape, self.W.dtype) for name, shape in shapes.items()}
        for name, first in zip(self.states, state, strict=True):
            arrays[name][0] = first
        return self.trace_type(x, **arrays)

    def step_function(self, W_h: Array, B: int) -> Callable[[Any, Array], None]:
        """Return a function that computes one step of B sequences.

        W_h: from `weights_for_tanh`.  The function takes the arrays of a step, which it fills, and the
        step's W_x x + b, (G, B, H).
        """
        raise NotImplementedError

    def forward(
        self, x: Array | Indices, state: State, space: Workspace | None = None, masks: Sequence[Array] = ()
    ) -> Trace:
        """Run over x, indices (T, B) or inputs (T, B, D), from one (B, H) per name in `states`.

        masks: for a stack, which uses them between its cells.
        """
        trace = self.new_trace(x, state, space or Workspace())
        W_h, W_x, b = self.weights_for_tanh()
        compute = self.step_function(W_h, x.shape[1])
        for step, input_sums in zip(trace.steps(), each_input_sum(x, W_x, b, trace.gates), strict=True):
            compute(step, input_sums)
        return trace

    def weights_for_tanh(self) -> tuple[Array, Array, Array]:
        """Return W_h (G, H, H), W_x (G, D, H) and b (G, 1, H), those of the sigmoid gates halved."""
        half = np.full((len(self.gates), 1, 1), 0.5, self.W.dtype)
        half[0] = 1  # the candidate goes through tanh itself
        W, H = self.W * half, self.hidden_size
        return W[:, :, :H], W[:, :, H:].swapaxes(1, 2), self.b[: len(half), None] * half

    def values(self, trace: Trace) -> dict[str, Array]:
        """Return gates and states of every step by name, each (T, B, H), views of the trace."""
        named = {name: trace.gates[:, k] for k, name in enumerate(self.gates)}
        return named | {name: getattr(trace, name)[1:] for name in self.states}

    def last_state(self, trace: Trace) -> State:
        """Return the states after the last step, (B, H) each, views of the trace."""
        return tuple(getattr(trace, name)[-1] for name in self.states)

    # -- backward --

    def backward(
        self,
        trace: Trace,
        dh_out: Array,
        d_last: State | None = None,
        space: Workspace | None = None,
    ) -> tuple[Array, StateGradients]:
        """Backpropagate through time.

        dh_out (T, B, H): dL/dh_t through step t's own output.  d_last: gradients that reach the last
        state from later steps, one (B, H) per name in `states`; none by default.
        Returns dz (T, G, B, H), the gradients in front of σ and tanh, and those at the states.
        """
        space, dtype = space or Workspace(), trace.gates.dtype
        at_states = [space.empty(f"d{name}", trace.h.shape, dtype) for name in self.states]
        for k, gradient in enumerate(at_states):
            gradient[-1] = 0 if d_last is None else d_last[k]
        T, G, B, H = trace.gates.shape
        # Each gate's gradients of all steps in a row: what the weight gradients multiply.
        dz = space.empty("dz", (G, T, B, H), dtype).swapaxes(0, 1)
        self.backward_steps(trace, dh_out, dz, at_states)
        return dz, StateGradients(*at_states)

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        """Fill dz (T, G, B, H) and, for each state, dL/dstate (T + 1, B, H), whose last entry is there."""
        raise NotImplementedError

    def weight_gradients(
        self, trace: Trace, dz: Array, dW: Array, db: Array, *, space: Workspace | None = None
    ) -> None:
        """Write dL/dW (G·H, H + D) and dL/db (G·H,), summed over steps and sequences."""
        T, G, B, H = dz.shape
        per_gate = dz.swapaxes(0, 1).reshape(G, T * B, H)  # no copy, as `backward` lays them
        dW = dW.reshape(G, H, -1)
        self._recurrent_gradient(trace, per_gate, dW[:, :, :H])
        if trace.x.ndim == 3:
            np.matmul(per_gate.swapaxes(1, 2), trace.x.reshape(T * B, -1), out=dW[:, :, H:])
            per_gate.sum(axis=1, out=db[: G * H].reshape(G, H))
            return
        dW_x = (space or Workspace()).empty("dW_x", (self.input_size, G, H), dW.dtype)
        dW_x[:] = 0
        indices, ones = trace.x.ravel(), np.ones(T * B, dW.dtype)
        order, start = np.argsort(indices, kind="stable"), 0
        for character, count in enumerate(np.bincount(indices)):
            places = order[start : start + count]
            start += count
            if count:
                np.matmul(ones[:count], per_gate.take(places, axis=1), out=dW_x[character])
        dW[:, :, H:] = dW_x.transpose(1, 2, 0)
        dW_x.sum(axis=0, out=db[: G * H].reshape(G, H))  # every step read exactly one character

    def input_gradient(self, dz: Array) -> Array:
        """Return dL/dx (T, B, D), the error that reaches the inputs."""
        T, G, B, H = dz.shape
        per_gate = dz.swapaxes(0, 1).reshape(G, T * B, H)  # no copy, as `backward` lays them
        at_inputs: Array = (per_gate @ self.W[:, :, H:]).sum(axis=0)
        return at_inputs.reshape(T, B, -1)

    def _recurrent_gradient(self, trace: Trace, per_gate: Array, dW_h: Array) -> None:
        """Write dW_h (G, H, H): each gate's dz (T·B, H) times the h_prev of their step."""
        h_prev = trace.h[:-1].reshape(-1, self.hidden_size)
        np.matmul(per_gate.swapaxes(1, 2), h_prev, out=dW_h)


def each_input_sum(x: Array | Indices, W_x: Array, b: Array, gates: Array) -> Iterator[Array]:
    """Write W_x x + b of one step after the other to gates (T, G, B, H), and yield it, (G, B, H).

    x, W_x and b as in `Cell`.  Where the step's gates will stand: memory that is fetched for both.
    """
    T, G, B, H = gates.shape
    if x.ndim == 3:
        products = x.reshape(T * B, -1) @ W_x  # (G, T·B, H)
        np.add(products.reshape(G, T, B, H).swapaxes(0, 1), b, out=gates)
        yield from gates
        return
    table = np.add(W_x, b, order="C")  # the product with a one-hot vector is a row: look it up
    for indices, sums in zip(x, gates, strict=True):
        # "clip" spares NumPy a copy; nothing is clipped, since the network has checked the indices.
        yield table.take(indices, axis=1, out=sums, mode="clip")


def blocks_of_steps(dz: Array) -> Iterator[slice]:
    """Yield the steps of dz (T, G, B, H) from the last to the first, several at a time.

    Slopes need no error, so they are computed for several steps at once, but for no more than stay in the
    processor's cache until the loop comes by.
    """
    several = max(1, 2**15 // dz[0].size)
    for end in range(len(dz), 0, -several):
        yield slice(max(0, end - several), end)
