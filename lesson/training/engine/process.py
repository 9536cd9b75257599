"""The worker's process, as the server sees it: started when it is needed, started again if it dies."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from pathlib import Path
from typing import BinaryIO, cast

from lesson.training.engine.messages import Answer, Order, receive, send
from lstm.errors import InputError

_ROOT = Path(__file__).parents[3]
Listener = Callable[[Answer, bytes], None]


class WorkerProcess:
    """One process.  `answered` is called in a thread of its own with every message that arrives.

    `died` is called in the same thread when the process has ended by itself.
    """

    def __init__(self, answered: Listener, died: Callable[[], None]) -> None:
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
        self._orders = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._lock = threading.Lock()
        self._closing = False
        self._answered, self._died = answered, died
        threading.Thread(target=self._listen, daemon=True, name="training answers").start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, order: Order, data: bytes = b"") -> None:
        """Give an order.  One that comes too late for a process that has died is lost."""
        try:
            with self._lock:
                send(self._orders, order, data)
        except (BrokenPipeError, ValueError):  # ValueError: the pipe was closed
            pass  # `died` is on its way

    def close(self) -> None:
        """End the process and wait for it."""
        self._closing = True
        with self._lock:
            self._orders.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        with self._answers:
            while arrived := receive(self._answers):
                self._answered(*arrived)
        self._process.wait()
        if not self._closing:
            self._died()


class Questions:
    """What the process was asked for and has not answered yet; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._open: dict[int, Future[bytes]] = {}

    def ask(self) -> tuple[int, "Future[bytes]"]:
        """Open a question; return its number and its answer to come."""
        with self._lock:
            number, answer = next(self._numbers), Future[bytes]()
            self._open[number] = answer
            return number, answer

    def answer(self, number: int, data: bytes, error: str = "") -> None:
        """Complete a question with its answer, unless nobody waits for it any more."""
        with self._lock:
            question = self._open.pop(number, None)
        if question is not None:
            _complete(question, data, error)

    def withdraw(self, number: int) -> None:
        """Close a question whose answer nobody waits for any more."""
        with self._lock:
            self._open.pop(number, None)

    def fail(self, error: str) -> None:
        """Complete all open questions with an error: no answer will come."""
        with self._lock:
            questions, self._open = list(self._open.values()), {}
        for question in questions:
            _complete(question, b"", error)


def _complete(question: "Future[bytes]", data: bytes, error: str) -> None:
    if error:
        question.set_exception(InputError(error))
    else:
        question.set_result(data)
