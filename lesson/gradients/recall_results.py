"""What was measured of networks that were trained to recall a symbol (see assets/build/recall.py)."""

import json

import pandas as pd

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from visualization.charts.recall import recall_frame


@memo()
def results() -> pd.DataFrame:
    """Read what was measured of all networks, every goal."""
    measured = json.loads((ROOT / "assets" / "recall.json").read_text("utf-8"))
    return recall_frame(measured, every_goal=True)
