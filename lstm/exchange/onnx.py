"""ONNX' layout: the inputs W, R and B of the operators RNN, GRU and LSTM, with their axis of directions.

W (1, G·H, D), R (1, G·H, H), B (1, 2·G·H): the biases at W, then those at R.  A GRU with
linear_before_reset=1 is PyTorch's, a `ResetAfterGRU` here; with 0 it is that of Cho et al.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.cells import layer_suffix
from lstm.errors import InputError
from lstm.exchange.layouts import ONNX
from lstm.exchange.weights import (
    LayerWeights,
    Readout,
    as_array,
    check_shape,
    common_dtype,
    layers_of,
    network_of,
)  # fmt: skip
from lstm.network import Network


def to_onnx(net: Network) -> dict[str, Array]:
    """Return W, R and B of each layer (W_2, R_2, B_2 of the second), and the readout's weight and bias.

    weight (V, H) and bias (V,) are the inputs of a Gemm with transB=1.  A ResetAfterGRU needs
    linear_before_reset=1, a GRU 0.
    """
    inputs: dict[str, Array] = {}
    for k, layer in enumerate(layers_of(net)):
        second = {letter: np.zeros_like(b) for letter, b in layer.b.items()}
        if layer.c_h is not None:
            second["h"] = layer.c_h
        B = np.concatenate([ONNX.stack(layer.b), ONNX.stack(second)])
        named = {"W": ONNX.stack(layer.W_x), "R": ONNX.stack(layer.W_h), "B": B}
        inputs |= {f"{name}{layer_suffix(k)}": array[None] for name, array in named.items()}
    return inputs | {"weight": net.weights["Wy"].copy(), "bias": net.weights["by"].copy()}


def from_onnx(inputs: Mapping[str, Any], linear_before_reset: int = 1) -> Network:
    """Make a network of the inputs of its operators, named as `to_onnx` names them.

    linear_before_reset: the attribute of the operator GRU, 1 as PyTorch exports it.
    Raises InputError for two directions, missing inputs and shapes that do not fit.
    """
    arrays = {name: as_array(name, value) for name, value in inputs.items()}
    layers: list[LayerWeights] = []
    while f"W{layer_suffix(len(layers))}" in arrays:
        layers.append(_layer(arrays, layer_suffix(len(layers)), linear_before_reset))
    expected = {f"{name}{layer_suffix(k)}" for k in range(len(layers)) for name in "WRB"} | {"weight", "bias"}
    if not layers or arrays.keys() - expected or "weight" not in arrays:
        raise InputError(
            "Give W, R and, if there is one, B of each layer (W_2, …), and weight and bias of the readout."
        )
    gates, H = len(layers[0].W_h), len(next(iter(layers[0].b.values())))
    for k, layer in enumerate(layers[1:], 2):
        check_shape(f"W of layer {k}", layer.W_x["h" if "h" in layer.W_x else "c"], (H, H))
    weight = arrays["weight"]
    bias = arrays.get("bias", np.zeros(len(weight), weight.dtype))
    check_shape("weight", weight, (len(bias), H))
    kind = {1: "rnn", 3: "gru_reset_after" if linear_before_reset else "gru", 4: "lstm"}[gates]
    return network_of(kind, layers, Readout(weight, bias), common_dtype(list(arrays.values())))


def _layer(arrays: Mapping[str, Array], end: str, linear_before_reset: int) -> LayerWeights:
    W, R = arrays[f"W{end}"], arrays.get(f"R{end}", np.zeros(0, np.float32))
    if W.ndim != 3 or R.ndim != 3 or len(W) != 1 or len(R) != 1:
        raise InputError(f"W{end} and R{end} must have one direction, (1, G·H, …); two can't be taken.")
    rows, H = R.shape[1:]
    if not H or rows % H or rows // H not in (1, 3, 4):
        raise InputError(f"R{end} has shape {R.shape}; it must be (1, H, H), (1, 3H, H) or (1, 4H, H).")
    gates = rows // H
    B = arrays.get(f"B{end}", np.zeros((1, 2 * rows), R.dtype))
    check_shape(f"W{end}", W, (1, rows, W.shape[2]))
    check_shape(f"B{end}", B, (1, 2 * rows))
    first, second = (ONNX.unstack(part, gates) for part in np.split(B[0], 2))
    inside = second.pop("h") if gates == 3 and linear_before_reset else None
    b = {letter: bias + second[letter] if letter in second else bias for letter, bias in first.items()}
    return LayerWeights(ONNX.unstack(R[0], gates), ONNX.unstack(W[0], gates), b, inside)
