"""The three cells for whole batches, forward and backward through time.

The equations are those of `equations.py`; what differs is the order in which numbers are computed
and lie in memory.  Four ideas make it fast:

1.  What does not depend on the state is done before the loop (W_x x + b; for characters a look-up),
    and each weight gradient is one product over all steps after it.
2.  A step's gates are one block (G, B, H), and each gate a block in it: long runs of memory for the
    element-wise work, and no gate is ever copied out.
3.  The products inside the loop use the state's matrix cut into narrow blocks (`products.py`).
4.  σ(z) = ½ + ½ tanh(z/2), with the ½ inside already multiplied into the weights: one tanh serves
    all gates, and nothing can overflow.

Letters: T steps, B sequences, D inputs, H hidden units, G gates (LSTM 4, GRU 3, RNN 1; the
candidate counts as one, because it has a block of weights like the others).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from lstm.products import ErrorProduct, StateProduct, Workspace, aligned

State = tuple[NDArray, ...]


@dataclass(frozen=True)
class Trace:
    """What a forward pass leaves for `backward` and for pictures, so that nothing is computed twice.

    x: indices (T, B) or inputs (T, B, D); gates (T, G, B, H), after σ and tanh;
    h and, for the LSTM, C: (T + 1, B, H), where entry 0 is the state that came in;
    for the LSTM also what each step moved, (T, 2, B, H): kept = f ⊙ C_prev, then added = i ⊙ C̃;
    and tanh_C (T, B, H).
    """

    x: NDArray
    gates: NDArray
    h: NDArray
    C: NDArray | None = None
    moved: NDArray | None = None
    tanh_C: NDArray | None = None


@dataclass(frozen=True)
class StateGradients:
    """dL/dh_t and, for the LSTM, dL/dC_t, each (T + 1, B, H), through every road to the loss.

    Entry t belongs to the state after t steps, entry 0 to the state that came in.
    """

    dh: NDArray
    dC: NDArray | None = None


class Cell:
    """What the three cells share: weights W (G·H, H + D), biases b (G·H,), and the input's side.

    W and b are used where they lie, so a network can keep all its parameters in one vector.
    `forward` and `backward` write nothing into the cell: one model can serve many at once.
    """

    gates: ClassVar[tuple[str, ...]]  # blocks of rows of W, from the top: the candidate first
    states: ClassVar[tuple[str, ...]]  # what a step hands to the next
    # What else `_step` leaves of a step, and how many (B, H) arrays of each: None for a single one.
    _notes: ClassVar[dict[str, int | None]] = {}
    # The gates whose weights multiply the same vector, so that one product serves them.
    _together: ClassVar[tuple[slice, ...]] = (slice(None),)

    def __init__(self, W: NDArray, b: NDArray) -> None:
        G = len(self.gates)
        self.hidden_size = H = len(b) // G
        self.input_size = W.shape[1] - H
        self.W, self.b = W.reshape(G, H, -1), b.reshape(G, H)  # (G, H, H + D), (G, H): views
        self._half = np.array(0.5, W.dtype)  # an array: a Python number costs a small ufunc half its time

    def forward(self, x: NDArray, state: State, space: Workspace | None = None) -> Trace:
        """Run over x, indices (T, B) or inputs (T, B, D), from one (B, H) per name in `states`."""
        space = space or Workspace()
        T, B, H = *x.shape[:2], self.hidden_size
        W_h, W_x, b = self._for_tanh()
        products = self._products(StateProduct, W_h, B)
        gates = space.empty("gates", (T, len(W_h), B, H), W_h.dtype)
        states = {name: space.empty(name, (T + 1, B, H), W_h.dtype) for name in self.states}
        for name, first in zip(self.states, state, strict=True):
            states[name][0] = first
        notes = {
            name: space.empty(name, (T, B, H) if count is None else (T, count, B, H), W_h.dtype)
            for name, count in self._notes.items()
        }
        old = zip(*(array[:-1] for array in states.values()), strict=True)
        new = zip(*(array[1:] for array in states.values()), *_each(notes.values()), strict=True)
        z = zip(gates, *_each([gates]), strict=True)
        for inputs, z_t, old_t, new_t in zip(self._inputs(x, W_x, b), z, old, new, strict=True):
            self._step(inputs, z_t, products, old_t, new_t)
        return Trace(x, gates, **states, **notes)

    def _step(self, inputs: NDArray, z: State, products: tuple, old: State, new: State) -> None:
        """One step: from inputs W_x x + b, (G, B, H), and the old states fill `z` and `new`.

        z: the gates as one block (G, B, H), then each of them, (B, H), a view of it.
        new: the states after the step, then each array of each note.
        """
        raise NotImplementedError

    def backward(
        self,
        trace: Trace,
        dh_out: NDArray,
        d_last: State | None = None,
        space: Workspace | None = None,
    ) -> tuple[NDArray, StateGradients]:
        """Backpropagation through time.

        dh_out (T, B, H): dL/dh_t through step t's own output.  d_last: gradients that reach the last
        state from beyond it, one (B, H) per name in `states`; none by default.
        Returns dz (T, G, B, H), the gradients in front of σ and tanh, and those at the states.
        """
        space = space or Workspace()
        dz = space.empty("dz", trace.gates.shape, trace.gates.dtype)
        gradients = {f"d{name}": space.empty(f"d{name}", trace.h.shape, dz.dtype) for name in self.states}
        for k, array in enumerate(gradients.values()):
            array[-1] = 0 if d_last is None else d_last[k]
        products = self._products(ErrorProduct, self.W[:, :, : self.hidden_size], dz.shape[2])
        self._backward(trace, dh_out, products, dz, *gradients.values())
        return dz, StateGradients(**gradients)

    def _backward(self, trace: Trace, dh_out: NDArray, products: tuple, dz: NDArray, dh: NDArray) -> None:
        """The loop: fill dz and, from its last entry down, dh (and dC)."""
        raise NotImplementedError

    def weight_gradients(
        self, trace: Trace, dz: NDArray, dW: NDArray, db: NDArray, space: Workspace | None = None
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
        dW_x.sum(axis=0, out=db)  # every step saw exactly one character

    def _recurrent_gradient(
        self, trace: Trace, rows: NDArray, order: NDArray, dW: NDArray, space: Workspace
    ) -> None:
        """dW's first H columns: rows (T·B, G·H) of dz against the h_prev their weights multiplied."""
        H = self.hidden_size
        h_prev = space.empty("h_prev", (len(order), H), rows.dtype)
        trace.h[:-1].reshape(-1, H).take(order, axis=0, out=h_prev, mode="clip")
        np.matmul(rows.T, h_prev, out=dW[:, :H])

    def values(self, trace: Trace) -> dict[str, NDArray]:
        """Gates and states of every step by name, each (T, B, H), views of the trace."""
        named = {name: trace.gates[:, k] for k, name in enumerate(self.gates)}
        return named | {name: getattr(trace, name)[1:] for name in self.states}

    def _products(self, kind: type, W_h: NDArray, B: int) -> tuple:
        return tuple(kind(W_h[gates], B) for gates in self._together)

    def _for_tanh(self) -> tuple[NDArray, NDArray, NDArray]:
        """W_h (G, H, H), W_x (G, D, H) and b (G, 1, H), those of the sigmoid gates halved."""
        half = np.full((len(self.gates), 1, 1), 0.5, self.W.dtype)
        half[0] = 1  # the candidate goes through tanh itself
        W, H = self.W * half, self.hidden_size
        return W[:, :, :H], W[:, :, H:].swapaxes(1, 2), self.b[:, None] * half

    def _inputs(self, x: NDArray, W_x: NDArray, b: NDArray) -> Iterator[NDArray]:
        """W_x x + b of one step after the other, each (G, B, H)."""
        if x.ndim == 3:
            yield from x[:, None] @ W_x + b
            return
        table = np.add(W_x, b, order="C")  # the product with a one-hot vector is a row: look it up
        rows = aligned((len(table), x.shape[1], self.hidden_size), table.dtype)
        for indices in x:
            # "clip" spares NumPy a copy; nothing is clipped, since the network has checked the indices.
            yield table.take(indices, axis=1, out=rows, mode="clip")


