"""What was measured of the variants: see assets/build/experiments/variants.py and variant_challenges.py."""

import json
from typing import Any

from lesson.frame.files import ROOT
from lesson.frame.memo import memo

Table = dict[str, Any]


@memo(entries=2)
def table(name: str) -> Table:
    """Read a table of assets/experiments: settings and rows."""
    measured: Table = json.loads((ROOT / "assets" / "experiments" / f"{name}.json").read_text("utf-8"))
    return measured


def challenge_row(kind: str, challenge: str) -> Table:
    """Return what was measured of a cell in a challenge."""
    return next(
        row for row in table("variant_challenges")["rows"]
        if (row["cell"], row["challenge"]) == (kind, challenge)
    )  # fmt: skip


def closest(kind: str, challenge: str) -> dict[str, float]:
    """Return the weights and biases that the search found closest to passing."""
    setting: dict[str, float] = challenge_row(kind, challenge)["setting"]
    return setting
