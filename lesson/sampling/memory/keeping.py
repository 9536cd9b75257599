"""How long the units of a network keep what they hold, unit by unit."""

import numpy as np
from numpy.typing import NDArray

from lstm.interpret.half_life import half_lives
from visualization.numbers import steps

_SHARES = {"a quarter": 0.25, "half": 0.5, "95%": 0.95}  # of the units
_REST = {"a quarter": "three quarters", "half": "half", "95%": "5%"}


def half_lives_in_words(gate: NDArray, letter: str) -> str:
    """Say how the half-lives of the units differ; gate: f or z, (T, H)."""
    lives = np.quantile(half_lives(np.nan_to_num(gate)), list(_SHARES.values()), method="inverted_cdf")
    low, middle, high = map(_up_to, _SHARES, map(float, lives))
    return (
        f"Each unit has its own half-life of {'C' if letter == 'f' else 'h'}. It is computed from "
        f"the geometric mean of its {letter} over the text. It is {low}, {middle}, and {high}."
    )


def _up_to(share: str, life: float) -> str:
    """Say up to which half-life a share of the units goes."""
    words = steps(life)
    if words.startswith("more"):
        return f"{words} in at least {_REST[share]} of the units"
    return f"{words if words.startswith('less') else f'at most {words}'} in {share} of the units"


def closings_in_words(gate: NDArray, letter: str, closed: float) -> str:
    """Say in how many units a gate is closed at least once, and in how many mostly; gate (T, H)."""
    shares = (gate < closed).mean(axis=0)
    return (
        f"In {(shares > 0).sum()} of the {len(shares)} units {letter} is below {closed} at least once, and "
        f"in {(shares > 0.5).sum()} of them at more than half of the characters."
    )
