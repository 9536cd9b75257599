"""Train networks on the recall task and note what they recall: python -m assets.build.recall

Every network of `lstm.recall.experiment.ROWS`, at every gap from the start and again by curriculum, five
seeds each: about ten minutes on two cores.  What assets/recall.json holds already, with the same settings,
is kept, so an interrupted run goes on where it was; delete the file to measure all of it again.  On one
machine everything but the seconds comes out the same again.
"""

import json
import multiprocessing
import os
from itertools import product
from pathlib import Path
from typing import Any

from lstm.recall.experiment import (
    HIDDEN_SIZE,
    ROWS,
    curriculum,
    recall_accuracy,
    recall_network,
    train_recall,
)

FILE = Path(__file__).parents[1] / "recall.json"
GAPS, SEEDS, PROCESSES = [5, 10, 20, 50, 100], [1, 2, 3, 4, 5], 2
TRAINING = {"steps": 2_000, "batch_size": 64, "learning_rate": 0.003, "clip_norm": 1.0, "symbols": 8}
FIRST, GROWING = 5, 1_000  # a curriculum's first gap, and over how many updates it grows to the goal
JUDGED_ON = 1_024  # sequences
SETTINGS = {
    "hidden_size": HIDDEN_SIZE,
    **TRAINING,
    "curriculum": {"first": FIRST, "updates": GROWING},
    "judged_on": JUDGED_ON,
    "rows": list(ROWS),
    "gaps": GAPS,
    "seeds": SEEDS,
}


def run(
    row: str, by_curriculum: bool, goal: int, seed: int, judged_at: list[int] | None = None
) -> list[dict[str, Any]]:
    """Train one network to recall over `goal` steps, at once or by curriculum, and judge it there.

    After the longest curriculum it is judged at all gaps: a network can learn one distance alone.
    judged_at: other gaps to judge it at.
    One entry a judgement: row, curriculum, goal, gap (where it was judged), seed; accuracy, a share;
    updates and seconds of the training.
    """
    net = recall_network(row, seed)
    schedule = curriculum(FIRST, goal, GROWING) if by_curriculum else goal
    for progress in train_recall(net, schedule, seed=seed, **TRAINING):
        last = progress
    return [
        {
            "row": row,
            "curriculum": by_curriculum,
            "goal": goal,
            "gap": gap,
            "seed": seed,
            "accuracy": recall_accuracy(net, gap, seed, JUDGED_ON),
            "updates": last.step,
            "seconds": round(last.seconds, 1),
        }
        for gap in judged_at or (GAPS if by_curriculum and goal == max(GAPS) else [goal])
    ]


def build() -> None:
    """Train what is missing, a network's row at a time, and write the file after each."""
    # Small matrices: threads would wait for each other.  The processes are started anew, so that they
    # read this before they import NumPy.
    os.environ.update({f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")})
    entries = earlier_runs()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for row, by_curriculum in product(ROWS, (False, True)):
            if any((e["row"], e["curriculum"]) == (row, by_curriculum) for e in entries):
                continue
            # One task at a time, the long gaps first, so that no process is left with a long one.
            tasks = [
                (row, by_curriculum, goal, seed) for goal in sorted(GAPS, reverse=True) for seed in SEEDS
            ]
            done = [entry for part in pool.starmap(run, tasks, chunksize=1) for entry in part]
            entries = write(entries + done)
            print(report(done), flush=True)


def report(entries: list[dict[str, Any]]) -> str:
    """Accuracy of every seed, one line a judgement."""
    by_judgement: dict[tuple[int, int], list[str]] = {}
    for e in sorted(entries, key=_order):
        by_judgement.setdefault((e["goal"], e["gap"]), []).append(f"{e['accuracy']:.0%}")
    first = entries[0]
    lines = [f"{first['row']}{', by curriculum' if first['curriculum'] else ''}"]
    lines += [
        f"  learned {goal}, asked {gap}: {' '.join(shares)}" for (goal, gap), shares in by_judgement.items()
    ]
    return "\n".join(lines)


def earlier_runs() -> list[dict[str, Any]]:
    """Return what was measured before with the same settings."""
    if not FILE.exists():
        return []
    results = json.loads(FILE.read_text("utf-8"))
    return results["runs"] if results["settings"] == SETTINGS else []


def write(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the file, one line an entry, in the order of the rows; beside it first, then rename."""
    entries = sorted(entries, key=_order)
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    beside = FILE.with_suffix(".part")
    beside.write_text(f'{{"settings": {json.dumps(SETTINGS)},\n"runs": [\n{lines}\n]}}\n', "utf-8")
    beside.replace(FILE)
    return entries


def _order(entry: dict[str, Any]) -> tuple[int, ...]:
    row = list(ROWS).index(entry["row"])
    return entry["curriculum"], row, entry["goal"], entry["gap"], entry["seed"]


if __name__ == "__main__":
    build()
