"""Keras' layout: the lists of arrays of `model.get_weights()` and `model.set_weights()`.

A layer is kernel (D, G·H), recurrent_kernel (H, G·H) and bias; behind the cells stands a Dense readout,
before them may stand an Embedding.  A GRU's bias is (2, 3H) where r stands behind the product
(reset_after=True, the default), and (3H,) where it stands before it, as Cho et al. have it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.exchange.layouts import KERAS
from lstm.exchange.weights import (
    LayerWeights,
    Readout,
    as_array,
    check_shape,
    common_dtype,
    fold,
    layers_of,
    network_of,
)  # fmt: skip
from lstm.network import Network

_KINDS = {1: "rnn", 3: "gru", 4: "lstm"}


def to_keras(net: Network) -> list[Array]:
    """Return kernel, recurrent_kernel and bias of each layer, then the Dense readout's kernel and bias.

    The order is that of `model.set_weights`; a GRU needs reset_after=False, a ResetAfterGRU True.
    """
    arrays = []
    for layer in layers_of(net):
        bias = KERAS.stack(layer.b)
        if layer.c_h is not None:
            second = {letter: np.zeros_like(b) for letter, b in layer.b.items()} | {"h": layer.c_h}
            bias = np.stack([bias, KERAS.stack(second)])
        kernels = (np.ascontiguousarray(KERAS.stack(gates).T) for gates in (layer.W_x, layer.W_h))
        arrays += [*kernels, bias]
    return [*arrays, np.ascontiguousarray(net.weights["Wy"].T), net.weights["by"].copy()]


def from_keras(weights: Sequence[Any]) -> Network:
    """Make a network of the list that `model.get_weights()` returns: [Embedding,] cells, Dense.

    A GRU without biases is taken for one with reset_after=True, Keras' default.
    Raises InputError for a list that is something else, or that can be read in two ways.
    """
    arrays = [as_array(f"array {k}", value) for k, value in enumerate(weights)]
    readings = [reading for start in (0, 1) if (reading := _read(arrays[start:]))]
    embedded = [len(arrays) - sum(map(len, reading)) for reading in readings]
    fitting = [
        (reading, arrays[0] if skipped else None)
        for reading, skipped in zip(readings, embedded, strict=True)
        if not skipped or arrays[0].ndim == 2 and arrays[0].shape[1] == len(reading[0][0])
    ]
    if len(fitting) != 1:
        what = "can be read in more than one way" if fitting else "is not that of such a model"
        raise InputError(
            f"The list of arrays {what}; give model.get_weights() of [Embedding,] SimpleRNN, GRU or LSTM, "
            "Dense."
        )
    (*cells, dense), embedding = fitting[0]
    layers = [_layer(cell) for cell in cells]
    if embedding is not None:
        layers[0] = replace(layers[0], W_x=fold(layers[0].W_x, embedding))
    H = len(cells[-1][1])
    bias = dense[1] if len(dense) == 2 else np.zeros(dense[0].shape[1], dense[0].dtype)
    check_shape("The kernel of Dense", dense[0], (H, len(bias)))
    gates = len(layers[0].W_h)
    kind = "gru_reset_after" if gates == 3 and layers[0].c_h is not None else _KINDS[gates]
    return network_of(kind, layers, Readout(dense[0].T, bias), common_dtype(arrays))


def _read(arrays: Sequence[Array]) -> list[list[Array]] | None:
    """Group the arrays by layers, the readout last; None if that can't be done."""
    groups: list[list[Array]] = []
    rest = list(arrays)
    while len(rest) >= 2 and rest[1].ndim == 2:
        size = 3 if len(rest) > 2 and _is_bias(rest[2], rest[1]) else 2
        if not _is_cell(rest[0], rest[1], groups):
            return None
        groups.append(rest[:size])
        rest = rest[size:]
    is_dense = (
        len(rest) in (1, 2) and rest[0].ndim == 2 and all(a.shape == rest[0].shape[1:] for a in rest[1:])
    )
    return [*groups, rest] if groups and is_dense else None


def _is_cell(kernel: Array, recurrent: Array, before: Sequence[Sequence[Array]]) -> bool:
    H, columns = recurrent.shape
    same = not before or (recurrent.shape == before[0][1].shape and len(kernel) == H)
    return kernel.ndim == 2 and kernel.shape[1] == columns and columns in (H, 3 * H, 4 * H) and same


def _is_bias(array: Array, recurrent: Array) -> bool:
    columns = recurrent.shape[1]
    return array.shape in ((columns,), (2, columns)) and (array.ndim == 1 or columns == 3 * len(recurrent))


def _layer(cell: Sequence[Array]) -> LayerWeights:
    kernel, recurrent, *biases = cell
    gates = recurrent.shape[1] // len(recurrent)
    bias = biases[0] if biases else np.zeros(recurrent.shape[1], recurrent.dtype)
    b, inside = KERAS.unstack(bias[0] if bias.ndim == 2 else bias, gates), None
    if gates == 3 and not biases:
        inside = np.zeros(len(recurrent), recurrent.dtype)
    if bias.ndim == 2:
        second = KERAS.unstack(bias[1], gates)
        inside = second.pop("h")
        b |= {letter: b[letter] + second[letter] for letter in second}
    return LayerWeights(KERAS.unstack(recurrent.T, gates), KERAS.unstack(kernel.T, gates), b, inside)
