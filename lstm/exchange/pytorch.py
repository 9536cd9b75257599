"""To PyTorch and back, by plain arrays; PyTorch itself is not needed.

PyTorch's step has two biases, W_ih x + b_ih + W_hh h + b_hh.  Only their sum counts, so ours goes into b_ih
and b_hh is 0; when weights of PyTorch are loaded, the two are added.  The GRU's candidate is the exception:
there r multiplies the product with h and b_hh, and both biases are kept (`ResetAfterGRU`: b_h and c_h).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.exchange.layouts import PYTORCH
from lstm.exchange.state_dict import GATES, read_state
from lstm.exchange.weights import LARGEST, LayerWeights, common_dtype, fold, layers_of, network_of
from lstm.network import Network


def to_torch(net: Network, cell: str = "", readout: str = "") -> dict[str, Array]:
    """Return the weights by PyTorch's names: weight_ih_l0 (G·H, D), weight_hh_l0 (G·H, H), …, weight, bias.

    cell, readout: what the names begin with, for example "lstm." and "fc.".  The arrays are copies.
    Raises InputError for a GRU of Cho et al., which PyTorch does not have.
    """
    if net.kind == "gru":
        raise InputError(
            "PyTorch's GRU multiplies by r after the product, this one before it, so no weights make them "
            "equal; train a ResetAfterGRU, which is PyTorch's."
        )
    state: dict[str, Array] = {}
    for k, layer in enumerate(layers_of(net)):
        second = {letter: np.zeros_like(bias) for letter, bias in layer.b.items()}
        if layer.c_h is not None:
            second["h"] = layer.c_h
        groups = {"weight_ih": layer.W_x, "weight_hh": layer.W_h, "bias_ih": layer.b, "bias_hh": second}
        state |= {f"{cell}{name}_l{k}": PYTORCH.stack(gates) for name, gates in groups.items()}
    weights = {"weight": net.weights["Wy"], "bias": net.weights["by"]}
    return state | {f"{readout}{name}": array.copy() for name, array in weights.items()}


def from_torch(state: Mapping[str, Any], *, largest: int = LARGEST) -> Network:
    """Make a network of a state_dict: of nn.RNN (tanh), nn.GRU or nn.LSTM, a linear readout, an embedding.

    state: arrays or tensors by name; what stands before the names ("lstm.", "fc.") may be anything.
    A GRU becomes a ResetAfterGRU; an embedding becomes part of the input weights.  A state_dict does not
    say whether an nn.RNN has tanh or relu: tanh is taken.  largest: bytes that the network may have.
    Raises InputError, in one sentence, for what these networks can't be.
    """
    parts = read_state(state)
    gates, embedding = parts.gates, parts.embedding
    layers = [_layer(cell, gates) for cell in parts.cells]
    if embedding is not None:
        layers[0] = replace(layers[0], W_x=fold(layers[0].W_x, embedding, largest))
    dtype = common_dtype(_arrays(parts.cells) + [parts.readout.weight])
    return network_of(GATES[gates], layers, parts.readout, dtype, largest)


def _layer(cell: Mapping[str, Array], gates: int) -> LayerWeights:
    none = np.zeros(len(cell["weight_hh"]), cell["weight_hh"].dtype)
    first = PYTORCH.unstack(cell.get("bias_ih", none), gates)
    second = PYTORCH.unstack(cell.get("bias_hh", none), gates)
    inside = second.pop("h") if gates == 3 else None
    return LayerWeights(
        PYTORCH.unstack(cell["weight_hh"], gates),
        PYTORCH.unstack(cell["weight_ih"], gates),
        {letter: bias + second[letter] if letter in second else bias for letter, bias in first.items()},
        inside,
    )


def _arrays(cells: Sequence[Mapping[str, Array]]) -> list[Array]:
    return [array for cell in cells for array in cell.values()]
