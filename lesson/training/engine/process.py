"""The worker's process, as the server sees it: started when it is needed, started again if it dies."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lesson.training.engine.messages import receive, send

_ROOT = Path(__file__).parents[3]
Answer = Callable[[dict[str, Any], bytes], None]


class WorkerProcess:
    """One process.  `answered` is called in a thread of its own with every message that arrives.

    `died` is called in the same thread when the process has ended by itself.
    """

    def __init__(self, answered: Answer, died: Callable[[], None]) -> None:
        # One thread for the products: with more, two runs would fight for the cores, and small products
        # gain nothing.
        environment = os.environ | {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "MKL", "OMP")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lesson.training.engine.worker"],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._lock = threading.Lock()
        self._closing = False
        self._answered, self._died = answered, died
        threading.Thread(target=self._listen, daemon=True, name="training answers").start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, message: dict[str, Any], data: bytes = b"") -> None:
        """Give an order.  One that comes too late for a process that has died is lost."""
        try:
            with self._lock:
                send(self._process.stdin, message, data)
        except (BrokenPipeError, ValueError):  # ValueError: the pipe was closed
            pass  # `died` is on its way

    def close(self) -> None:
        """End the process and wait for it."""
        self._closing = True
        with self._lock:
            self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        while arrived := receive(self._process.stdout):
            self._answered(*arrived)
        self._process.wait()
        if not self._closing:
            self._died()
