"""A network's weights gate by gate: what every library's layout is made of, and what a network is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.cells import layer_suffix
from lstm.errors import InputError
from lstm.network import NETWORKS, Network
from lstm.network.network import LARGEST_SIZE

LARGEST = 512 * 2**20  # bytes of a network's weights

Gates = dict[str, Array]  # by our letters


@dataclass(frozen=True)
class LayerWeights:
    """One layer: W_h (H, H), W_x (H, D) and b (H,) of each gate by our letters.

    c_h (H,): the candidate's second bias, inside the product with r; None where the cell has none.
    """

    W_h: Gates
    W_x: Gates
    b: Gates
    c_h: Array | None = None


@dataclass(frozen=True)
class Readout:
    """The linear layer behind the cell: weight (V, H), bias (V,)."""

    weight: Array
    bias: Array


def layers_of(net: Network) -> list[LayerWeights]:
    """Return a network's layers from the input up, views of its weights.

    Raises InputError for a variant: what its cell has more or less, other libraries would compute without.
    """
    if net.kind not in NETWORKS:
        raise InputError(
            f"A network of the kind {net.kind!r} has no place in other libraries: they don't have its cell."
        )
    return [_layer(net, layer_suffix(layer)) for layer in range(net.layers)]


def _layer(net: Network, end: str) -> LayerWeights:
    H, weights, letters = net.hidden_size, net.weights, net.letters
    return LayerWeights(
        {letter: weights[f"W{letter}{end}"][:, :H] for letter in letters},
        {letter: weights[f"W{letter}{end}"][:, H:] for letter in letters},
        {letter: weights[f"b{letter}{end}"] for letter in letters},
        weights.get(f"ch{end}"),
    )


def network_of(
    kind: str,
    layers: Sequence[LayerWeights],
    readout: Readout,
    dtype: np.dtype[Any],
    largest: int = LARGEST,
) -> Network:
    """Make a network of these weights.

    Raises InputError if they have more than `largest` bytes, or one is not a number.
    """
    first = next(iter(layers[0].W_x.values()))
    (H, D), V = first.shape, len(readout.weight)
    if max(D, H, V) > LARGEST_SIZE or _numbers(layers, readout) * dtype.itemsize > largest:
        raise _too_large(largest)
    net = NETWORKS[kind](D, H, V, seed=0, dtype=dtype, layers=len(layers))
    with np.errstate(over="ignore"):  # what is too large is found below
        for layer, ours in zip(layers, layers_of(net), strict=True):
            _copy(layer, ours)
        net.weights["Wy"][:], net.weights["by"][:] = readout.weight, readout.bias
    if not np.isfinite(net.weights.flat).all():
        raise InputError(
            "The weights hold values that are not numbers (NaN or infinite); give an earlier state of the "
            "run."
        )
    return net


def _too_large(largest: int) -> InputError:
    return InputError(f"The network would be larger than {largest // 2**20} MB; give a smaller one.")


def _copy(source: LayerWeights, target: LayerWeights) -> None:
    for group in ("W_h", "W_x", "b"):
        for letter, rows in getattr(target, group).items():
            rows[:] = getattr(source, group)[letter]
    if target.c_h is not None and source.c_h is not None:
        target.c_h[:] = source.c_h


def _numbers(layers: Sequence[LayerWeights], readout: Readout) -> int:
    arrays = [
        array for layer in layers for group in (layer.W_h, layer.W_x, layer.b) for array in group.values()
    ]
    return sum(array.size for array in (*arrays, readout.weight, readout.bias))


def as_array(name: str, value: Any) -> Array:
    """Return a tensor or an array as float32 or float64.

    A tensor is turned by its own methods: no library is imported for it.
    Raises InputError if it holds no real numbers.
    """
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        if "bfloat16" in str(value.dtype):  # NumPy has no such type
            value = value.float()
        value = value.numpy()
    if isinstance(value, (Mapping, str)) or value is None:
        raise InputError(f"{name!r} is no array of weights; give model.state_dict() itself.")
    array = np.asarray(value)
    if array.dtype.kind != "f" or array.dtype.itemsize > 8:
        raise InputError(f"{name!r} holds {array.dtype}, not float32 or float64; give the weights as floats.")
    return array.astype(np.float64 if array.dtype.itemsize == 8 else np.float32, copy=False)


def common_dtype(arrays: Sequence[Array]) -> np.dtype[Any]:
    """Return float64 if one of the arrays is, else float32."""
    return np.dtype(np.result_type(np.float32, *(array.dtype for array in arrays)))


def check_shape(name: str, array: Array, shape: tuple[int, ...]) -> None:
    """Raise InputError unless an array has this shape."""
    if array.shape != shape:
        raise InputError(
            f"{name} has shape {array.shape} where {shape} belongs; give weights of one network."
        )


def fold(W_x: Gates, embedding: Array, largest: int = LARGEST) -> Gates:
    """Return the input weights of a layer behind an embedding (V, E): W_x (H, E) -> (H, V) for one-hot input.

    The product is taken in float64, so it is exact to the last digit of float32.
    Raises InputError if the result would have more than `largest` bytes.
    """
    H = len(next(iter(W_x.values())))
    if H * len(W_x) * embedding.size // embedding.shape[1] * embedding.itemsize > largest:
        raise _too_large(largest)
    table = embedding.T.astype(np.float64)  # (E, V)
    return {letter: (W.astype(np.float64) @ table).astype(embedding.dtype) for letter, W in W_x.items()}
