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

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from lstm.products import ErrorProduct, StateProduct, Workspace

State = tuple[NDArray, ...]


@dataclass(frozen=True)
class Trace:
    """What a forward pass leaves for `backward` and for pictures, so that nothing is computed twice.

    x: indices (T, B) or inputs (T, B, D); gates (T, G, B, H), after σ and tanh;
    h and, for the LSTM, C and tanh_C: (T + 1, B, H), where entry 0 is the state that came in
    (of tanh_C it is not used).
    """

    x: NDArray
    gates: NDArray
    h: NDArray
    C: NDArray | None = None
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
    _kept: ClassVar[tuple[str, ...]]  # what the trace keeps of a step besides the gates: states first
    # The gates whose weights multiply the same vector, so that one product serves them.
    _together: ClassVar[tuple[slice, ...]] = (slice(None),)

    def __init__(self, W: NDArray, b: NDArray) -> None:
        G = len(self.gates)
        self.hidden_size = H = len(b) // G
        self.input_size = W.shape[1] - H
        self.W, self.b = W.reshape(G, H, -1), b.reshape(G, H)  # (G, H, H + D), (G, H): views

    def forward(self, x: NDArray, state: State, space: Workspace | None = None) -> Trace:
        """Run over x, indices (T, B) or inputs (T, B, D), from one (B, H) per name in `states`."""
        space = space or Workspace()
        T, B = x.shape[:2]
        W_h, W_x, b = self._for_tanh()
        products = self._products(StateProduct, W_h, B)
        z = self._inputs(x, W_x, b, space)  # (T, G, B, H)
        kept = {name: space.empty(name, (T + 1, B, self.hidden_size), z.dtype) for name in self._kept}
        for name, first in zip(self.states, state, strict=True):
            kept[name][0] = first
        old = zip(*(array[:-1] for array in kept.values()), strict=True)
        new = zip(*(array[1:] for array in kept.values()), strict=True)
        for z_t, old_t, new_t in zip(z, old, new, strict=True):
            self._step(z_t, products, old_t, new_t)
        return Trace(x, z, **kept)

    def _step(self, z: NDArray, products: tuple, old: State, new: State) -> None:
        """One step in place: z (G, B, H) comes as W_x x + b and becomes the gates; `new` is filled."""
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
        where = (steps * G + np.arange(G)) * B + sequences  # (T·B, G): rows of dz, H numbers each
        rows = space.empty("rows", (T * B, G * H), dz.dtype)
        dz.reshape(-1, H).take(where, axis=0, out=rows.reshape(T * B, G, H), mode="clip")
        self._recurrent_gradient(trace, rows, order, dW)
        if indices is None:
            dW[:, H:] = rows.T @ trace.x.reshape(T * B, -1)
            rows.sum(axis=0, out=db)
            return
        dW_x = np.zeros((self.input_size, G * H), dW.dtype)
        counts = np.bincount(indices, minlength=self.input_size)
        for sums, segment in zip(dW_x, np.split(rows, np.cumsum(counts[:-1])), strict=True):
            np.add.reduce(segment, axis=0, out=sums)
        dW[:, H:] = dW_x.T
        dW_x.sum(axis=0, out=db)  # every step saw exactly one character

    def _recurrent_gradient(self, trace: Trace, rows: NDArray, order: NDArray, dW: NDArray) -> None:
        """dW's first H columns: rows (T·B, G·H) of dz against the h_prev their weights multiplied."""
        H = self.hidden_size
        np.matmul(rows.T, trace.h[:-1].reshape(-1, H)[order], out=dW[:, :H])

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

    def _inputs(self, x: NDArray, W_x: NDArray, b: NDArray, space: Workspace) -> NDArray:
        """W_x x + b of every step, (T, G, B, H)."""
        z = space.empty("gates", (len(x), len(W_x), x.shape[1], self.hidden_size), W_x.dtype)
        if x.ndim == 3:
            np.matmul(x[:, None], W_x, out=z)
            z += b
        else:
            table = np.add(W_x, b, order="C")  # the product with a one-hot vector is a row: look it up
            for z_t, indices in zip(z, x, strict=True):
                table.take(indices, axis=1, out=z_t, mode="clip")
        return z


class RNNCell(Cell):
    """h = tanh(W_h · [h_prev, x] + b_h)."""

    gates = ("h",)
    states = _kept = ("h",)

    def _step(self, z, products, old, new):
        (product,), (h_prev,), (h,) = products, old, new
        z += product(h_prev)
        np.tanh(z, out=z)
        h[:] = z[0]

    def _backward(self, trace, dh_out, products, dz, dh):
        (product,) = products
        np.multiply(trace.gates, trace.gates, out=dz)
        np.subtract(1, dz, out=dz)  # tanh' = 1 − h²
        for t in reversed(range(len(dz))):
            dh_t = dh[t + 1]
            dh_t += dh_out[t]
            dz[t] *= dh_t
            product(dz[t], out=dh[t])


