"""A worker's process, as the server sees it: started when it is needed, started again if it dies."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from lesson.training.engine.messages import Answer, Order, receive, send
from lstm.errors import InputError

_ROOT = Path(__file__).parents[3]
_LIMIT = Path("/sys/fs/cgroup/cpu.max")  # microseconds that a container may work in each so many
Listener = Callable[[Answer, bytes], None]


class Died(Protocol):
    """What is called when a worker has ended by itself; blame: whether one of its runs may be the cause."""

    def __call__(self, blame: bool = True) -> None:
        """Take its runs' places back."""


def spare_cores() -> int:
    """Return how many processes may train here: one for each core beyond the first, at least one.

    The first is the visitors'.  Cores are those that this process may use, in a container no more than its
    share of processor time.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no container, or "max"
        share, period = _LIMIT.read_text().split()
        cores = min(cores, int(share) // int(period))
    return max(1, cores - 1)


class WorkerProcess:
    """One process.  `answered` is called in a thread of its own with every message that arrives.

    `died` is called in the same thread when the process has ended by itself.  Orders are written by another
    one: a process that is only starting reads a text late, and nobody is to wait for that.
    """

    def __init__(self, answered: Listener, died: Died) -> None:
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
        self._answers = cast(BinaryIO, self._process.stdout)
        self._orders: queue.SimpleQueue[tuple[Order, bytes] | None] = queue.SimpleQueue()
        self._closing = False
        self._answered, self._died = answered, died
        threading.Thread(target=self._listen, daemon=True, name="training answers").start()
        threading.Thread(target=self._write, daemon=True, name="training orders").start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def send(self, order: Order, data: bytes = b"") -> None:
        """Give an order.  One that comes too late for a process that has died is lost."""
        self._orders.put((order, data))

    def close(self) -> None:
        """End the process and wait for it."""
        self._closing = True
        self._orders.put(None)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _write(self) -> None:
        # BrokenPipeError: it has died, and `died` is on its way.
        with suppress(BrokenPipeError), cast(BinaryIO, self._process.stdin) as stream:
            while (order := self._orders.get()) is not None:
                send(stream, *order)

    def _listen(self) -> None:
        with self._answers:
            while arrived := receive(self._answers):
                self._answered(*arrived)
        self._process.wait()
        if not self._closing:
            self._orders.put(None)
            self._died()


class Questions:
    """What workers were asked for and have not answered yet; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._open: dict[int, tuple[int, Future[bytes]]] = {}  # with the worker's number

    def ask(self, worker: int) -> tuple[int, "Future[bytes]"]:
        """Open a question to a worker; return its number and its answer to come."""
        with self._lock:
            number, answer = next(self._numbers), Future[bytes]()
            self._open[number] = worker, answer
            return number, answer

    def answer(self, number: int, data: bytes, error: str = "") -> None:
        """Complete a question with its answer, unless nobody waits for it any more."""
        with self._lock:
            _, question = self._open.pop(number, (0, None))
        if question is not None:
            _complete(question, data, error)

    def withdraw(self, number: int) -> None:
        """Close a question whose answer nobody waits for any more."""
        with self._lock:
            self._open.pop(number, None)

    def fail(self, worker: int, error: str) -> None:
        """Complete all open questions to a worker with an error: no answer will come."""
        with self._lock:
            lost = [number for number, (asked_of, _) in self._open.items() if asked_of == worker]
            questions = [self._open.pop(number)[1] for number in lost]
        for question in questions:
            _complete(question, b"", error)


def _complete(question: "Future[bytes]", data: bytes, error: str) -> None:
    if error:
        question.set_exception(InputError(error))
    else:
        question.set_result(data)
