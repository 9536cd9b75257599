"""How likely each character is to come next: one bar a character, ready to be drawn."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from visualization.numbers import percent
from visualization.text import visible

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
        _bar(visible(chars[k]), p[k], None if first is None else first[k])
        for k in np.argsort(-p, kind="stable")[:LIKELIEST]
    ]


def _bar(character: str, now: float, before: float | None) -> Bar:
    if before is None:
        return Bar(character, percent(now), _length(now))
    # Both numbers, or one would be taken for that of the longer bar.
    return Bar(character, f"{percent(before)} → {percent(now)}", _length(now), _length(before))


def _length(probability: float) -> int:
    return round(10_000 * float(probability))


def describe_next(bars: Sequence[Bar]) -> str:
    """The likeliest characters in words."""
    return f"Likeliest next characters: {', '.join(f'{bar.character} {bar.says}' for bar in bars)}."
