"""Twelve runs on two Dask workers against one process of this machine: python -m tests.benchmarks.cluster

Scheduler and workers run here too: two cores have to be free, and the server takes some of them.  Both ways
take turns of some seconds in the same run; the other one stands meanwhile.  What they do in a second of the
workers' processor time can be compared on a busy machine too.  Takes two minutes.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

import psutil

from lesson.training.engine.cluster.machines import Cluster
from lesson.training.engine.process import Died, Listener, WorkerProcess
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import EVERYTHING, Registry
from lesson.training.engine.settings import RunSettings
from lesson.widgets.catalogue import sample_text
from tests.benchmarks.race import table
from tests.lesson.training.engine.cluster.dask_cluster import DaskCluster

RUNS, WORKERS = 12, 2
ROUNDS, SECONDS, SETTLE = 5, 8.0, 2.0  # of each way in turn; the pause lets slices end that were under way
DEFAULT = RunSettings()
COLUMNS = (
    "steps/s of twelve runs", "steps/s of the workers' processor time", "of a core for each worker",
    "of a core for the server", "cores idle",
)  # fmt: skip


def processor(pids: Iterable[int]) -> float:
    """Seconds of processor time that processes have taken."""
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


def idle() -> float:
    """Seconds that cores have been idle."""
    cores = psutil.cpu_times()
    return cores.idle + cores.iowait


class Way:
    """A registry, its twelve runs, and a row of numbers for each round; pids: of its workers."""

    def __init__(self, registry: Registry, pids: Callable[[], list[int]]) -> None:
        self.registry, self._pids = registry, pids
        self.rows: list[list[float]] = []
        self.runs: list[Recording] = []
        text = sample_text("fables")
        for seed in range(1, RUNS + 1):
            settings = DEFAULT.but(seed=seed, amount=3_000)
            self.runs.append(registry.join(f"v{seed}", settings, text))
        self.request(EVERYTHING)
        for run in self.runs:
            run.wait(1, 120)
        self.request(0)

    def request(self, step: int) -> None:
        """Let all work, or stand."""
        self.runs = [self.registry.request(f"v{seed}", run, step) for seed, run in enumerate(self.runs, 1)]

    def measure(self) -> None:
        """Work for some seconds."""
        self.request(EVERYTHING)
        time.sleep(SETTLE)
        pids = self._pids()
        before = self._state(pids)
        time.sleep(SECONDS)
        passed, steps, worked, served, rested = (
            after - start for after, start in zip(self._state(pids), before, strict=True)
        )
        self.rows.append(
            [steps / passed, steps / worked, worked / passed / len(pids), served / passed, rested / passed]
        )
        self.request(0)
        time.sleep(SETTLE)

    def _state(self, pids: list[int]) -> list[float]:
        steps = sum(run.head for run in self.runs)
        return [time.monotonic(), steps, processor(pids), time.process_time(), idle()]


def compare(dask: DaskCluster) -> None:
    """Measure both ways in turn, and print the table."""
    load = os.getloadavg()[0]
    cluster = Cluster(dask.address)
    while cluster.count() < WORKERS:
        time.sleep(0.1)
    processes: list[WorkerProcess] = []

    def start(answered: Listener, died: Died) -> WorkerProcess:
        processes.append(WorkerProcess(answered, died))
        return processes[-1]

    here, far = Registry(start), Registry(cluster.start, most=cluster.count)
    try:
        ways = {
            "one process": Way(here, lambda: [process.pid for process in processes]),
            f"{WORKERS} Dask workers": Way(far, lambda: [worker.pid for worker in dask.workers]),
        }
        for _ in range(ROUNDS):
            for way in ways.values():
                way.measure()
    finally:
        far.close()
        here.close()
        cluster.close()
    rows = [
        [
            name,
            *(
                f"{median(column):.{3 if k > 1 else 0}f}"
                for k, column in enumerate(zip(*w.rows, strict=True))
            ),
        ]
        for name, w in ways.items()
    ]
    title = f"Load {load:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} cores"
    table(title, ["where", *COLUMNS], rows)
    one, two = ([row[0] for row in way.rows] for way in ways.values())
    ratios = [b / a for a, b in zip(one, two, strict=True)]
    rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"\nThe cluster is {median(ratios):.2f} times as fast (rounds: {rounds}).")


def main() -> None:
    """Start a cluster and compare."""
    with tempfile.TemporaryDirectory() as folder:
        dask = DaskCluster(Path(folder))
        try:
            dask.start_scheduler()
            for _ in range(WORKERS):
                dask.add_worker()
            compare(dask)
        finally:
            dask.close()


if __name__ == "__main__":
    main()
