"""Surgery on a trained network: gates are clamped and units ablated; the rest is as it was.

To clamp a gate is to hold it at a value; to ablate a unit is to set its state to 0 (C, and so
h).

There is no second kernel for it.  A gate is σ(W · [h_prev, x] + b): with a row of zeros in W and
b = ln(v / (1 − v)) it is v at every step, whatever is read; v = 1 and v = 0 are the biases ∞ and −∞.
So a network that was operated on is a network with other weights, and reads, writes and is measured
like any other.
"""

import copy
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Indices
from lstm.cells import layer_suffix
from lstm.errors import InputError, whole_number
from lstm.network import Network

# The gates of each cell, by the letter that they have in the equations.
GATES: dict[str, tuple[str, ...]] = {
    "lstm": ("f", "i", "o"), "gru": ("z", "r"), "gru_reset_after": ("z", "r"), "rnn": ()
}  # fmt: skip


def operate(
    net: Network,
    clamp: Mapping[str, ArrayLike] | None = None,
    units: Iterable[int] | None = None,
    ablate: Iterable[int] = (),
    layer: int = 0,
) -> Network:
    """Make a network with gates clamped and units ablated; `net` itself is left alone.

    clamp: letter of a gate (f, i, o; of a GRU z, r) to the value it is clamped at, 0 to 1, or to one value
    for each unit.  units: whose gates are clamped, all by default.  ablate: units whose state is 0 after
    every step (in an LSTM C, and so h too); what they had at first is gone after one step.  layer: which
    layer's gates and units, from 0, the one that reads the characters.
    Raises InputError for a gate the cell has not, a value out of range or a unit that does not exist, and for
    a variant.
    """
    if net.kind not in GATES:
        raise InputError(f"Only the networks {', '.join(GATES)} are operated on, not {net.kind!r}.")
    twin, end = copy.deepcopy(net), layer_suffix(whole_number("layer", layer, 0, net.layers - 1))
    rows = _units(net, range(net.hidden_size) if units is None else units)
    for letter, value in (clamp or {}).items():
        if letter not in GATES[net.kind]:
            have = ", ".join(GATES[net.kind]) or "none"
            raise InputError(f"This network has no gate {letter!r}; its gates are: {have}.")
        _clamp(twin, letter + end, rows, value)
    gone = _units(net, ablate)
    if net.kind == "lstm":  # C = f ⊙ C_prev + i ⊙ C̃
        _clamp(twin, f"f{end}", gone, 0)
        _clamp(twin, f"i{end}", gone, 0)
    else:  # h = z ⊙ h_prev + (1 − z) ⊙ h̃, and for the RNN h = h̃
        if net.kind != "rnn":
            _clamp(twin, f"z{end}", gone, 0)
        for name in ("Wh", *(name for name in net.biases if name in ("bh", "ch"))):
            twin.weights[name + end][gone] = 0
    return twin


def _clamp(net: Network, gate: str, rows: Indices, value: ArrayLike) -> None:
    """Write the weights of a gate, as its weights are named, that always says `value`; rows: (n,)."""
    value = np.asarray(value, np.float64)
    if not ((value >= 0) & (value <= 1)).all():
        raise InputError(f"A gate can be clamped at 0 to 1, not at {value!s}.")
    if value.shape not in ((), rows.shape):
        raise InputError(f"One value, or one for each of {len(rows)} units, not {value.shape}.")
    with np.errstate(divide="ignore"):  # ln 0 is meant
        bias = np.log(value) - np.log1p(-value)
    net.weights[f"W{gate}"][rows] = 0
    net.weights[f"b{gate}"][rows] = bias


def _units(net: Network, units: Iterable[int]) -> Indices:
    rows = np.array(list(units), dtype=np.intp)
    if ((rows < 0) | (rows >= net.hidden_size)).any():
        raise InputError(f"This network has the units 0 to {net.hidden_size - 1}.")
    return rows
