"""Errors that a person can make and mend, and the limits of what is accepted."""

import numbers
from pathlib import Path
from typing import TypeGuard

LARGEST_SETTING = 10**6  # steps, characters, sequences: what asks for more is a slip of the pen
LARGEST_SEED = 2**63 - 1
LARGEST_COUNT = 2**53  # steps done: float64 holds every whole number up to here
_LONGEST = 300  # characters of a sentence for a terminal


class InputError(ValueError):
    """A text, a file, a setting or a size that cannot be used.

    The message is one sentence for the person whose input it is: what is wrong and what to do.  The
    command line prints it and the pages show it; programming errors are never turned into one.
    """


def whole_number(name: str, value: int, low: int, high: int) -> int:
    """Return the value as an int.  Raises InputError unless it is a whole number from low to high."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not low <= value <= high:
        raise InputError(f"{name} must be a whole number from {low:,} to {high:,}, not {value!r}.")
    return int(value)


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a real number: no yes or no, no text, no array.  NaN and infinity are."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def finite_number(name: str, value: float) -> float:
    """Return the value.  Raises InputError unless it is a number within ± a million."""
    if not is_number(value) or not -LARGEST_SETTING <= value <= LARGEST_SETTING:
        raise InputError(f"{name} must be a number, at most a million in size, not {value!r}.")
    return float(value)


def one_line(text: str) -> str:
    """Make a text that may quote a person's input fit for a terminal: one line, printable, not too long."""
    printable = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    half = _LONGEST // 2
    return printable if len(printable) <= _LONGEST else f"{printable[:half]} … {printable[-half:]}"


def check_name(path: str | Path) -> str:
    """Return a file's name as text.  Raises InputError if no file can have it."""
    if "\0" in str(path):
        raise InputError(f"{str(path)!r} can't be the name of a file; give another.")
    return str(path)
