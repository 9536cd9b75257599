"""Train networks on the recall task and note what they recall: python -m assets.build_recall

Every network of `lstm.recall.ROWS`, at every gap from the start and again by curriculum, five seeds
each: about ten minutes on two cores.  What assets/recall.json holds already, with the same settings,
is kept, so an interrupted run goes on where it was; delete the file to measure all of it again.  On one
machine everything but the seconds comes out the same again.
"""

import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

from lstm.recall import HIDDEN_SIZE, ROWS, curriculum, recall_accuracy, recall_network, train_recall

FILE = Path(__file__).parent / "recall.json"
GAPS, SEEDS, PROCESSES = [5, 10, 20, 50, 100], [1, 2, 3, 4, 5], 2
TRAINING = {"steps": 2_000, "batch_size": 64, "learning_rate": 0.003, "clip_norm": 1.0, "symbols": 8}
CURRICULUM = {"first": 5, "last": 100, "updates": 1_000}
JUDGED_ON = 1_024  # sequences
SETTINGS = {
    "hidden_size": HIDDEN_SIZE,
    **TRAINING,
    "curriculum": CURRICULUM,
    "judged_on": JUDGED_ON,
    "rows": list(ROWS),
    "gaps": GAPS,
    "seeds": SEEDS,
}


def run(row: str, gap: int | None, seed: int) -> list[dict[str, Any]]:
    """Train one network at one gap, or by curriculum (None) and then judge it at all of them.

    One entry a gap: row, curriculum, gap, seed; accuracy, a share; updates and seconds of the training.
    """
    net = recall_network(row, seed)
    schedule = curriculum(**CURRICULUM) if gap is None else gap
    for progress in train_recall(net, schedule, seed=seed, **TRAINING):
        last = progress
    return [
        {
            "row": row,
            "curriculum": gap is None,
            "gap": judged,
            "seed": seed,
            "accuracy": recall_accuracy(net, judged, seed, JUDGED_ON),
            "updates": last.step,
            "seconds": round(last.seconds, 1),
        }
        for judged in (GAPS if gap is None else [gap])
    ]


def build() -> None:
    """Train what is missing, a network's row at a time, and write the file after each."""
    # Small matrices: threads would wait for each other.  The processes are started anew, so that they
    # read this before they import NumPy.
    os.environ.update({f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")})
    entries = kept()
    parts = [(row, gaps) for row in ROWS for gaps in (sorted(GAPS, reverse=True), [None])]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for row, gaps in parts:
            if any((e["row"], e["curriculum"]) == (row, gaps == [None]) for e in entries):
                continue
            # One task at a time, the long gaps first, so that no process is left with a long one.
            tasks = [(row, gap, seed) for gap in gaps for seed in SEEDS]
            done = [entry for part in pool.starmap(run, tasks, chunksize=1) for entry in part]
            entries = write(entries + done)
            print(report(done), flush=True)


def report(entries: list[dict[str, Any]]) -> str:
    """Accuracy of every seed, one line a gap."""
    first = entries[0]
    lines = [f"{first['row']}{', by curriculum' if first['curriculum'] else ''}"]
    for gap in GAPS:
        accuracies = " ".join(f"{e['accuracy']:.0%}" for e in entries if e["gap"] == gap)
        lines.append(f"  gap {gap}: {accuracies}")
    return "\n".join(lines)


def kept() -> list[dict[str, Any]]:
    """What was measured before with the same settings."""
    if not FILE.exists():
        return []
    results = json.loads(FILE.read_text("utf-8"))
    return results["runs"] if results["settings"] == SETTINGS else []


def write(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the file, one line an entry, in the order of the rows; beside it first, then rename."""
    rows = list(ROWS)
    entries = sorted(entries, key=lambda e: (e["curriculum"], rows.index(e["row"]), e["gap"], e["seed"]))
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    beside = FILE.with_suffix(".part")
    beside.write_text(f'{{"settings": {json.dumps(SETTINGS)},\n"runs": [\n{lines}\n]}}\n', "utf-8")
    beside.replace(FILE)
    return entries


if __name__ == "__main__":
    build()
