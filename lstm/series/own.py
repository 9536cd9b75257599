"""A series of one's own: a column of numbers, read from a file, scaled and split without peeking."""

import math
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.series.baselines import constant_loss
from lstm.series.streams import Chunk
from lstm.text import decode_text

FEWEST, MOST = 200, 5_000  # values
LONGEST_FILE = 500_000  # bytes
TEST_SHARE = 0.2  # of the values: the last ones
WARM_UP = 50  # values before those of the test, read so that the state is right
_LARGEST = 1e12


@dataclass(frozen=True)
class OwnSeries:
    """The numbers of a column, oldest first.

    The first four fifths are learned from; the last fifth is the test.  Everything is scaled by mean and
    standard deviation of the first part alone: those of all values would tell it of the test.
    """

    values: tuple[float, ...]

    @property
    def cut(self) -> int:
        """How many values are learned from."""
        return round(len(self.values) * (1 - TEST_SHARE))

    @cached_property
    def scale(self) -> tuple[float, float]:
        """Mean and standard deviation of the first part."""
        learned = np.array(self.values[: self.cut])
        return float(learned.mean()), float(learned.std())

    @cached_property
    def scaled(self) -> Array:
        """All values, scaled, (T,).  Raises InputError if the first part does not change."""
        mean, deviation = self.scale
        if deviation <= 1e-9 * max(1.0, abs(mean)):
            raise InputError("The series does not change in its first part, so there is nothing to learn.")
        scaled: Array = (np.array(self.values) - mean) / deviation
        return scaled

    def stream(self, batch_size: int, seq_length: int) -> "OwnStream":
        """Begin to read the first part; batch_size: at most so many segments side by side."""
        return OwnStream(self.scaled[: self.cut], self.fitting_batch(batch_size, seq_length))

    def fitting_batch(self, most: int, seq_length: int) -> int:
        """Return how many segments the first part is cut into: each has two sequences, if it can be."""
        return max(1, min(most, (self.cut - 1) // (2 * seq_length)))

    def mean_loss(self) -> float:
        """Return the test loss of always predicting the mean of the first part, 0 once scaled."""
        return constant_loss(0.0, self.test_chunks()[0].targets)

    def learned_chunk(self) -> Chunk:
        """Return the first part as one chunk (T, 1)."""
        part = self.scaled[: self.cut]
        return Chunk(part[:-1, None, None], part[1:, None], True)

    def test_chunks(self) -> list[Chunk]:
        """Return the last part as one chunk (T, 1), after some values that are read and not predicted."""
        part = self.scaled[self.cut - WARM_UP - 1 :]
        targets = part[1:, None].copy()
        targets[:WARM_UP] = np.nan
        return [Chunk(part[:-1, None, None], targets, True)]


class OwnStream:
    """A column cut into B segments that are read side by side, again and again."""

    inputs = 1

    def __init__(self, values: Array, batch_size: int) -> None:
        length = (len(values) - 1) // batch_size
        each = np.arange(batch_size) * length
        steps = np.arange(length)[:, None] + each
        self._inputs, self._targets = values[steps][..., None], values[steps + 1]
        self._at = 0

    def take(self, steps: int) -> Chunk:
        """Return the next steps; at the end of the segments it begins again."""
        if self._at >= len(self._inputs):
            self._at = 0
        part = slice(self._at, self._at + steps)
        self._at += steps
        return Chunk(self._inputs[part], self._targets[part], part.start == 0)


def read_series(data: bytes, name: str = "The file") -> OwnSeries:
    """Read a column of numbers, one in each line; a heading in the first line may be there.

    Raises InputError, which says what is wrong with the file, called `name`.
    """
    if len(data) > LONGEST_FILE:
        raise InputError(f"{name} is larger than {LONGEST_FILE // 1000} kB; take a part of it.")
    if not data:
        raise InputError("This file is empty; choose one with a column of numbers.")
    lines = [line.strip() for line in decode_text(data, name).splitlines()]
    rows = [(number, line.strip("\"'").strip()) for number, line in enumerate(lines, 1) if line]
    if len(rows) > 1 and _is_heading(rows[0][1]) and _has_number(rows[1][1]):
        if re.search(r"[;,\t]", rows[0][1]):
            raise _more_columns(name, rows[0][0])
        rows = rows[1:]
    values = tuple(_value(line, number, name) for number, line in rows)
    if len(values) < FEWEST:
        raise InputError(f"{name} has {len(values)} numbers; a network here needs at least {FEWEST}.")
    if len(values) > MOST:
        raise InputError(f"{name} has {len(values):,} numbers; take at most {MOST:,} of them.")
    series = OwnSeries(values)
    series.scaled  # noqa: B018  # raises if nothing changes
    return series


def _is_heading(line: str) -> bool:
    return _number(line) is None and any(character.isalpha() for character in line)


def _value(line: str, number: int, name: str) -> float:
    """Return the number of a line; raises InputError if it holds none, or more than one."""
    value = _number(line)
    if value is not None:
        return value
    if _number(line.replace(",", ".")) is not None:
        raise InputError(f"{name} has a comma in the number of line {number}; write a decimal point.")
    if _has_number(line):
        raise _more_columns(name, number)
    raise InputError(f"No number stands in line {number}. {name} must have one column of numbers.")


def _more_columns(name: str, number: int) -> InputError:
    return InputError(f"{name} has more than one column in line {number}; keep one column of numbers.")


def _has_number(line: str) -> bool:
    """Return whether a line is a number, or has one in one of several columns."""
    return any(_number(part.strip("\"'")) is not None for part in re.split(r"[;,\s]+", line))


def _number(line: str) -> float | None:
    """Return a line as a finite number of a size that can be scaled; None for any other."""
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", line, re.ASCII):
        return None
    value = float(line)
    return value if math.isfinite(value) and abs(value) <= _LARGEST else None
