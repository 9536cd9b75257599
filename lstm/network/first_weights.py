"""The arrays of a network and what stands in them before training; letters as in `lstm.network`."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.cells import layer_suffix
from lstm.errors import LARGEST_SETTING, InputError, is_number
from lstm.parameters import Parameters

Shape = tuple[int, ...]
_MOST_NUMBERS = 250_000_000  # of a network: with their gradients and Adam's averages 4 GB


def network_parameters(
    letters: Sequence[str],
    biases: Sequence[str],
    D: int,
    H: int,
    V: int,
    layers: int,
    dtype: np.dtype[np.floating[Any]],
    reads_h: bool = True,
) -> Parameters:
    """Make the arrays of a network, all zero.

    letters: of the cell's gates, in the order of their rows of W; biases: names of the blocks of b.
    A layer reads the D inputs or, from the second on, the H units below it; and its own h_prev, if reads_h.
    Raises InputError for more than 250 million numbers.
    """
    shapes: dict[str, Shape] = {}
    for layer in range(layers):
        end, inputs = layer_suffix(layer), H if layer else D
        columns = inputs + (H if reads_h else 0)
        shapes |= {f"W{end}": (len(letters) * H, columns), f"b{end}": (len(biases) * H,)}
    shapes |= {"Wy": (V, H), "by": (V,)}
    if (count := sum(math.prod(shape) for shape in shapes.values())) > _MOST_NUMBERS:
        raise InputError(
            f"A network of these sizes has {count:,} numbers, and the most are {_MOST_NUMBERS:,}; take fewer "
            "hidden units."
        )
    parameters = Parameters(shapes, dtype)
    for end in map(layer_suffix, range(layers)):
        parameters.name_rows(f"W{end}", [f"W{letter}{end}" for letter in letters])
        parameters.name_rows(f"b{end}", [f"{name}{end}" for name in biases])
    return parameters


def draw_first_weights(
    weights: Parameters, cells: Sequence[Array], D: int, seed: int | None, input_scale: float | None
) -> None:
    """Fill the cells' matrices W, from the first layer up, and the readout's with normal numbers.

    Each unit sums H + D numbers: 1/√(H + D) keeps the sum's size, whatever the network's.  input_scale: the
    standard deviation of the D columns of the first W, if it is to be another.
    Raises InputError unless it is above 0.
    """
    if input_scale is not None and not (is_number(input_scale) and 0 < input_scale < LARGEST_SETTING):
        raise InputError(f"input_scale must be above 0 (and below a million), or None, not {input_scale!r}.")
    rng = np.random.default_rng(seed)
    first, *above = cells
    # The readout's come second, so that a network with one layer has the numbers it always had.
    for W in (first, weights["Wy"], *above):
        W[:] = rng.standard_normal(W.shape) / np.sqrt(W.shape[1])
    if input_scale is not None:
        first[:, -D:] *= input_scale * np.sqrt(first.shape[1])
