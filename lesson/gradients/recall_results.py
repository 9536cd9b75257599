"""What was measured of networks that were trained to recall a symbol (see assets/build/recall.py)."""

import json

import pandas as pd
from numpy.typing import NDArray

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lesson.gradients.windows import SEEDS
from lstm.recall.untrained import left_at_first_symbol
from visualization.charts.recall import recall_frame


@memo()
def results() -> pd.DataFrame:
    """Read what was measured of all networks, every goal."""
    measured = json.loads((ROOT / "assets" / "recall.json").read_text("utf-8"))
    return recall_frame(measured, every_goal=True)


@memo(entries=20)
def share_at_first(row: str, gap: int) -> NDArray:
    """Measure how much of ∂L/∂h comes back to the first symbol in 21 untrained networks of a row."""
    return left_at_first_symbol(row, gap, range(SEEDS))
