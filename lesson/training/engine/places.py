"""The workers, the runs that each of them holds, and the orders they get; one thread at a time may give them.

A run lives on one worker.  It comes to the one with least to do, which is started when it is needed: a second
worker only when a second run has work.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import count
from typing import Protocol

from lesson.training.engine.line import Line, Run, gives_its_place, rivals
from lesson.training.engine.messages import Order
from lesson.training.engine.process import Died, Listener


class Worker(Protocol):
    """What is needed of a worker."""

    def send(self, order: Order, data: bytes = b"") -> None:
        """Give an order."""

    def close(self) -> None:
        """End it."""


Start = Callable[[Listener, Died], Worker]
_MOMENT = 5.0  # seconds


class Places:
    """The workers by number, and which run has a place in which of them under which name.

    start: begins a worker; most: says how many there may be at present, at least one; died: called with a
    worker's number when it has ended by itself, and whether one of its runs may be the cause.
    """

    def __init__(
        self, start: Start, most: Callable[[], int], answered: Listener, died: Callable[[int, bool], None]
    ) -> None:
        self._start, self._most, self._answered, self._died = start, most, answered, died
        self._names, self._numbers = count(1), count(1)
        self._workers: dict[int, Worker] = {}

    @property
    def workers(self) -> int:
        """The workers that there are, or could be at once."""
        return max(self._most(), len(self._workers))

    def warm(self) -> None:
        """Start a worker, so that the first run need not wait for it."""
        if not self._workers:
            self._start_worker()

    def close(self) -> None:
        """End the workers."""
        workers, self._workers = self._workers, {}
        for worker in workers.values():
            worker.close()

    def lose(self, worker: int, runs: Iterable[Run]) -> None:
        """Take these runs' places back after their worker has ended by itself."""
        self._workers.pop(worker, None)
        for run in runs:
            self.drop(run)

    def give(self, line: Line, runs: Collection[Run], now: float) -> None:
        """Give those in the line a place that have none, where there is one or somebody gives theirs."""
        for run in [run for run in line.runs if not run.id]:
            placed = rivals(run, runs)
            if not self._begin(run, runs, placed) and (other := gives_its_place(placed, run, now)):
                self.drop(other)
                other.waits = now
                line.send_to_the_end(other)
                self.begin(run, runs)

    def begin(self, run: Run, runs: Iterable[Run]) -> None:
        """Give a run a place on the worker with least to do, if there is one."""
        self._begin(run, runs, rivals(run, runs))

    def _begin(self, run: Run, runs: Iterable[Run], placed: Iterable[Run]) -> bool:
        if run.id:  # the worker may have answered another meanwhile
            return True
        filled = Counter(other.worker for other in placed)
        free = [worker for worker in self._workers if filled[worker] < run.places]
        may_start = len(self._workers) < self._most()
        if not free and not may_start:
            return False
        runs = list(runs)
        loads, places = _loads(_shares(runs)), Counter(other.worker for other in runs if other.id)
        worker = min(free, key=lambda worker: (loads[worker], places[worker]), default=0)
        if may_start and (not worker or loads[worker]):
            worker = self._start_worker()
        self._begin_on(worker, run)
        return True

    def level(self, line: Line, runs: Iterable[Run], now: float) -> None:
        """Move runs to a worker that has less to do, those first whose steps are soonest computed again.

        What works stays where it is, unless nothing has come of it yet.
        """
        runs = list(runs)
        for run in line.runs:
            run.busy = now
        while self.workers > 1:
            workers = list(self._workers)
            if len(workers) < self._most():
                workers.append(0)  # one that is not there yet
            shares = _shares(runs)
            loads, late = _loads(shares), _loads(shares)
            # A run that stands for a moment will go on; for its sake another would move to and fro.
            for run in runs:
                if run.id and run not in shares and now - run.busy < _MOMENT:
                    late[run.worker] += 1
            most, least = max(workers, key=lambda w: loads[w]), min(workers, key=lambda w: late[w])
            surplus = (loads[most] - late[least]) / 2 + 1e-9  # sums of thirds may miss the whole
            if surplus < min(shares.values(), default=1):
                return
            working = line.working()
            movable = [
                run for run in line.runs
                if run.worker == most and (run.fresh or run not in working) and shares[run] <= surplus
            ]  # fmt: skip
            if not movable:
                return
            run = min(movable, key=lambda run: (not run.fresh, run.recording.seconds))
            if sum(other.worker == least for other in rivals(run, runs)) >= run.places:
                return
            self.drop(run)
            self._begin_on(least or self._start_worker(), run)

    def drop(self, run: Run) -> None:
        """Take a run's place away."""
        if run.id:
            self._send(run, {"do": "drop", "run": run.id})
        run.id, run.worker, run.limit = "", 0, 0

    def grant(self, run: Run, limit: int, now: float) -> None:
        """Let a run work up to this step; 0 to let it wait."""
        if limit == run.limit or not run.id:
            return
        if not run.limit:
            run.since = now
        run.limit = limit
        self._send(run, {"do": "work", "run": run.id, "limit": limit})

    def ask_for_checkpoint(self, run: Run, number: int, notes: dict[str, str]) -> None:
        """Ask for a run's newest state, under this number."""
        self._send(run, {"do": "checkpoint", "run": run.id, "ask": number, "notes": notes})

    def _start_worker(self) -> int:
        number = next(self._numbers)
        self._workers[number] = self._start(self._answered, partial(self._died, number))
        return number

    def _begin_on(self, worker: int, run: Run) -> None:
        run.id, run.worker, run.fresh = f"r{next(self._names)}", worker, True
        recording = run.recording
        data = recording.text.encode("utf-8", "surrogatepass")
        key = recording.settings.key
        order: Order = {"do": "start", "run": run.id, "settings": key, "text_bytes": len(data)}
        self._send(run, order, data + recording.resume)

    def _send(self, run: Run, order: Order, data: bytes = b"") -> None:
        if (worker := self._workers.get(run.worker)) is not None:
            worker.send(order, data)


def _shares(runs: Iterable[Run]) -> dict[Run, float]:
    """Return each run's part of a visitor's turns, of those that have work: a quarter where they have four.

    Where several visitors wait for it, the largest of these.
    """
    waiting = {run: run.waiting for run in runs if run.id and run.has_work}
    count = Counter(viewer for viewers in waiting.values() for viewer in viewers)
    return {
        run: 1 / min((count[viewer] for viewer in viewers), default=1) for run, viewers in waiting.items()
    }


def _loads(shares: Mapping[Run, float]) -> defaultdict[int, float]:
    """Return the sum of these parts on each worker."""
    loads: defaultdict[int, float] = defaultdict(float)
    for run, share in shares.items():
        loads[run.worker] += share
    return loads
