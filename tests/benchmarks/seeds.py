"""How long thirty seeds take: python -m tests.benchmarks.seeds

Each experiment of a class in a registry of its own, from the start to the last run, beside a visitor's answer
on the gates page, computed as the server computes it, and once more beside a visitor's run that trains all
the while.  The reference is the library's own loop over the same networks, in this process, right before.
Takes six minutes; Linux.
"""

import os
import sys
import time
from pathlib import Path

from lesson.course.experiments import PLANS
from lesson.training.engine.process import Died, Listener, WorkerProcess
from lesson.training.engine.registry import Registry
from lesson.training.engine.seeds.experiments import SEEDS, Experiments
from lesson.training.engine.seeds.plan import Plan
from lesson.training.engine.settings import UPDATES, RunSettings
from lesson.training.engine.viewer import Viewer
from lesson.widgets.catalogue import sample_text
from lstm import Vocabulary, train
from lstm.recall.experiment import train_recall
from tests.benchmarks.live_training import answers, memory, p95
from tests.benchmarks.race import table

_TICKS = os.sysconf("SC_CLK_TCK")


def library(plan: Plan) -> float:
    """Seconds of processor time that the library takes for the same updates, without looks and reports."""
    began = time.process_time()
    vocabulary = Vocabulary.from_text(plan.text) if plan.text else None
    for seed in range(1, SEEDS + 1):
        for settings in (each.but(seed=seed) for each in plan.settings):
            if vocabulary is None:
                reports = train_recall(
                    settings.network(0), settings.seq, settings.amount * UPDATES, seed=seed,
                    batch_size=settings.batch, learning_rate=settings.rate, clip_norm=settings.clip_at,
                )  # fmt: skip
            else:
                net = settings.network(len(vocabulary))
                reports = train(net, vocabulary.encode(plan.text), **vars(settings.training()))
            for _ in reports:
                pass
    return time.process_time() - began


def processor_seconds(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def visitor(registry: Registry) -> Viewer:
    """A visitor whose run trains all the while."""
    viewer = Viewer("visitor", registry)
    viewer.start([(RunSettings(amount=3_000), sample_text("fables"))])
    viewer.runs[0].wait(2, 20)
    return viewer


def measure(name: str, with_visitor: bool) -> list[str]:
    """Run an experiment; a row of the table."""
    processes: list[WorkerProcess] = []

    def start(answered: Listener, died: Died) -> WorkerProcess:
        processes.append(WorkerProcess(answered, died))
        return processes[-1]

    registry = Registry(start)
    experiments = Experiments(lambda: registry, PLANS)
    registry.warm()
    guest = visitor(registry) if with_visitor else None
    pid = processes[0].pid
    time.sleep(2)
    spent, own, began = processor_seconds(pid), time.process_time(), time.monotonic()
    experiments.start(name, 1)
    first = everywhere = most = 0.0
    answered, looks = [], []
    while True:
        asked_at = time.perf_counter()
        rows = experiments.table(name, 1)
        looks.append(1e3 * (time.perf_counter() - asked_at))
        passed = time.monotonic() - began
        first = first or passed * any(run["points"] for run in rows["runs"])
        everywhere = everywhere or passed * all(run["points"] for run in rows["runs"])
        most = max(most, memory(pid))
        if rows["done"] == len(rows["runs"]):
            break
        if 20 < passed < 30 and not answered:
            answered = answers()
        if guest is not None:
            registry.request("visitor", guest.runs[0])
        time.sleep(0.1 if passed < 10 else 1)
    spent, own = processor_seconds(pid) - spent, time.process_time() - own
    pace = f"{guest.runs[0].pace_now():.0f}" if guest else "-"
    experiments.close()
    registry.close()
    return [
        name, "yes" if with_visitor else "no", f"{first:.1f}", f"{everywhere:.1f}", f"{passed:.0f}",
        f"{spent:.0f}", f"{own:.1f}", f"{p95(answered):.1f}", f"{p95(looks):.1f}", f"{most:.0f}", pace,
        " and ".join(map(str, rows["learned"])),
    ]  # fmt: skip


def main() -> None:
    """Print the table; of one experiment, if it is named."""
    names = sys.argv[1:] or list(PLANS)
    quiet = p95(answers())
    references = [f"{name} {library(PLANS[name]()):.0f} s" for name in names]
    rows = [measure(name, beside) for name in names for beside in (False, True)]
    head = [
        "experiment", "a visitor trains", "first point s", "all have one s", "all done s",
        "worker's processor s", "server's processor s", "answer p95 ms", "table p95 ms",
        "worker MB", "visitor's steps/s", "learned",
    ]  # fmt: skip
    load = os.getloadavg()[0]
    table(
        f"The library's own loop: {', '.join(references)}. An answer while nobody trains: p95 {quiet:.1f} "
        f"ms. Load {load:.1f}",
        head, rows,
    )  # fmt: skip


if __name__ == "__main__":
    main()
