"""Inputs, targets and states in every shape that a caller may pass; letters as in `lstm.network`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, Indices, State
from lstm.errors import InputError
from lstm.text import check_indices


def as_batch(
    inputs: ArrayLike, input_size: int, dtype: np.dtype[np.floating[Any]]
) -> tuple[Array | Indices, bool]:
    """Return inputs as (T, B) indices or (T, B, D) numbers, and whether they were a single sequence.

    Raises InputError for any other shape, and for indices from `input_size` on.
    """
    x = np.asarray(inputs)
    if x.dtype.kind == "f":
        single = x.ndim == 2
        x = (x[:, None] if single else x).astype(dtype, copy=False)
        fits = x.ndim == 3 and x.shape[2] == input_size
    else:
        single = x.ndim == 1
        x = check_indices(x[:, None] if single else x, input_size, "inputs")
        fits = x.ndim == 2
    if not fits or 0 in x.shape:
        raise InputError("Inputs must be T indices, (T, B) indices or (T, B, D) numbers, at least one step.")
    return x, single


def as_targets(targets: ArrayLike, x: Array | Indices, single: bool, output_size: int) -> Indices:
    """Return targets (T, B), −1 where nothing is predicted.  Raises InputError if they don't fit x."""
    array = np.asarray(targets)
    array = array[:, None] if single and array.ndim == 1 else array
    if array.shape != x.shape[:2]:
        raise InputError(f"Inputs of shape {x.shape[:2]} need targets of the same shape, not {array.shape}.")
    return check_indices(array, output_size, "targets", low=-1)


def as_shaped_states(
    states: Sequence[ArrayLike | None], B: int, H: int, single: bool, dtype: np.dtype[np.floating[Any]]
) -> tuple[State, list[tuple[int, ...]]]:
    """Return states as (B, H) arrays, zeros for None, and the shapes in which they came.

    Raises InputError for a state that is not (H,), (H, 1) or (B, H).
    """
    arrays, shapes = [], []
    for state in states:
        array = np.zeros(H if single else (B, H)) if state is None else np.asarray(state)
        shapes.append(array.shape)
        if array.shape == (H, 1) and B == 1:
            array = array.reshape(1, H)
        elif array.shape not in ((H,), (B, H)):
            raise InputError(f"A state must be ({H},), ({H}, 1) or ({B}, {H}), not {array.shape}.")
        arrays.append(np.broadcast_to(array, (B, H)).astype(dtype))
    return tuple(arrays), shapes
