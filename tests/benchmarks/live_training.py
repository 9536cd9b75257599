"""What live training costs, and costs others: python -m tests.benchmarks.live_training

The same runs once in the worker process that the course uses and once in a thread of the server, beside
a visitor's answer on the gates page, computed as the server computes it.  Takes about a minute.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np

from lesson.frame.query import Query
from lesson.gates import sliders
from lesson.gates.answers import ANSWERS as GATES
from lesson.training.engine.line import ACTIVE
from lesson.training.engine.messages import receive, send
from lesson.training.engine.process import Died, Listener, WorkerProcess
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Viewer
from lesson.training.engine.worker import serve
from lesson.widgets.catalogue import sample_text
from tests.benchmarks.race import table

ROOT = Path(__file__).parents[2]
DEFAULT = RunSettings()
ALONE = 8.0  # seconds over which a pace is taken
ANSWERS, EVERY = 150, 0.04  # answers of the gates page, and seconds between two

# What `train_minimal.py` does with the same settings, without its reports.
_MINIMAL = """
import sys, time
from lesson.training.engine.settings import from_json
from lesson.widgets.catalogue import TEXTS
from lstm import Vocabulary, train
from lstm.text import read_text
settings = from_json(sys.argv[1])
text = read_text(TEXTS / "fables.txt")
vocabulary = Vocabulary.from_text(text)
net = settings.network(len(vocabulary))
training = train(net, vocabulary.encode(text), **vars(settings.training()))
next(training)
began, first = time.perf_counter(), training.step
for progress in training:
    if time.perf_counter() - began > float(sys.argv[2]):
        break
print((training.step - first) / (time.perf_counter() - began))
"""


class ThreadWorker:
    """The road not taken: the same worker in a thread of the server."""

    def __init__(self, answered, died):
        orders, self._orders = (
            os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
        )
        self._answers, answers = (
            os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
        )
        self._lock = threading.Lock()
        threading.Thread(target=serve, args=(orders, answers), daemon=True).start()
        threading.Thread(target=self._listen, args=(answered,), daemon=True).start()

    def send(self, message, data=b""):
        with self._lock:
            send(self._orders, message, data)

    def close(self):
        self._orders.close()

    def _listen(self, answered):
        while arrived := receive(self._answers):
            answered(*arrived)


def minimal(seconds: float = ALONE) -> float:
    """Steps a second of the plain loop, in a process of its own with all cores."""
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", _MINIMAL, DEFAULT.key, str(seconds)]
    done = subprocess.run(command, cwd=ROOT, env=free, capture_output=True, text=True, check=True)
    return float(done.stdout)


def started(registry: Registry, count: int) -> list[Viewer]:
    """So many visitors, each with a run of their own."""
    viewers = [Viewer(f"v{seed}", registry) for seed in range(count)]
    for seed, viewer in enumerate(viewers, 1):
        viewer.start([(DEFAULT.but(seed=seed, amount=1_000), sample_text("fables"))])
    for viewer in viewers:
        viewer.runs[0].wait(2, 20)
    return viewers


def paces(viewers: list[Viewer], seconds: float) -> list[float]:
    """Steps a second of each."""
    before, began = [v.runs[0].head for v in viewers], time.monotonic()
    time.sleep(seconds)
    passed = time.monotonic() - began
    return [(v.runs[0].head - start) / passed for v, start in zip(viewers, before, strict=True)]


def answers() -> list[float]:
    """Milliseconds that answers of the gates page take from when they are due."""
    took = []
    due = time.perf_counter()
    for turn in range(ANSWERS):
        due += EVERY
        time.sleep(max(0.0, due - time.perf_counter()))
        setting = {**sliders.START, "x": round(np.sin(turn), 1)}
        GATES["gates/step"].reply(Query({"cell": sliders.to_link(setting), "along": "b_f"}))
        took.append((time.perf_counter() - due) * 1e3)
    return took


def first_progress(registry: Registry) -> float:
    """Seconds from the order to the first step."""
    viewer = Viewer("first", registry)
    began = time.monotonic()
    viewer.start([(DEFAULT.but(seed=99), sample_text("fables"))])
    viewer.runs[0].wait(1, 20)
    took = time.monotonic() - began
    viewer.leave()
    return took


def memory(pid: int) -> float:
    """MB that a process holds; NaN where the system doesn't say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    return int(next(line for line in status.read_text().splitlines() if "VmRSS" in line).split()[1]) / 1024


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return float(np.percentile(values, 95))


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of live runs."""
    return measure(2.0 if is_quick else ALONE)


def main() -> None:
    """Print the table."""
    measure(ALONE)


def measure(seconds: float) -> dict[str, float]:
    """Measure both ways, paces over so many seconds, and print the table; figures of the process by name."""
    quiet = p95(answers())
    rows, values = [], {}
    loop = minimal(seconds)
    processes: list[WorkerProcess] = []

    def start(answered: Listener, died: Died) -> WorkerProcess:
        processes.append(WorkerProcess(answered, died))
        return processes[-1]

    registries = {"process": Registry(start), "thread": Registry(ThreadWorker)}
    for name, registry in registries.items():
        cold = first_progress(registry)
        warm = first_progress(registry)
        alone = started(registry, 1)
        pace = paces(alone, seconds)[0]
        for viewer in alone:
            viewer.leave()
        three = started(registry, ACTIVE)
        disturbed = p95(answers())
        each = paces(three, seconds / 2)
        size = memory(processes[0].pid) if name == "process" else float("nan")
        for viewer in three:
            viewer.leave()
        registry.close()
        if name == "process":
            three_share = 100 * float(np.mean(each)) / loop
            values = {"share": 100 * pace / loop, "loop": loop, "three": three_share, "first": cold}
        rows.append(
            [
                name, f"{pace:.0f} ({pace / loop:.0%})", " ".join(f"{value:.0f}" for value in each),
                f"{cold:.2f}, {warm:.2f}", f"{disturbed:.1f} ({disturbed - quiet:+.1f})", f"{size:.0f}",
            ]
        )  # fmt: skip
    head = [
        "worker", "steps/s alone (of the loop)", f"steps/s of {ACTIVE} runs", "first step s, cold and warm",
        "answer p95 ms", "MB",
    ]  # fmt: skip
    table(
        f"The plain loop: {loop:.0f} steps a second. An answer while nobody trains: p95 {quiet:.1f} ms",
        head, rows,
    )  # fmt: skip
    return values


if __name__ == "__main__":
    main()
