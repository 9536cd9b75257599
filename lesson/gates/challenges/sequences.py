"""Input sequences for the challenges, and words for what they hold."""

import numpy as np
from numpy.typing import NDArray

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def placed(T: int, at: dict[float, list[int]]) -> NDArray:
    """Return T steps of 0, with each value at its steps, counted from 1."""
    x = np.zeros(T)
    for value, steps in at.items():
        x[[step - 1 for step in steps]] = value
    return x


def shuffled(rng: np.random.Generator, T: int, ones: int, minus_ones: int) -> NDArray:
    """Draw T steps with so many 1 and so many −1 at random places, 0 elsewhere."""
    return rng.permutation(np.repeat([1.0, -1.0, 0.0], [ones, minus_ones, T - ones - minus_ones]))


def pulses(x: NDArray) -> NDArray:
    """Count the 1s that have come at each step, its own included; (T,)."""
    return np.cumsum(x == 1)


def counted(count: int) -> str:
    """Return a number of pulses in words."""
    word = _WORDS[count] if count < len(_WORDS) else str(count)
    return f"{word} pulse{'s' if count > 1 else ''}"
