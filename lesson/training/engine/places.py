"""The runs that the worker holds, and the orders it gets for them; one thread at a time may give them."""

from collections.abc import Callable
from itertools import count
from typing import Protocol

from lesson.training.engine.line import Run
from lesson.training.engine.messages import Order
from lesson.training.engine.process import Listener


class Worker(Protocol):
    """What is needed of the process."""

    def send(self, order: Order, data: bytes = b"") -> None:
        """Give an order."""

    def close(self) -> None:
        """End it."""


Start = Callable[[Listener, Callable[[], None]], Worker]


class Places:
    """The worker, started when it is needed, and which run has a place in it under which name."""

    def __init__(self, start: Start, answered: Listener, died: Callable[[], None]) -> None:
        self._start, self._answered, self._died = start, answered, died
        self._numbers = count(1)
        self._worker: Worker | None = None

    def warm(self) -> None:
        """Start the worker, so that the first run need not wait for it."""
        if self._worker is None:
            self._worker = self._start(self._answered, self._died)

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def lose(self, runs: list[Run]) -> None:
        """Take these runs' places back after the worker has ended by itself."""
        self._worker = None
        for run in runs:
            self.drop(run)

    def begin(self, run: Run) -> None:
        """Give a run a place."""
        self.warm()
        run.id = f"r{next(self._numbers)}"
        recording = run.recording
        data = recording.text.encode("utf-8", "surrogatepass")
        key = recording.settings.key
        order: Order = {"do": "start", "run": run.id, "settings": key, "text_bytes": len(data)}
        self._send(order, data + recording.resume)

    def drop(self, run: Run) -> None:
        """Take a run's place away."""
        if run.id:
            self._send({"do": "drop", "run": run.id})
        run.id, run.limit = "", 0

    def grant(self, run: Run, limit: int, now: float) -> None:
        """Let a run work up to this step; 0 to let it wait."""
        if limit == run.limit or not run.id:
            return
        if not run.limit:
            run.since = now
        run.limit = limit
        self._send({"do": "work", "run": run.id, "limit": limit})

    def ask_for_checkpoint(self, run: Run, number: int, notes: dict[str, str]) -> None:
        """Ask for a run's newest state, under this number."""
        self._send({"do": "checkpoint", "run": run.id, "ask": number, "notes": notes})

    def _send(self, order: Order, data: bytes = b"") -> None:
        if self._worker is not None:
            self._worker.send(order, data)
