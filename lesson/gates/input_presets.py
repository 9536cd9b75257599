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

    Numbers are separated by spaces, commas or semicolons; a comma may be a decimal comma where the text can't
    be read otherwise.  Raises InputError if they can't be used.
    """
    words = _words(text.replace("−", "-"))
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


def _words(text: str) -> list[str]:
    """Return what was typed for each number, with a decimal point.

    A comma inside a word, as in 0,5, separates two numbers or is a decimal comma.  It is a decimal comma
    where each of several words has exactly one, or where it can't separate numbers of the input: 0,5 would
    be 0 and 5.  Raises InputError where both are possible.
    """
    words = [word.strip(",") for word in re.split(r"[\s;]+", text)]
    words = [word for word in words if word]
    commas = [word.count(",") for word in words]
    apart = [part for word in words for part in word.split(",") if part]
    if max(commas, default=0) != 1 or any("." in word for word in words):
        return apart  # 1,2,3 is a list; with decimal points a comma is no decimal comma
    as_decimals = [word.replace(",", ".") for word in words]
    pairs = [word.split(",") for word in words if "," in word]
    if not all(_DIGITS.fullmatch(word) for word in as_decimals):
        return apart  # something is no number, and is named
    if (len(words) > 1 and min(commas) == 1) or any(not _can_be_two(*pair) for pair in pairs):
        return as_decimals
    first = next(word for word in words if "," in word)
    raise InputError(
        f"“{first}” can be one number or two; write {first.replace(',', '.')} or {first.replace(',', ' ')}."
    )


_DIGITS = re.compile(r"[+-]?\d*\.?\d+", re.ASCII)


def _can_be_two(left: str, right: str) -> bool:
    """Return whether the two sides of a comma can be two numbers of the input, such as 1 and 2."""
    if left in ("", "+", "-") or (len(right) > 1 and right[0] == "0"):
        return False
    return max(abs(float(left)), float(right)) <= X.high


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
