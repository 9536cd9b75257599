"""The names of a state_dict: which of its arrays are the cell's, which the readout's, which an embedding.

A module may call its parts as it likes ("lstm.weight_ih_l0", "encoder.rnn.weight_ih_l0", "fc.weight"), so
what a weight is follows from the end of its name and from its shape.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm.arrays import Array
from lstm.errors import InputError
from lstm.exchange.weights import Readout, as_array, check_shape
from lstm.network.network import LARGEST_LAYERS

GATES = {1: "rnn", 3: "gru_reset_after", 4: "lstm"}  # by the number of blocks of H rows
# weight_ih_l0 of nn.LSTM, weight_ih of nn.LSTMCell.
_RECURRENT = re.compile(
    r"(.*?)(weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)(?:_l(\d{1,3}))?(_reverse)?", re.DOTALL
)


@dataclass(frozen=True)
class StateDict:
    """What a state_dict holds.

    cells: each layer's arrays by "weight_ih", "weight_hh", "bias_ih", "bias_hh"; embedding (V, E), or None.
    """

    cells: list[dict[str, Array]]
    readout: Readout
    embedding: Array | None

    @property
    def gates(self) -> int:
        """The number of blocks of rows: 1, 3 or 4."""
        rows, H = self.cells[0]["weight_hh"].shape
        return int(rows // H)


def read_state(state: Mapping[str, Any]) -> StateDict:
    """Sort the arrays of a state_dict and check their shapes.

    Raises InputError for what the networks here can't be: two directions, projections, more than one
    cell, no readout, shapes that don't fit.
    """
    if not isinstance(state, Mapping) or not all(isinstance(name, str) for name in state):
        raise InputError(
            "Give a state_dict: a dictionary of arrays by name, as model.state_dict() returns it."
        )
    arrays = {name: as_array(name, value) for name, value in state.items()}
    matches = {name: match for name in arrays if (match := _RECURRENT.fullmatch(name))}
    cells = _layers(arrays, matches)
    H = _check_cells(cells)
    linear = {name: array for name, array in arrays.items() if name not in matches}
    return StateDict(cells, *_linear_layers(linear, cells[0]["weight_ih"].shape[1], H))


def _layers(arrays: Mapping[str, Array], matches: Mapping[str, re.Match[str]]) -> list[dict[str, Array]]:
    for name, match in matches.items():
        if match[4]:
            raise InputError(
                f"{name} belongs to a bidirectional network; these networks read in one direction."
            )
        if match[2] == "weight_hr":
            raise InputError(f"{name} is a projection (proj_size); train the network without one.")
    prefixes = {match[1] for match in matches.values()}
    if not prefixes:
        raise InputError(
            "There is no weight_ih_l0 among the names, so no RNN, GRU or LSTM; give its state_dict."
        )
    if len(prefixes) > 1:
        cells = _listed(prefix + "weight_ih" for prefix in prefixes)
        raise InputError(
            f"There is more than one recurrent network ({cells}); give the entries of one of them."
        )
    layers: dict[int, dict[str, Array]] = {}
    for name, match in matches.items():
        layers.setdefault(int(match[3] or 0), {})[match[2]] = arrays[name]
    if sorted(layers) != list(range(len(layers))) or len(layers) > LARGEST_LAYERS:
        raise InputError("The layers are not numbered 0, 1, 2, …; give the whole state_dict of one network.")
    return [layers[k] for k in range(len(layers))]


def _check_cells(cells: list[dict[str, Array]]) -> int:
    """Require of each layer both matrices, both biases or none, and shapes that belong together; return H."""
    for k, cell in enumerate(cells):
        if {"weight_ih", "weight_hh"} - cell.keys():
            raise InputError(
                f"Layer {k} lacks weight_ih or weight_hh; give the whole state_dict of one network."
            )
        if len({"bias_ih", "bias_hh"} & cell.keys()) == 1:
            raise InputError(f"Layer {k} has one bias of two; give both, or none.")
    recurrent = cells[0]["weight_hh"]
    rows, H = recurrent.shape if recurrent.ndim == 2 else (0, 0)
    if not H or rows % H or rows // H not in GATES:
        raise InputError(
            f"weight_hh has shape {recurrent.shape}; it must be (H, H) for an RNN, (3H, H), or (4H, H)."
        )
    if cells[0]["weight_ih"].ndim != 2:
        raise InputError(f"weight_ih has shape {cells[0]['weight_ih'].shape}; it must be ({rows}, D).")
    D = cells[0]["weight_ih"].shape[1]
    for k, cell in enumerate(cells):
        shapes = {
            "weight_ih": (rows, H if k else D),
            "weight_hh": (rows, H),
            "bias_ih": (rows,),
            "bias_hh": (rows,),
        }
        for name, array in cell.items():
            check_shape(f"{name} of layer {k}", array, shapes[name])
    return int(H)


def _linear_layers(linear: Mapping[str, Array], D: int, H: int) -> tuple[Readout, Array | None]:
    """Return the readout and, if there is one, the embedding.  D inputs of the first layer."""
    matrices = [name for name, array in linear.items() if array.ndim == 2 and name.endswith("weight")]
    biases = {name.removesuffix("bias"): name for name, array in linear.items() if name.endswith("bias")}
    own = {name.removesuffix("weight") for name in matrices}
    if others := [n for n in linear if n not in matrices and n not in {biases.get(prefix) for prefix in own}]:
        raise InputError(
            f"The networks here have no place for {_listed(others)}: only an embedding, a recurrent cell and "
            "a linear readout can be taken."
        )
    embeddings = [n for n in matrices if n.removesuffix("weight") not in biases and linear[n].shape[1] == D]
    named = [name for name in embeddings if "emb" in name.lower()]
    readouts = [name for name in matrices if linear[name].shape[1] == H]
    if len(matrices) == 1:
        embeddings = named
    elif len(readouts) == 1:
        embeddings = [name for name in embeddings if name not in readouts]
    embeddings = named or embeddings
    readouts = [name for name in readouts if name not in embeddings[:1]]
    if not readouts:
        raise InputError(
            f"There is no readout: add the weight of the linear layer behind the cell, a matrix with {H} "
            "columns."
        )
    if len(readouts) > 1 or len(embeddings) > 1 or len(matrices) > len(readouts) + len(embeddings):
        raise InputError(
            f"More than one of {_listed(matrices)} may be the readout; give the entries of one network."
        )
    weight = linear[readouts[0]]
    bias = linear.get(readouts[0].removesuffix("weight") + "bias", np.zeros(len(weight), weight.dtype))
    check_shape("The readout's bias", bias, (len(weight),))
    return Readout(weight, bias), linear[embeddings[0]] if embeddings else None


def _listed(names: Iterable[str]) -> str:
    first = sorted(names)
    return ", ".join(first[:4]) + (", …" if len(first) > 4 else "")
