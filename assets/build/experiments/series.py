"""Which settings learn a series: python -m assets.build.experiments series

The spike with every forget bias and sequence length, the adding problem and the sine with a few, three seeds
each.  A failing run of the spike takes up to five seconds; all of them take some seven minutes of one core.
"""

import time
from typing import Any

import numpy as np

from assets.build.experiments.table import Row, fill
from lstm.series.run import BATCH, HIDDEN, LEARNED, TEST_EVERY, SeriesRun

SEEDS = (1, 2, 3)
LENGTHS = (5, 10, 25, 50, 100, 150, 200)
UPDATES = {"spike": 600, "adding": 600, "sine": 300}
SETTINGS: Row = {"hidden": HIDDEN, "batch": BATCH, "updates": UPDATES, "learned": LEARNED}


def tasks() -> list[Row]:
    """List what is measured: task, cell, bias, sequence length, seed."""
    rows = [("spike", "lstm", bias, seq) for bias in range(9) for seq in LENGTHS]
    rows += [("spike", "gru", bias, seq) for bias in (1, 5) for seq in (50, 150)]
    rows += [("spike", "rnn", 0, seq) for seq in (50, 150)]
    rows += [("adding", "lstm", bias, seq) for bias in (1, 3, 5) for seq in (25, 50, 100)]
    rows += [("sine", "lstm", bias, seq) for bias in (1, 3, 5) for seq in LENGTHS]
    names = "task", "cell", "bias", "seq"
    return [dict(zip(names, row, strict=True)) | {"seed": seed} for row in rows for seed in SEEDS]


def measure(task: str, cell: str, bias: int, seq: int, seed: int) -> Row:
    """Train one network; return its test loss, when it had learned, and the seconds that it took.

    loss: the test loss in shares of the mean's; learned: the update after which it was below LEARNED, None
    if it never was.  The spike and the adding problem end there; the sine goes on.
    """
    run = SeriesRun(task, cell, bias, seq, UPDATES[task], seed)
    learned, began = None, time.process_time()
    while not run.finished:
        run.advance(run.step + TEST_EVERY, np.inf)
        if learned is None and run.test_share < LEARNED[task]:
            learned = run.step
            if task != "sine":
                break
    row: dict[str, Any] = {"loss": round(run.test_share, 4), "learned": learned, "updates": run.step}
    return row | {"seconds": round(time.process_time() - began, 2)}


def build() -> None:
    """Measure all of them."""
    fill("series", SETTINGS, tasks(), measure, processes=1)