def _backwards(*arrays: NDArray) -> Iterator[tuple[NDArray, ...]]:
    """The entries of several arrays together, the last ones first."""
    return zip(*(array[::-1] for array in arrays), strict=True)


def _each(arrays: Iterable[NDArray]) -> Iterator[NDArray]:
    """Arrays (T, B, H) as they are, and the n parts of an array (T, n, B, H) one after the other."""
    for array in arrays:
        yield from [array] if array.ndim == 3 else array.swapaxes(0, 1)


class RNNCell(Cell):
    """h = tanh(W_h · [h_prev, x] + b_h)."""

    gates = ("h",)
    states = ("h",)

    def _step(self, inputs, z, products, old, new):
        (product,), (h_prev,), (block, gate), (h,) = products, old, z, new
        np.add(product(h_prev), inputs, out=block)
        np.tanh(block, out=block)
        h[:] = gate

    def _backward(self, trace, dh_out, products, dz, dh):
        (product,) = products
        np.multiply(trace.gates, trace.gates, out=dz)
        np.subtract(1, dz, out=dz)  # tanh' = 1 − h²
        for dz_t, dh_out_t, dh_t, dh_prev in _backwards(dz, dh_out, dh[1:], dh[:-1]):
            dh_t += dh_out_t
            dz_t *= dh_t
            product(dz_t, out=dh_prev)


