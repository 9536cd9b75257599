"""One text written with a gate clamped at each of some values at once: what a slider over them shows.

A clamped gate has no weights, only a bias (see `surgery`), so all rows of a batch share the network but for
the biases of that gate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.cells import StackStepper, Stepper, layer_suffix, stepper
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.sampling import walk
from lstm.together import Draws, draw_each


class Continuation(NamedTuple):
    """A text that goes on after a character.

    indices (T,): that character first; logits (V,) right after it; values: gates and states after each
    character by name, (T, H).
    """

    indices: Indices
    logits: Array
    values: dict[str, Array]


def continue_clamped(
    net: Network,
    first: int,
    state: State,
    gate: str,
    at: Sequence[float],
    units: Iterable[int] | None,
    layer: int,
    temperature: float,
    draws: Draws,
    names: Iterable[str],
) -> list[Continuation]:
    """Go on after a character with a gate clamped at each of B values, as `walk` would with each by itself.

    state: before the character, of one text; units, layer: see `operate`; names: whose values are wanted.
    """
    units, names, count = None if units is None else tuple(units), tuple(names), len(at)
    twin = operate(net, {gate: 0.5}, units, layer=layer)
    states = tuple(np.repeat(part, count, axis=-2) for part in state)
    ready = stepper(twin.cell, states)
    # One more than is wanted: the values after the last character need a step of their own.
    longer = replace(draws, length=draws.length + 1)
    gates_of_layer = _layer(ready, layer)
    gates_of_layer.offsets = _offsets(twin, gate, at, units)
    values = {name: np.empty((longer.length, count, net.hidden_size), net.dtype) for name in names}

    def note_values(t: int) -> None:
        for name, array in values.items():
            array[t] = _value(ready, name)

    indices, logits, close = draw_each(twin, ready, first, [temperature] * count, longer, note_values)
    return [
        _alone(operate(net, {gate: at[row]}, units, layer=layer), first, state, temperature, longer, names)
        if close[row]
        else Continuation(
            np.concatenate([[first], indices[:-1, row]]),
            logits[0, row],
            {name: array[:, row] for name, array in values.items()},
        )
        for row in range(count)
    ]


def _alone(
    net: Network, first: int, state: State, temperature: float, draws: Draws, names: Iterable[str]
) -> Continuation:
    """Go on with one network by itself: a draw was so close that rounding could decide it."""
    steps = list(walk(net, [first], temperature=temperature, state=state, gates=True, **vars(draws)))
    values = {name: np.stack([step.gates[name] for step in steps if step.gates]) for name in names}
    return Continuation(np.array([first, *(step.index for step in steps[:-1])]), steps[0].logits, values)


def _layer(ready: Stepper | StackStepper, layer: int) -> Stepper:
    return ready.layers[layer] if isinstance(ready, StackStepper) else ready


def _value(ready: Stepper | StackStepper, name: str) -> Array:
    """Return a gate or a state by the name that it has in a stack, (B, H)."""
    for layer in reversed(range(1, len(ready.layers) if isinstance(ready, StackStepper) else 1)):
        if name.endswith(layer_suffix(layer)):
            return _layer(ready, layer).value(name.removesuffix(layer_suffix(layer)))
    return _layer(ready, 0).value(name)


def _offsets(net: Network, gate: str, at: Sequence[float], units: Sequence[int] | None) -> Array:
    """Return what makes a gate that says ½ say each value instead: its bias in front of tanh, (G, B, H)."""
    gates = net.cell.gates
    offsets = np.zeros((len(gates), len(at), net.hidden_size), net.dtype)
    value = np.asarray(at, np.float64)[:, None]  # (B, 1)
    with np.errstate(divide="ignore"):  # ln 0 is meant
        bias = 0.5 * (np.log(value) - np.log1p(-value))  # halved, as in front of the tanh that makes a σ
    offsets[gates.index(gate)][:, slice(None) if units is None else list(units)] = bias
    return offsets
