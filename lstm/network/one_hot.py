"""One-hot rows where indices are expected, and other slips in inputs and targets that have a known cause."""

import numpy as np

from lstm.arrays import AnyArray

INPUTS_HINT = "give indices, inputs.argmax(axis=-1), or numbers, inputs.astype(float)"
TARGETS_HINT = "targets are indices, e.g. targets.argmax(axis=-1)"
_DIGITS = 6  # a batch that looks so by chance is rarer than one in a million


def is_surely_one_hot(*arrays: tuple[AnyArray, int]) -> bool:
    """Tell whether arrays of whole numbers, each with its width, are one-hot rows and no batch of indices.

    (T, D) of whole numbers could be T steps of B = D sequences.  It is taken for one-hot rows if D is
    above 2, each row is a single 1 beside zeros, and indices drawn at random would look so less than once in
    a million times: a row does with the chance D · D^−D, so T · (D − 1) · log10(D) is at least 6 (D = 3: 7
    rows, D = 5: 3, from D = 8 on one).  Of two arrays the chances are multiplied.  Arrays of other shapes
    or numbers count for nothing, and the first must be one-hot.
    """
    digits = [_digits_of_chance(array, width) for array, width in arrays]
    return digits[0] > 0 and sum(digits) >= _DIGITS


def _digits_of_chance(array: AnyArray, width: int) -> float:
    """How many digits the chance has that random indices look like one-hot rows; 0 if these do not."""
    if array.dtype.kind not in "iub" or array.ndim != 2 or array.shape[1] != width or width <= 2:
        return 0.0
    if array.size == 0 or array.max() != 1 or array.min() != 0 or (array.sum(axis=1) != 1).any():
        return 0.0
    return float(len(array) * (width - 1) * np.log10(width))


def has_one_hot_rows(array: AnyArray, width: int) -> bool:
    """Tell whether the last axis is that wide and holds a single 1 beside zeros everywhere."""
    if array.dtype.kind not in "iubf" or array.ndim < 2 or array.shape[-1] != width or array.size == 0:
        return False
    return bool((((array == 0) | (array == 1)).all(axis=-1) & (array.sum(axis=-1) == 1)).all())


def inputs_hint(x: AnyArray, input_size: int) -> str:
    """Say what inputs of an impossible shape seem to be; empty for nothing known."""
    if x.dtype.kind == "f" and x.size and np.array_equal(x, np.rint(x)):
        return "; for indices that came as floating-point numbers: inputs.astype(int)"
    if x.dtype.kind == "f" and x.ndim in (2, 3) and x.shape[-1] != input_size:
        return f"; the last axis, D, is {input_size} here, not {x.shape[-1]}"
    return ""


def targets_hint(targets: AnyArray, shape: tuple[int, ...], output_size: int) -> str:
    """Say what targets of a wrong shape seem to be, beside inputs of this shape; empty for nothing known."""
    if targets.shape == (*shape, output_size) or has_one_hot_rows(targets, output_size):
        return f"; {TARGETS_HINT}"
    if targets.ndim and len(targets) == shape[0] + 1:
        return "; the target of a step is the character after its input: inputs = ids[:-1], targets = ids[1:]"
    if targets.shape == shape[::-1]:
        return "; time is the first axis: (T, B), so pass its .T"
    return ""