class GRUCell(Cell):
    """z, r = σ(W · [h_prev, x] + b); h̃ = tanh(W_h · [r ⊙ h_prev, x] + b_h); h = z ⊙ h_prev + (1 − z) ⊙ h̃."""

    gates = ("h_tilde", "z", "r")
    states = ("h",)
    _together = (slice(1, 3), slice(0, 1))

    def _step(self, inputs, z, products, old, new):
        (gate_product, candidate_product), (h_prev,), (h,) = products, old, new
        block, h_tilde, keep, r = z
        sigmoids = block[1:]
        np.add(gate_product(h_prev), inputs[1:], out=sigmoids)
        np.tanh(sigmoids, out=sigmoids)
        sigmoids *= self._half
        sigmoids += self._half
        np.add(candidate_product(r * h_prev)[0], inputs[0], out=h_tilde)
        np.tanh(h_tilde, out=h_tilde)
        np.subtract(h_prev, h_tilde, out=h)
        h *= keep
        h += h_tilde  # h̃ + z ⊙ (h_prev − h̃): the equation above with one product less

    def _backward(self, trace, dh_out, products, dz, dh):
        gate_product, candidate_product = products
        d_reset = np.empty_like(dh[0])  # dL/d(r ⊙ h_prev)
        for (h_tilde, z, r), dz_t, h_prev, dh_out_t, dh_t, dh_prev in _backwards(
            trace.gates, dz, trace.h[:-1], dh_out, dh[1:], dh[:-1]
        ):
            d_h_tilde, d_z, d_r = dz_t
            dh_t += dh_out_t
            kept = dh_t * z  # the road past the candidate
            np.subtract(dh_t, kept, out=d_h_tilde)
            np.multiply(d_h_tilde, h_prev - h_tilde, out=d_z)
            d_z *= z  # σ' = z (1 − z); the 1 − z is in d_h_tilde already
            d_h_tilde *= 1 - h_tilde * h_tilde
            candidate_product(dz_t[:1], out=d_reset)
            np.multiply(d_reset, h_prev, out=d_r)
            d_r *= r * (1 - r)
            d_reset *= r
            gate_product(dz_t[1:], out=dh_prev)
            dh_prev += d_reset
            dh_prev += kept

    def _recurrent_gradient(self, trace, rows, order, dW, space):
        H = self.hidden_size
        h_prev = trace.h[:-1]
        after_reset = trace.gates[:, self.gates.index("r")] * h_prev  # the candidate saw these
        dW[:H, :H] = rows[:, :H].T @ after_reset.reshape(-1, H)[order]
        dW[H:, :H] = rows[:, H:].T @ h_prev.reshape(-1, H)[order]


