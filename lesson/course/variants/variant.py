"""What a question with other numbers for everybody is, and how its numbers are selected."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from lesson.classroom.question import RIGHT, Deal, Scale

DEALS = 24  # as many students sit side by side before numbers come again
_SEED = 0  # of the order in which settings are tried


class Mistake(NamedTuple):
    """A wrong way to compute.  reply: how one comes to its number, and what is right."""

    id: str
    name: str
    reply: str


class Tolerance(NamedTuple):
    """How near an answer has to be.  digits: to how many after the point it is asked for."""

    distance: float
    digits: int

    def key(self, value: float) -> tuple[float, float]:
        """Return the ends between which an answer counts as this number."""
        return value - self.distance, value + self.distance


class Numbers(NamedTuple):
    """The numbers of one student.

    texts: fill the gaps of the question.  mistakes: the number that each leads to, by its id.
    """

    texts: tuple[str, ...]
    truth: float
    mistakes: Mapping[str, float]


@dataclass(frozen=True)
class Variant:
    """A question of the course with numbers of one's own.

    of: ids of the questions of the course that are about the same, the nearest first.  text: with gaps {0},
    {1}, …, which may not stand in a formula.  scale: where students may answer.  errors: the scale of how far
    they are off, a difference or, logarithmic, a ratio.  reply: what is right.  file, query: the part that
    shows it.
    """

    id: str
    of: tuple[str, ...]
    text: str
    tolerance: Tolerance
    scale: Scale
    errors: Scale
    mistakes: tuple[Mistake, ...]
    reply: str
    file: str
    query: Mapping[str, str]
    numbers: tuple[Numbers, ...] = ()

    def with_numbers(self, settings: Iterable[tuple[Any, ...]], compute: Callable[..., Numbers]) -> "Variant":
        """Return it with the numbers of the first 24 settings, in a random order that is always the same.

        Left out is what does not fit the scales, has two answers too near to each other, or a right answer
        that is right for somebody else, too.
        """
        rows = list(settings)
        random.Random(_SEED).shuffle(rows)
        selected: list[Numbers] = []
        for row in rows:
            numbers = compute(*row)
            others = [other.truth for other in selected]
            if self._can_be_told_apart(numbers) and all(self._apart(numbers.truth, each) for each in others):
                selected.append(numbers)
            if len(selected) == DEALS:
                break
        return replace(self, numbers=tuple(selected))

    def deals(self) -> tuple[Deal, ...]:
        """Return the numbers as a room deals them: the key of what is right, then those of the mistakes."""
        return tuple(
            Deal(
                each.texts,
                each.truth,
                tuple(
                    (id, *self.tolerance.key(value))
                    for id, value in {RIGHT: each.truth, **each.mistakes}.items()
                ),
            )
            for each in self.numbers
        )

    def error(self, truth: float, answer: float) -> float:
        """Return how far an answer is off, also beyond the scale of errors."""
        return answer / truth if self.errors.logarithmic else answer - truth

    def _can_be_told_apart(self, numbers: Numbers) -> bool:
        answers = [numbers.truth, *numbers.mistakes.values()]
        errors = (self.error(numbers.truth, answer) for answer in answers)
        return (
            all(self.scale.low <= answer <= self.scale.high for answer in answers)
            and all(self.errors.low <= error <= self.errors.high for error in errors)
            and all(self._apart(a, b) for a, b in combinations(answers, 2))
        )

    def _apart(self, a: float, b: float) -> bool:
        return abs(a - b) > 2 * self.tolerance.distance * (1 + 1e-9)


def written(value: float) -> str:
    """Write a number that has few digits, whole: with a true minus sign, thousands with a comma."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return text.replace("-", "−")
