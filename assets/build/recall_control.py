"""Ask networks that learned the longest gap alone for shorter gaps: python -m assets.build.recall_control

The control to the curriculum of `assets.build.recall`.  Every kind of network of which most seeds recall
over the longest gap without a curriculum is trained on this gap again, with the same seeds, and judged at
every gap.  assets/recall_control.json holds the results; it takes about a minute on one core.
"""

import json
import os
from pathlib import Path
from typing import Any

from assets.build.recall import FILE, GAPS, SEEDS, SETTINGS, earlier_runs, run
from visualization.charts.recall_sentences import RECALLS

CONTROL = Path(__file__).parents[1] / "recall_control.json"


def rows_that_recall(entries: list[dict[str, Any]]) -> list[str]:
    """Return the kinds of network that recall over the longest gap, without a curriculum, in most seeds."""
    sure = [
        e["row"]
        for e in entries
        if not e["curriculum"] and e["gap"] == max(GAPS) and e["accuracy"] >= RECALLS
    ]
    return [row for row in SETTINGS["rows"] if sure.count(row) > len(SEEDS) // 2]


def build() -> None:
    """Train and judge all, and write the file."""
    entries = [
        entry
        for row in rows_that_recall(earlier_runs())
        for seed in SEEDS
        for entry in run(row, False, max(GAPS), seed, judged_at=GAPS)
    ]
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    CONTROL.write_text(f'{{"settings": {json.dumps(SETTINGS)},\n"runs": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    if not FILE.exists():
        raise SystemExit("First run python -m assets.build.recall.")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    build()
