"""A part of a batch in a process of its own."""

import contextlib
import json
import os
import struct
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lstm.arrays import Array, State
from lstm.network import Network
from lstm.parallel.part import PartSizes
from lstm.parallel.shared_arrays import make_file, map_arrays, spin
from lstm.training.step_gradients import StepInputs

_PACKAGE = Path(__file__).parents[1]
_PATIENCE = 5  # seconds that a process has to end by itself


class LostError(Exception):
    """The process has ended."""


class RemotePart:
    """A part that `worker.py` computes in another process.  Raises OSError if there can be none."""

    def __init__(self, sizes: PartSizes) -> None:
        self.sizes = sizes
        self._net = sizes.network()
        layout = sizes.layout(self._net)
        self._file = make_file(layout)
        try:
            self._arrays = map_arrays(self._file, layout)
            self._process = self._start()
        except OSError:
            self._file.unlink()
            raise
        self._is_ready = False
        self._write(json.dumps({"file": str(self._file), "sizes": asdict(sizes)}).encode() + b"\n")

    @staticmethod
    def _start() -> "subprocess.Popen[bytes]":
        paths = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
        one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")}
        environment = os.environ | one_thread | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        # A group of its own: Ctrl-C is for the training, which ends its helpers itself.
        group: dict[str, Any] = {"process_group": 0}
        if sys.platform == "win32":
            group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "lstm.parallel.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment, **group,
        )  # fmt: skip

    def begin(self, net: Network, step: StepInputs) -> None:
        """Hand over the weights and a part of the batch; the other process computes from now on."""
        arrays = self._arrays
        arrays["weights"][:] = net.weights.flat
        arrays["inputs"][:], arrays["targets"][:] = step.inputs, step.targets
        for name, array in zip(net.cell_type.states, step.state, strict=True):
            arrays[f"first_{name}"][:] = array
        if step.masks:
            arrays["masks"][:] = step.masks
        self._write(b"!")
        arrays["begun"] += 1

    def finish(self) -> tuple[float, State, Array]:
        """Wait.  Returns the loss, the last state and the gradients; loss and gradients times the share.

        Raises LostError if the process has ended.
        """
        if not self._is_ready:
            self._read(1)
            self._is_ready = True
            self._remove_file()
        spin(self._arrays["finished"], self._arrays["begun"][0])
        (loss,) = struct.unpack("d", self._read(8))
        last = tuple(self._arrays[f"last_{name}"] for name in self._net.cell_type.states)
        return loss, last, self._arrays["gradients"]

    def close(self) -> None:
        """End the process, and wait until it has."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._arrays.clear()
        self._remove_file()

    def _remove_file(self) -> None:
        """Take the file's name away: what both processes have of it stays until the last of them ends."""
        with contextlib.suppress(PermissionError):  # Windows: not while it is open
            self._file.unlink(missing_ok=True)

    def _write(self, data: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it has ended: `finish` notices
            self._process.stdin.write(data)

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(size)
        if data is None or len(data) < size:
            raise LostError
        return data
