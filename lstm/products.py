"""Memory and matrix products for the cells: what the loop over time does most, done fast.

Letters: B sequences, H hidden units, G gates.
"""

import math

import numpy as np
from numpy.typing import DTypeLike

from lstm.arrays import Array

_SMALL = 10**6  # multiplications, for OpenBLAS


def aligned(shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """Make an array, with any content, that begins at a multiple of 64 bytes.

    A processor fetches 64 bytes at a time; NumPy aligns to 16, and then every wide load of a vector
    touches two of these lines instead of one.  Over a training step that is 5 %.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    room = np.empty(size + 64, np.uint8)
    start = -room.ctypes.data % 64
    return room[start : start + size].view(dtype).reshape(shape)


class Workspace:
    """Arrays by name, handed out again while their shape stays the same.

    New memory costs a page fault every 4 KB, and over a training step these took half as long as
    the arithmetic.  A training loop passes the same workspace to every call; a caller that passes
    none gets new arrays, which stay valid for as long as they are wanted.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}
        self._layers: dict[int, Workspace] = {}

    def layer(self, number: int) -> "Workspace":
        """Return a workspace of its own for a layer: the layers' arrays have the same names."""
        return self._layers.setdefault(number, Workspace())

    def release(self) -> None:
        """Give all arrays back; the next calls take new ones."""
        self._arrays.clear()
        self._layers.clear()

    def empty(self, name: str, shape: tuple[int, ...], dtype: np.dtype) -> Array:
        """Return an array of this shape, with any content."""
        array = self._arrays.get(name)
        if array is None or array.shape != shape or array.dtype != dtype:
            array = self._arrays[name] = aligned(shape, dtype)
        return array


def _blocks(matrices: Array, result: Array) -> tuple[Array, Array]:
    """Cut (G, K, N) matrices, and the (G, B, N) array their products go to, into blocks of columns.

    A BLAS repacks both operands before a large product; with few rows that costs as much as the
    arithmetic.  OpenBLAS multiplies small matrices where they lie: blocks of 64 columns, or of 32
    where 64 make more than the million operations that it calls small, run up to 1.5 times faster.
    """
    G, K, N = matrices.shape
    B = result.shape[1]
    widest = 64 if B * K * 64 <= _SMALL else 32
    width = next((w for w in range(widest, 15, -1) if N % w == 0), N)
    cut = aligned((G, N // width, K, width), matrices.dtype)
    cut[:] = matrices.reshape(G, K, N // width, width).swapaxes(1, 2)
    return cut, result.reshape(G, B, N // width, width).swapaxes(1, 2)


class StateProduct:
    """h (B, H) -> W h for G gates, (G, B, H), in a buffer that the next call overwrites."""

    def __init__(self, W: Array, B: int) -> None:
        G, H, _ = W.shape
        self.result = aligned((G, B, H), W.dtype)
        self._single = B == 1
        if self._single:  # all gates as one matrix-vector product
            self._W = np.ascontiguousarray(W.reshape(G * H, H).T)  # a row times it is fastest
            self._out = self.result.reshape(-1)
        else:
            self._W, self._out = _blocks(W.swapaxes(1, 2), self.result)

    def __call__(self, h: Array) -> Array:
        if self._single:
            h[0].dot(self._W, self._out)
        else:
            np.matmul(h, self._W, out=self._out)
        return self.result


class ErrorProduct:
    """dz (G, B, H) -> Σ Wᵀ dz over the gates, (B, H): how the error at the gates reaches h_prev."""

    def __init__(self, W: Array, B: int) -> None:
        G, H, _ = W.shape
        self._single = B == 1
        if self._single:
            self._W = np.ascontiguousarray(W).reshape(G * H, H)
        else:
            self._per_gate = aligned((G, B, H), W.dtype)
            self._W, self._out = _blocks(W, self._per_gate)

    def __call__(self, dz: Array, out: Array) -> None:
        if self._single:
            dz.reshape(-1).dot(self._W, out[0])
        else:
            np.matmul(dz[:, None], self._W, out=self._out)
            np.add.reduce(self._per_gate, axis=0, out=out)
