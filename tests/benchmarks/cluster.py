"""Twelve runs on two Dask workers against one process of this machine: python -m tests.benchmarks.cluster

Scheduler and workers run here too: two cores have to be free, and the server takes some of them.  Two
processes of this machine say what its two cores are worth together, which is less than twice one where they
share a cache or are threads of one core.  All ways take turns of some seconds in the same run; the others
stand meanwhile.  What they do in a second of the workers' processor time can be compared on a busy machine
too.  Before that, one of the two Dask workers is killed.  Takes four minutes.
"""

import os
import signal
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

    def measure(self, seconds: float = SECONDS) -> None:
        """Work for some seconds."""
        self.request(EVERYTHING)
        time.sleep(SETTLE)
        pids = self._pids()
        before = self._state(pids)
        time.sleep(seconds)
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


def compare(dask: DaskCluster, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, float]:
    """Measure all ways in turn, and print the table; figures by name."""
    load = os.getloadavg()[0]
    cluster = Cluster(dask.address)
    while cluster.count() < WORKERS:
        time.sleep(0.1)
    processes: list[WorkerProcess] = []
    more: list[WorkerProcess] = []

    def start(answered: Listener, died: Died) -> WorkerProcess:
        processes.append(WorkerProcess(answered, died))
        return processes[-1]

    def start_more(answered: Listener, died: Died) -> WorkerProcess:
        more.append(WorkerProcess(answered, died))
        return more[-1]

    here, both = Registry(start), Registry(start_more, most=lambda: WORKERS)
    far = Registry(cluster.start, most=cluster.count)
    try:
        ways = {
            "one process": Way(here, lambda: [process.pid for process in processes]),
            f"{WORKERS} processes": Way(both, lambda: [process.pid for process in more]),
            f"{WORKERS} Dask workers": Way(far, lambda: [worker.pid for worker in dask.workers]),
        }
        works, further, steps = kill(dask, ways[f"{WORKERS} Dask workers"])
        dask.add_worker()
        while cluster.count() < WORKERS:
            time.sleep(0.1)
        for _ in range(rounds):
            for way in ways.values():
                way.measure(seconds)
    finally:
        far.close()
        both.close()
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
    one, two, clustered = ([row[0] for row in way.rows] for way in ways.values())
    values = {"works": works, "further": further, "steps": float(steps)}
    for key, name, paces in (
        ("processes", "Two processes are", two), ("dask", "The cluster is", clustered)
    ):  # fmt: skip
        ratios = [b / a for a, b in zip(one, paces, strict=True)]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"\n{name} {median(ratios):.2f} times as fast as one process (rounds: {each}).")
        values[key] = median(ratios)
    print(
        f"\nA Dask worker was killed when the twelve runs had {steps} steps in the median: all worked again "
        f"{works:.1f} s later, and were further than before after {further:.1f} s."
    )
    return values


def kill(dask: DaskCluster, way: Way) -> tuple[float, float, int]:
    """Kill a worker (-9) while all runs work; after how many seconds does each work again, after how many is
    it further than it was, and how far were they?

    What was known of a run is computed again: the longer it has worked, the longer that takes.
    """
    way.request(EVERYTHING)
    time.sleep(SETTLE)
    dask.workers.pop(0).send_signal(signal.SIGKILL)
    began, heads = time.monotonic(), [run.head for run in way.runs]
    before = [run.computed for run in way.runs]
    works = 0.0
    while not all(run.head > head for run, head in zip(way.runs, heads, strict=True)):
        if not works and all(run.computed != step for run, step in zip(way.runs, before, strict=True)):
            works = time.monotonic() - began
        way.request(EVERYTHING)
        time.sleep(0.1)
    way.request(0)
    further = time.monotonic() - began
    return works or further, further, int(median(heads))


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of trainings on a cluster."""
    return main(1, 2.0) if is_quick else main()


def main(rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, float]:
    """Start a cluster and compare."""
    with tempfile.TemporaryDirectory() as folder:
        dask = DaskCluster(Path(folder))
        try:
            dask.start_scheduler()
            for _ in range(WORKERS):
                dask.add_worker()
            return compare(dask, rounds, seconds)
        finally:
            dask.close()


if __name__ == "__main__":
    main()
