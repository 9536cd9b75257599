"""Arrays that two processes have in their memory at the same time."""

import math
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lstm.arrays import AnyArray

_SPIN = 0.005  # seconds
_LINE = 64  # bytes that a processor fetches at a time; every array begins with one

Layout = Mapping[str, tuple[tuple[int, ...], str]]  # shape and dtype by name


def make_file(layout: Layout) -> Path:
    """Make the temporary file in which the arrays of a layout lie.  Raises OSError if the disk is full."""
    descriptor, name = tempfile.mkstemp(prefix="lstm-")
    try:
        with open(descriptor, "wb") as file:
            # Zeros, not a hole: the disk's space is taken now, where its lack is an error and no crash.
            file.write(bytes(sum(_size(*what) for what in layout.values())))
    except OSError:
        os.unlink(name)
        raise
    return Path(name)


def map_arrays(path: Path, layout: Layout) -> dict[str, AnyArray]:
    """Return the arrays that lie in a file: what one process writes into them, the other reads."""
    memory: AnyArray = np.memmap(path, np.uint8, "r+")
    arrays, start = {}, 0
    for name, (shape, dtype) in layout.items():
        size = math.prod(shape) * np.dtype(dtype).itemsize
        arrays[name] = memory[start : start + size].view(dtype).reshape(shape)
        start += _size(shape, dtype)
    return arrays


def spin(counter: AnyArray, value: int) -> None:
    """Return when a shared number, (1,), has become `value`, but after five milliseconds in any case.

    A process that sleeps until a pipe speaks is woken late, and on a busy machine next to the one that woke
    it, on the same processor.  Only what the pipe says is certain; this spares the sleep before it.
    """
    end = time.perf_counter() + _SPIN
    while counter[0] != value and time.perf_counter() < end:
        pass


def _size(shape: tuple[int, ...], dtype: str) -> int:
    """Bytes from the beginning of an array to that of the next."""
    return -(-math.prod(shape) * np.dtype(dtype).itemsize // _LINE) * _LINE