class LSTMCell(Cell):
    """f, i, o = σ(W · [h_prev, x] + b); C̃ = tanh(…); C = f ⊙ C_prev + i ⊙ C̃; h = o ⊙ tanh(C)."""

    # In this order the three sigmoids lie together, and so do the three gates that act on C.
    gates = ("C_tilde", "f", "i", "o")
    states = ("h", "C")
    _notes: ClassVar = {"moved": 2, "tanh_C": None}

    def _step(self, inputs, z, products, old, new):
        (product,), (h_prev, C_prev), (h, C, kept, added, tanh_C) = products, old, new
        block, C_tilde, f, i, o = z
        sigmoids = block[1:]
        np.add(product(h_prev), inputs, out=block)
        np.tanh(block, out=block)
        sigmoids *= self._half
        sigmoids += self._half
        np.multiply(f, C_prev, out=kept)
        np.multiply(i, C_tilde, out=added)
        np.add(kept, added, out=C)
        np.tanh(C, out=tanh_C)
        np.multiply(o, tanh_C, out=h)

    def _backward(self, trace, dh_out, products, dz, dh, dC):
        (product,) = products
        T, G, B, H = dz.shape
        # The slopes need no error, so they are computed for several steps at once, but for no more
        # than stay in the processor's cache until the loop comes by.
        several = max(1, 2**17 // (G * B * H))
        for end in range(T, 0, -several):
            start = max(0, end - several)
            dh_dC = self._slopes(trace, slice(start, end), dz[start:end])
            now = slice(start, end)
            for f, through_h, dz_t, into_C, into_h, dh_out_t, dh_t, dC_t, dh_prev, dC_prev in _backwards(
                trace.gates[now, 1], dh_dC, dz[now], dz[now, :3], dz[now, 3], dh_out[now],
                dh[1:][now], dC[1:][now], dh[now], dC[now],
            ):  # fmt: skip
                dh_t += dh_out_t
                through_h *= dh_t
                dC_t += through_h
                into_C *= dC_t
                into_h *= dh_t
                np.multiply(dC_t, f, out=dC_prev)  # the road through the cell state
                product(dz_t, out=dh_prev)  # the road through the gates and h

    @staticmethod
    def _slopes(trace: Trace, steps: slice, dz: NDArray) -> NDArray:
        """Fill dz with dC/dz for C̃, f, i and dh/dz for o; return dh/dC = o (1 − tanh² C)."""
        gates, moved = trace.gates[steps], trace.moved[steps]
        h, tanh_C = trace.h[1:][steps], trace.tanh_C[steps]
        # σ' = s (1 − s), and what a gate multiplies is in the trace already multiplied with it:
        # (1 − f) ⊙ kept, (1 − i) ⊙ added, (1 − o) ⊙ h.
        np.subtract(1, gates[:, 1:], out=dz[:, 1:])
        dz[:, 1:3] *= moved
        dz[:, 3] *= h
        # tanh' = 1 − tanh², in the same way: i ⊙ (1 − C̃²) = i − C̃ ⊙ added,
        # o ⊙ (1 − tanh² C) = o − h ⊙ tanh C.
        np.multiply(gates[:, 0], moved[:, 1], out=dz[:, 0])
        np.subtract(gates[:, 2], dz[:, 0], out=dz[:, 0])
        slope = h * tanh_C
        return np.subtract(gates[:, 3], slope, out=slope)


class Stepper:
    """A cell that reads one character at a time, for sampling: it keeps only the present.

    `states` by name, each (1, H), and `gates` (G, 1, H) are those after the last step; the next step
    writes over them.
    """

    def __init__(self, cell: Cell, state: State) -> None:
        W_h, W_x, b = cell._for_tanh()
        H, dtype = cell.hidden_size, W_h.dtype
        self._cell = cell
        self._table = np.ascontiguousarray((W_x + b).swapaxes(0, 1))[:, :, None]  # (D, G, 1, H)
        self._products = cell._products(StateProduct, W_h, 1)
        self.gates = np.empty((len(W_h), 1, H), dtype)
        self.states = {name: np.empty((1, H), dtype) for name in cell.states}
        for name, first in zip(cell.states, state, strict=True):
            self.states[name][:] = first
        notes = [np.empty((1, 1, H) if n is None else (1, n, 1, H), dtype) for n in cell._notes.values()]
        self._z = (self.gates, *self.gates)
        self._old = tuple(self.states.values())
        # A step may write over the states that it reads.
        self._new = (*self._old, *(array[0] for array in _each(notes)))

    def __call__(self, index: int) -> None:
        """Read one character."""
        self._cell._step(self._table[index], self._z, self._products, self._old, self._new)

    def values(self) -> dict[str, NDArray]:
        """Gates and states of the last step by name, each (H,), copies."""
        named = {name: self.gates[k, 0].copy() for k, name in enumerate(self._cell.gates)}
        return named | {name: state[0].copy() for name, state in self.states.items()}


CELLS: dict[str, type[Cell]] = {"rnn": RNNCell, "gru": GRUCell, "lstm": LSTMCell}
