"""The process that computes a part of every batch: python -m lstm.parallel.worker

It reads a line of JSON from standard input, then a byte for every step, and writes a byte when it is
ready, then the loss of every step as eight bytes; everything else lies in shared arrays.  When the
training's process ends, however it does, standard input ends, and with it this process.
"""

import json
import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from lstm.arrays import AnyArray
from lstm.parallel.part import PartSizes, part_gradients
from lstm.parallel.shared_arrays import map_arrays, spin
from lstm.products import Workspace
from lstm.training.step_gradients import StepInputs


def main() -> None:
    """Compute a part of one batch after the other, until standard input ends."""
    head = json.loads(sys.stdin.buffer.readline())
    sizes, space = PartSizes(**head["sizes"]), Workspace()
    net = sizes.network()
    arrays, names = map_arrays(Path(head["file"]), sizes.layout(net)), net.cell_type.states
    first, last = ([arrays[f"{when}_{name}"] for name in names] for when in ("first", "last"))
    masks = list(arrays["masks"]) if sizes.dropout else ()
    step = StepInputs(arrays["inputs"], arrays["targets"], tuple(first), masks)
    answer(b"!")
    while next_order(arrays):
        net.weights.flat[:] = arrays["weights"]
        # Diverging runs are reported by their loss, not by warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            loss, states = part_gradients(net, step, sizes.share, space, arrays["gradients"])
        for shared, state in zip(last, states, strict=True):
            shared[:] = state
        answer(struct.pack("d", loss))
        arrays["finished"] += 1


def next_order(arrays: Mapping[str, AnyArray]) -> bytes:
    """Return the byte that begins a step; nothing when standard input has ended."""
    spin(arrays["begun"], arrays["finished"][0] + 1)
    return sys.stdin.buffer.read(1)


def answer(data: bytes) -> None:
    """Write to the training's process; end if there is none any more."""
    try:
        os.write(sys.stdout.fileno(), data)
    except BrokenPipeError:
        sys.exit()


if __name__ == "__main__":
    main()
