"""What the three cells share: their weights, the input's side of a step, the weight gradients."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.products import Workspace, aligned


@dataclass(frozen=True)
class Trace:
    """What a forward pass leaves for `backward` and for pictures, so that nothing is computed twice.

    x: indices (T, B) or inputs (T, B, D); gates (T, G, B, H), after σ and tanh; h (T + 1, B, H), where
    entry 0 is the state before the first step.  The LSTM's has more: see `LSTMTrace`.
    """

    x: Array | Indices
    gates: Array
    h: Array

    def step(self, t: int) -> Any:
        """Return the arrays of step t, from 0, by the textbook's names: views, for a cell to fill."""
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
        self.hidden_size = H = len(b) // G
        self.input_size = W.shape[1] - H
        self.W, self.b = W.reshape(G, H, -1), b.reshape(G, H)  # (G, H, H + D), (G, H): views

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

    def forward(self, x: Array | Indices, state: State, space: Workspace | None = None) -> Trace:
        """Run over x, indices (T, B) or inputs (T, B, D), from one (B, H) per name in `states`."""
        trace = self.new_trace(x, state, space or Workspace())
        W_h, W_x, b = self.weights_for_tanh()
        compute = self.step_function(W_h, x.shape[1])
        for t, input_sums in enumerate(each_input_sum(x, W_x, b)):
            compute(trace.step(t), input_sums)
        return trace

    def weights_for_tanh(self) -> tuple[Array, Array, Array]:
        """Return W_h (G, H, H), W_x (G, D, H) and b (G, 1, H), those of the sigmoid gates halved."""
        half = np.full((len(self.gates), 1, 1), 0.5, self.W.dtype)
        half[0] = 1  # the candidate goes through tanh itself
        W, H = self.W * half, self.hidden_size
        return W[:, :, :H], W[:, :, H:].swapaxes(1, 2), self.b[:, None] * half

    def values(self, trace: Trace) -> dict[str, Array]:
        """Return gates and states of every step by name, each (T, B, H), views of the trace."""
        named = {name: trace.gates[:, k] for k, name in enumerate(self.gates)}
        return named | {name: getattr(trace, name)[1:] for name in self.states}

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
        dz = space.empty("dz", trace.gates.shape, dtype)
        self.backward_steps(trace, dh_out, dz, at_states)
        return dz, StateGradients(*at_states)

    def backward_steps(self, trace: Trace, dh_out: Array, dz: Array, at_states: list[Array]) -> None:
        """Fill dz (T, G, B, H) and, for each state, dL/dstate (T + 1, B, H), whose last entry is there."""
        raise NotImplementedError

    def weight_gradients(
        self, trace: Trace, dz: Array, dW: Array, db: Array, space: Workspace | None = None
    ) -> None:
        """Write dL/dW (G·H, H + D) and dL/db (G·H,), summed over steps and sequences."""
        space = space or Workspace()
        T, G, B, H = dz.shape
        indices = None if trace.x.ndim == 3 else trace.x.ravel()
        # The sum may be taken in any order: with characters, the steps of one character in a row.
        order = np.arange(T * B) if indices is None else np.argsort(indices, kind="stable")
        steps, sequences = np.divmod(order[:, None], B)
        # Gate g of step t and sequence b is the H numbers of row (t·G + g)·B + b of dz.
        where = (steps * G + np.arange(G)) * B + sequences  # (T·B, G)
        rows = space.empty("rows", (T * B, G * H), dz.dtype)
        dz.reshape(-1, H).take(where, axis=0, out=rows.reshape(T * B, G, H), mode="clip")
        self._recurrent_gradient(trace, rows, order, dW, space)
        if indices is None:
            dW[:, H:] = rows.T @ trace.x.reshape(T * B, -1)
            rows.sum(axis=0, out=db)
            return
        dW_x = np.zeros((self.input_size, G * H), dW.dtype)
        counts, start, ones = np.bincount(indices), 0, np.ones(T * B, dW.dtype)
        for character in np.flatnonzero(counts):
            end = start + counts[character]
            np.dot(ones[start:end], rows[start:end], out=dW_x[character])
            start = end
        dW[:, H:] = dW_x.T
        dW_x.sum(axis=0, out=db)  # every step read exactly one character

    def _recurrent_gradient(
        self, trace: Trace, rows: Array, order: Indices, dW: Array, space: Workspace
    ) -> None:
        """Write dW's first H columns: rows (T·B, G·H) of dz times the h_prev of their step."""
        H = self.hidden_size
        h_prev = space.empty("h_prev", (len(order), H), rows.dtype)
        trace.h[:-1].reshape(-1, H).take(order, axis=0, out=h_prev, mode="clip")
        np.matmul(rows.T, h_prev, out=dW[:, :H])


def each_input_sum(x: Array | Indices, W_x: Array, b: Array) -> Iterator[Array]:
    """Yield W_x x + b of one step after the other, each (G, B, H); x, W_x and b as in `Cell`."""
    if x.ndim == 3:
        yield from x[:, None] @ W_x + b
        return
    table = np.add(W_x, b, order="C")  # the product with a one-hot vector is a row: look it up
    rows = aligned((len(table), x.shape[1], b.shape[-1]), table.dtype)
    for indices in x:
        # "clip" spares NumPy a copy; nothing is clipped, since the network has checked the indices.
        yield table.take(indices, axis=1, out=rows, mode="clip")