class GRUCell(Cell):
    """z, r = σ(W · [h_prev, x] + b); h̃ = tanh(W_h · [r ⊙ h_prev, x] + b_h); h = z ⊙ h_prev + (1 − z) ⊙ h̃."""

    gates = ("h_tilde", "z", "r")
    states = _kept = ("h",)
    _together = (slice(1, 3), slice(0, 1))

    def _step(self, z, products, old, new):
        (gate_product, candidate_product), (h_prev,), (h,) = products, old, new
        sigmoids, (h_tilde, keep, r) = z[1:], z
        sigmoids += gate_product(h_prev)
        np.tanh(sigmoids, out=sigmoids)
        sigmoids *= 0.5
        sigmoids += 0.5
        h_tilde += candidate_product(r * h_prev)[0]
        np.tanh(h_tilde, out=h_tilde)
        np.subtract(h_prev, h_tilde, out=h)
        h *= keep
        h += h_tilde  # h̃ + z ⊙ (h_prev − h̃): the equation above with one product less

    def _backward(self, trace, dh_out, products, dz, dh):
        gate_product, candidate_product = products
        d_reset = np.empty_like(dh[0])  # dL/d(r ⊙ h_prev)
        for t in reversed(range(len(dz))):
            h_prev, (h_tilde, z, r), (d_h_tilde, d_z, d_r) = trace.h[t], trace.gates[t], dz[t]
            dh_t = dh[t + 1]
            dh_t += dh_out[t]
            kept = dh_t * z  # the road past the candidate
            np.subtract(dh_t, kept, out=d_h_tilde)
            np.multiply(d_h_tilde, h_prev - h_tilde, out=d_z)
            d_z *= z  # σ' = z (1 − z); the 1 − z is in d_h_tilde already
            d_h_tilde *= 1 - h_tilde * h_tilde
            candidate_product(dz[t, :1], out=d_reset)
            np.multiply(d_reset, h_prev, out=d_r)
            d_r *= r * (1 - r)
            d_reset *= r
            gate_product(dz[t, 1:], out=dh[t])
            dh[t] += d_reset
            dh[t] += kept

    def _recurrent_gradient(self, trace, rows, order, dW):
        H = self.hidden_size
        h_prev = trace.h[:-1]
        after_reset = trace.gates[:, 2] * h_prev  # what the candidate's weights multiplied
        dW[:H, :H] = rows[:, :H].T @ after_reset.reshape(-1, H)[order]
        dW[H:, :H] = rows[:, H:].T @ h_prev.reshape(-1, H)[order]


class LSTMCell(Cell):
    """f, i, o = σ(W · [h_prev, x] + b); C̃ = tanh(…); C = f ⊙ C_prev + i ⊙ C̃; h = o ⊙ tanh(C)."""

    # In this order the three sigmoids lie together, and so do the three gates that act on C.
    gates = ("C_tilde", "f", "i", "o")
    states = ("h", "C")
    _kept = ("h", "C", "tanh_C")

    def _step(self, z, products, old, new):
        (product,), (h_prev, C_prev, _), (h, C, tanh_C) = products, old, new
        z += product(h_prev)
        np.tanh(z, out=z)
        sigmoids = z[1:]
        sigmoids *= 0.5
        sigmoids += 0.5
        C_tilde, f, i, o = z
        np.multiply(f, C_prev, out=C)
        C += i * C_tilde
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
            for t in reversed(range(start, end)):
                dz_t, dh_t, dC_t, through_h = dz[t], dh[t + 1], dC[t + 1], dh_dC[t - start]
                dh_t += dh_out[t]
                through_h *= dh_t
                dC_t += through_h
                into_C, into_h = dz_t[:3], dz_t[3]
                into_C *= dC_t
                into_h *= dh_t
                np.multiply(dC_t, trace.gates[t, 1], out=dC[t])  # the road through the cell state: f
                product(dz_t, out=dh[t])  # the road through the gates and h

    @staticmethod
    def _slopes(trace: Trace, steps: slice, dz: NDArray) -> NDArray:
        """Fill dz with dC/dz for C̃, f, i and dh/dz for o; return dh/dC = o (1 − tanh² C)."""
        gates, C_prev, tanh_C = trace.gates[steps], trace.C[:-1][steps], trace.tanh_C[1:][steps]
        np.multiply(gates, gates, out=dz)
        np.subtract(1, dz[:, 0], out=dz[:, 0])  # tanh' = 1 − C̃²
        np.subtract(gates[:, 1:], dz[:, 1:], out=dz[:, 1:])  # σ' = s − s²
        dz[:, 0] *= gates[:, 2]  # C̃ is multiplied with i,
        dz[:, 1] *= C_prev  # f with C_prev,
        dz[:, 2] *= gates[:, 0]  # i with C̃,
        dz[:, 3] *= tanh_C  # o with tanh C
        slope = tanh_C * tanh_C
        np.subtract(1, slope, out=slope)
        slope *= gates[:, 3]
        return slope


class Stepper:
    """A cell that reads one character at a time, for sampling: it keeps only the present.

    `kept` maps each state's name, and `gates` holds (G, 1, H), the values of the last step; the next
    step overwrites them.
    """

    def __init__(self, cell: Cell, state: State) -> None:
        W_h, W_x, b = cell._for_tanh()
        self._cell = cell
        self._table = np.ascontiguousarray((W_x + b).swapaxes(0, 1))[:, :, None]  # (D, G, 1, H)
        self._products = cell._products(StateProduct, W_h, 1)
        self.gates = np.empty(self._table.shape[1:], W_h.dtype)
        self.kept = {name: np.zeros((1, cell.hidden_size), W_h.dtype) for name in cell._kept}
        for name, first in zip(cell.states, state, strict=True):
            self.kept[name][:] = first
        self._now = tuple(self.kept.values())

    def __call__(self, index: int) -> None:
        """Read one character."""
        self.gates[:] = self._table[index]
        self._cell._step(self.gates, self._products, self._now, self._now)

    def values(self) -> dict[str, NDArray]:
        """Gates and states of the last step by name, each (H,), copies."""
        named = {name: self.gates[k, 0].copy() for k, name in enumerate(self._cell.gates)}
        return named | {name: self.kept[name][0].copy() for name in self._cell.states}


CELLS: dict[str, type[Cell]] = {"rnn": RNNCell, "gru": GRUCell, "lstm": LSTMCell}
