"""Inputs, targets and states in every shape that a caller may pass; letters as in `lstm.network`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from lstm.arrays import Array, Indices, State, as_array
from lstm.errors import InputError
from lstm.network.one_hot import (
    INPUTS_HINT,
    TARGETS_HINT,
    has_one_hot_rows,
    inputs_hint,
    is_surely_one_hot,
    targets_hint,
)
from lstm.text import check_indices


def as_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """Return the type of a network's numbers.  Raises InputError unless it is float32 or float64."""
    try:
        number_type = np.dtype("V" if dtype is None else dtype)  # of None NumPy would make float64
    except TypeError:
        number_type = np.dtype("V")  # no number at all
    if number_type not in (np.float32, np.float64):
        raise InputError(f"dtype must be float32 (to train) or float64 (to test), not {dtype!r}.")
    return number_type


def as_batch(
    inputs: ArrayLike, input_size: int, dtype: np.dtype[np.floating[Any]]
) -> tuple[Array | Indices, bool]:
    """Return inputs as (T, B) indices or (T, B, D) numbers, and whether they were a single sequence.

    Raises InputError for any other shape, for indices from `input_size` on, and for one-hot rows of whole
    numbers (T, D), which could be read as T steps of D sequences: see `is_surely_one_hot`.
    """
    x = as_array(inputs, "Inputs")
    cube = x.dtype.kind != "f" and x.ndim == 3  # (T, B, D) is no shape of indices
    if is_surely_one_hot((x, input_size)) or cube and has_one_hot_rows(x, input_size):
        raise InputError(f"Inputs of shape {x.shape} are one-hot rows of whole numbers; {INPUTS_HINT}.")
    if x.dtype.kind == "f":
        single = x.ndim == 2
        x = (x[:, None] if single else x).astype(dtype, copy=False)
        fits = x.ndim == 3 and x.shape[2] == input_size
    else:
        single = x.ndim == 1
        x = check_indices(x[:, None] if single else x, input_size, "inputs")
        fits = x.ndim == 2
    if not fits or 0 in x.shape:
        raise InputError(
            "Inputs must be T indices, (T, B) indices or (T, B, D) numbers, at least one step"
            f"{inputs_hint(x, input_size)}."
        )
    return x, single


def as_targets(targets: ArrayLike, x: Array | Indices, single: bool, output_size: int) -> Indices:
    """Return targets (T, B), −1 where nothing is predicted.  Raises InputError if they don't fit x."""
    array = as_array(targets, "Targets")
    if is_surely_one_hot((array, output_size), (x[:, 0] if single else x, output_size)):
        raise InputError(f"Targets of shape {array.shape} are one-hot rows; {TARGETS_HINT}.")
    array = array[:, None] if single and array.ndim == 1 else array
    if array.shape != x.shape[:2]:
        shape = x.shape[:1] if single else x.shape[:2]
        raise InputError(
            f"Inputs of shape {shape} need targets of the same shape, not {np.shape(targets)}"
            f"{targets_hint(np.asarray(targets), shape, output_size)}."
        )
    return check_indices(array, output_size, "targets", low=-1)


def as_shaped_states(
    states: Sequence[ArrayLike | None],
    B: int,
    H: int,
    single: bool,
    dtype: np.dtype[np.floating[Any]],
    layers: int = 1,
) -> tuple[State, list[tuple[int, ...]]]:
    """Return states as (B, H) arrays, zeros for None, and the shapes in which they came.

    With L > 1 layers the arrays are (L, B, H).
    Raises InputError for a state that is not (H,), (H, 1) or (B, H), or with layers (L, H) or (L, B, H).
    """
    one, all_of_them = ((H,), (B, H)) if layers == 1 else ((layers, H), (layers, B, H))
    arrays, shapes = [], []
    for state in states:
        if isinstance(state, tuple) and len(state) > 1 and isinstance(state[0], np.ndarray):
            raise InputError("A state came as a tuple of states; write forward(inputs, targets, *net.state).")
        array = np.zeros(one if single else all_of_them) if state is None else as_array(state, "States")
        if array.dtype.kind not in "fiub":
            raise InputError(f"A state must be numbers, not {type(state).__name__}.")
        shapes.append(array.shape)
        if array.shape == (H, 1) and B == 1 == layers:
            array = array.reshape(1, H)
        elif array.shape not in (one, all_of_them):
            hint = "; it is transposed: pass its .T" if array.shape == (H, B) else ""
            column = f"({H}, 1) or " if layers == 1 else "or "
            raise InputError(f"A state must be {one}, {column}{all_of_them}, not {array.shape}{hint}.")
        array = array[..., None, :] if array.shape == one else array  # the same for every sequence
        arrays.append(np.broadcast_to(array, all_of_them).astype(dtype))
    return tuple(arrays), shapes


def as_states(
    state: Sequence[ArrayLike],
    names: Sequence[str],
    B: int,
    H: int,
    dtype: np.dtype[np.floating[Any]],
    layers: int,
) -> State:
    """Return states that were passed as one tuple, by their names, in the shapes of `as_shaped_states`.

    Raises InputError if their number or a shape does not fit.
    """
    if isinstance(state, np.ndarray) or len(state) != len(names):
        raise InputError(f"The state must be a tuple of {' and '.join(names)}.")
    return as_shaped_states(state, B, H, B == 1, dtype, layers)[0]
