"""How likely each character is to come next: one bar a character, ready to be drawn."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from visualization.frames import shown

LIKELIEST = 8


class Bar(NamedTuple):
    """A row: the character as it is shown, its probability in words, the bar's length in hundredths of a per
    cent; the same before something was changed, None without a second bar."""

    character: str
    says: str
    length: int
    before: int | None = None


def likeliest(probabilities: ArrayLike, chars: Sequence[str], before: ArrayLike | None = None) -> list[Bar]:
    """Bars of the likeliest characters, the likeliest first; (V,), in the order of the characters."""
    p = np.asarray(probabilities, float)
    first = None if before is None else np.asarray(before, float)
    return [
        Bar(shown(chars[k]), _says(p, first, k), _length(p[k]), None if first is None else _length(first[k]))
        for k in np.argsort(-p, kind="stable")[:LIKELIEST]
    ]


def _says(after: np.ndarray, before: np.ndarray | None, k: int) -> str:
    """The number of a row; of two bars both, or it would be taken for that of the longer one."""
    return percent(after[k]) if before is None else f"{percent(before[k])} → {percent(after[k])}"


def percent(probability: float) -> str:
    """A probability for people; one that is small is not 0."""
    return f"{probability:.0%}" if probability >= 0.01 else "< 1%"


def _length(probability: float) -> int:
    return round(10_000 * float(probability))


def describe_next(bars: Sequence[Bar]) -> str:
    """The likeliest characters in words."""
    return f"Likeliest next characters: {', '.join(f'{bar.character} {bar.says}' for bar in bars)}."
