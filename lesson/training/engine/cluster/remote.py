"""A worker on a Dask cluster in the place of a process of this machine: the same orders, the same answers."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from io import BytesIO
from typing import Any, TypeVar

from distributed import Client

from lesson.training.engine.cluster.actor import ServerRuns
from lesson.training.engine.messages import Answer, Order, receive, send
from lesson.training.engine.process import Died, Listener

_PATIENCE = 1.0  # seconds between two looks whether the worker is still there
_log = logging.getLogger(__name__)
T = TypeVar("T")


class _Lost(Exception):
    """The Dask worker has gone."""


class RemoteWorker:
    """The actor on the Dask worker at this address, and the thread that asks it for a few slices at a time.

    `answered` and `died` are called in that thread, as those of `process.WorkerProcess` are.  unreachable:
    whether it has ended because the Dask worker does not answer.
    """

    def __init__(self, client: Client, address: str, answered: Listener, died: Died) -> None:
        self.address = address
        self._client, self._answered, self._died = client, answered, died
        self._orders, self._news = BytesIO(), threading.Condition()
        self._closing = self._lost = self.unreachable = False
        threading.Thread(target=self._serve, daemon=True, name=f"training on {address}").start()

    def send(self, order: Order, data: bytes = b"") -> None:
        """Give an order, which goes with the next call."""
        with self._news:
            send(self._orders, order, data)
            self._news.notify_all()

    def close(self) -> None:
        """End it; the call that is under way is not waited for."""
        with self._news:
            self._closing = True
            self._news.notify_all()

    def lose(self) -> None:
        """Take note that the Dask worker, or the whole cluster, has gone."""
        with self._news:
            self._lost = True
            self._news.notify_all()

    def _serve(self) -> None:
        try:
            with self._client.as_current():  # an actor looks there for its way to the worker
                self._work()
        except (_Lost, CancelledError, OSError) as error:
            self.unreachable = True
            _log.warning("The worker %s of the cluster has gone. %s", self.address, error)
        finally:  # after any other error too, which is logged as that of a thread
            if not self._closing:
                # Where the whole cluster has gone no run is the cause.
                self._died(self._client.status == "running")

    def _work(self) -> None:
        task = self._client.submit(
            ServerRuns, actor=True, workers=[self.address], allow_other_workers=False, pure=False
        )
        try:
            runs: Any = self._wait(task.result)
            busy, answers = False, b""
            while True:
                if not busy:
                    self._deliver(answers)
                    answers = b""
                orders = self._take(wait=not busy)
                if self._closing:
                    return
                if task.status != "finished":  # the scheduler has forgotten it
                    raise _Lost
                call = runs.work(orders)
                self._deliver(answers)  # while the next slices are worked
                busy, answers = self._wait(call.result)
        finally:
            task.release()

    def _take(self, wait: bool) -> bytes:
        """Return the orders since the last call, if `wait` only when there are some."""
        with self._news:
            while wait and not (self._orders.tell() or self._closing or self._lost):
                self._news.wait()
            if self._lost:
                raise _Lost
            orders, self._orders = self._orders.getvalue(), BytesIO()
            return orders

    def _wait(self, result: Callable[[float], T]) -> T:
        """Return what Dask will have computed, however long it takes while its worker is there."""
        while True:
            try:
                return result(_PATIENCE)
            except TimeoutError:
                if self._lost:
                    raise _Lost from None

    def _deliver(self, answers: bytes) -> None:
        stream = BytesIO(answers)
        while arrived := receive(stream):
            message: Answer
            message, data = arrived
            self._answered(message, data)
