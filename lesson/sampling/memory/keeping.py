"""How long the units of a network keep what they hold, unit by unit."""

import math

import numpy as np
from numpy.typing import NDArray

from lstm.interpret.half_life import half_lives
from visualization.numbers import steps

_RANKS = (0.25, 0.5, 0.95)  # of the units, ranked by their half-lives


def half_lives_in_words(gate: NDArray, letter: str) -> str:
    """Say how the half-lives of the units differ; gate: f or z, (T, H)."""
    lives = half_lives(np.nan_to_num(gate))
    low, middle, high = (steps(float(life)) for life in np.quantile(lives, _RANKS, method="inverted_cdf"))
    rows = [math.ceil(rank * len(lives)) for rank in _RANKS]
    return (
        f"Each unit has its own half-life of {'C' if letter == 'f' else 'h'}. It is computed from "
        f"the geometric mean of its {letter} over the text. In a list of the {len(lives)} units from the "
        f"shortest half-life to the longest, row {rows[0]} has {low}, row {rows[1]} has {middle}, and "
        f"row {rows[2]} has {high}."
    )


def closings_in_words(gate: NDArray, closed: float) -> str:
    """Say in how many units a gate is closed at least once, and in how many mostly; gate (T, H)."""
    shares = (gate < closed).mean(axis=0)
    return (
        f"Of the {len(shares)} units, {(shares > 0).sum()} are below {closed} at least once, and "
        f"{(shares > 0.5).sum()} of them at more than half of the characters."
    )
