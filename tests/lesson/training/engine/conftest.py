"""A registry whose worker and clock are in the test's hands."""

import pytest

from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RunSettings


class Clock:
    """A clock that stands until it is set."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class FakeWorker:
    """Notes the orders, and does steps when it is told to."""

    def __init__(self, answered, died):
        self.answered, self.died, self.orders = answered, died, []
        self.limits, self.done, self.keys, self.closed = {}, {}, {}, False

    def send(self, message, data=b""):
        self.orders.append((message, data))
        run = message.get("run")
        if message["do"] == "start":
            self.done[run], self.keys[run] = 0, message["settings"]
            begun = {
                "steps": 100, "began": 0, "chunks": 10, "vocabulary": list("abcd"), "parameters": 7,
                "samples": [(0, "noise")],
            }  # fmt: skip
            self.answered({"run": run, "begun": begun}, b"")
        elif message["do"] == "work":
            self.limits[run] = message["limit"]
        elif message["do"] == "drop":
            self.done.pop(run, None)
            self.limits.pop(run, None)
        elif message["do"] == "checkpoint":
            self.answered({"run": run, "ask": message["ask"], "step": self.done[run]}, b"file")

    def close(self):
        self.closed = True

    def working(self):
        """The runs that may go on."""
        return [run for run, limit in self.limits.items() if limit > self.done.get(run, 0)]

    def work(self, run, count=1):
        """Steps of a run, no further than it may."""
        start = self.done[run]
        end = min(start + count, self.limits[run], 100)
        self.done[run] = end
        report = {
            "from": start, "to": end, "loss": [10.0 / (n + 1) for n in range(start, end)],
            "norm": [1.0] * (end - start), "seconds": end / 10, "finished": end == 100,
            "samples": [(n, f"text {n}") for n in range(start + 1, end + 1) if n % 10 == 0],
        }  # fmt: skip
        self.answered({"run": run, "report": report}, b"")


class Hall:
    """A registry with fake workers, and short words for what the tests do.

    most: the workers that there may be; workers: all that were started, the dead ones too.
    """

    def __init__(self, most=1):
        self.most, self.clock, self.workers = most, Clock(), []
        self.registry = Registry(self._start, self.clock, lambda: self.most)

    def _start(self, answered, died):
        self.workers.append(FakeWorker(answered, died))
        return self.workers[-1]

    @property
    def worker(self):
        return self.workers[-1]

    def join(self, viewer, seed=1):
        return self.registry.join(viewer, RunSettings(seed=seed), "text")

    def run_of(self, recording):
        starts = [m for m, _ in self.worker.orders if m["do"] == "start"]
        names = (m["run"] for m in reversed(starts) if m["settings"] == recording.settings.key)
        return next(names, "")  # "" if it never had a place

    def works(self, recording):
        return self.run_of(recording) in self.worker.working()

    def work(self, recording, count=1):
        self.worker.work(self.run_of(recording), count)

    # -- with several workers --

    def die(self, worker, **kwargs):
        """Let a worker end by itself."""
        worker.done, worker.limits = {}, {}
        worker.died(**kwargs)

    def holder(self, recording):
        """The worker that holds a run, and its name there; None where it has no place."""
        key = recording.settings.key
        rows = [(w, run) for w in self.workers for run in w.done if w.keys[run] == key]
        assert len(rows) <= 1, "a run lives on one worker"
        return rows[0] if rows else (None, "")

    def on(self, recording):
        """The number of the worker that holds a run, from 0 on."""
        return self.workers.index(self.holder(recording)[0])

    def moves(self, recording):
        """Whether a run works, wherever it is."""
        worker, run = self.holder(recording)
        return worker is not None and run in worker.working()

    def go(self, recording, count=1):
        """Steps of a run, wherever it is."""
        worker, run = self.holder(recording)
        worker.work(run, count)


@pytest.fixture
def hall():
    return Hall()
