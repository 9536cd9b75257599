"""Inputs for the cell over time: presets with a name, and what a visitor types or draws."""

import re

import numpy as np
from numpy.typing import NDArray

from lesson.gates.sliders import SLIDERS
from lstm import InputError

PRESETS = ("pulse", "two pulses", "step", "alternation", "noise")
OWN = "my own"
LONGEST = 40  # steps
LONGEST_TEXT = 400  # characters
X = SLIDERS["x"]


def preset(name: str, steps: int, seed: int = 0) -> NDArray:
    """Return one of the presets over T steps, (T,), on the positions of the input's slider."""
    x = np.zeros(steps)
    if name == "pulse":
        x[1] = 1
    elif name == "two pulses":
        x[[1, steps // 2]] = 1, -1
    elif name == "step":
        x[steps // 3 :] = 1
    elif name == "alternation":
        x[0::2], x[1::2] = 1, -1
    else:
        x = on_positions(np.random.default_rng(seed).standard_normal(steps))
    return x


def on_positions(values: NDArray) -> NDArray:
    """Round values to those that the slider of the input can have."""
    return np.round(np.clip(values, X.low, X.high) / X.step) * X.step


def parse(text: str) -> tuple[NDArray, str | None]:
    """Return typed numbers, (T,), and a sentence if some were changed.

    Numbers are separated by spaces, commas or semicolons.  Raises InputError if they can't be used.
    """
    words = text.replace("−", "-").replace(",", " ").replace(";", " ").split()
    if not words:
        raise InputError("Type numbers from −4 to 4 with spaces between them, such as 1 0 0 −0.5.")
    values = [_number(word) for word in words[:LONGEST]]
    x = on_positions(np.array(values))
    changes = []
    if len(words) > LONGEST:
        changes.append(f"only the first {LONGEST} of the {len(words)} numbers are used")
    if not np.allclose(x, values, atol=1e-9):
        changes.append("numbers are rounded to quarters between −4 and 4")
    return x, f"{'; '.join(changes).capitalize()}." if changes else None


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        quoted = re.sub(r"[^\w.,+-]+", "…", word[:20] + "…" * (len(word) > 20))  # it may hold markup
        raise InputError(f"“{quoted}” is not a number; the input takes numbers from −4 to 4.")
    return value


def steps_of(kind: str, steps: int, typed: str) -> int:
    """Return how many steps the input of a link has."""
    if kind != OWN:
        return steps
    try:
        return len(parse(typed)[0])
    except InputError:
        return LONGEST
