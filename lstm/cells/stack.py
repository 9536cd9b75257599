"""Cells one above the other: each reads, at every step, the h of the one below it.

A stack offers what a cell does; a network with one layer has the cell itself and none of this.
Letters as in `lstm.cells`, and L layers.  A state is (L, B, H); what is the second layer's has the
cell's names with `_2`: f_2, C_2, h_2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.cells.cell import Cell, StateGradients, Trace
from lstm.cells.stepper import Stepper
from lstm.errors import InputError
from lstm.products import Workspace


def layer_suffix(layer: int) -> str:
    """Return what the names of a layer's weights and values end with: nothing, _2, _3, …; layers from 0."""
    return f"_{layer + 1}" if layer else ""


@dataclass(frozen=True)
class StackTrace(Trace):
    """The traces of all layers from the bottom up, and the dropout masks between them.

    gates and h are the last layer's, which the readout reads; x is what the first one read.
    """

    layers: list[Trace]
    masks: Sequence[Array]


class Stack(Cell):
    """L cells, one above the other."""

    cells: tuple[Cell, ...]

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = tuple(cells)
        self.gates, self.states = cells[0].gates, cells[0].states  # type: ignore[misc]  # of a class, usually
        self.W, self.b = cells[0].W, cells[0].b
        self.hidden_size, self.input_size = cells[0].hidden_size, cells[0].input_size

    def forward(
        self, x: Array | Indices, state: State, space: Workspace | None = None, masks: Sequence[Array] = ()
    ) -> StackTrace:
        """Run over x as a cell does, from one (L, B, H) for each state.

        masks: factors (T, B, H) for the outputs of each layer; those of the last are the readout's to apply.
        """
        space, read = space or Workspace(), x
        traces: list[Trace] = []
        for layer, cell in enumerate(self.cells):
            first = tuple(of_layers[layer] for of_layers in state)
            trace = cell.forward(read, first, space.layer(layer))
            traces.append(trace)
            read = trace.h[1:]
            if masks:
                read = read * masks[layer]
        return StackTrace(x, trace.gates, trace.h, traces, masks)

    def values(self, trace: Trace) -> dict[str, Array]:
        """Return gates and states of every step by name, each (T, B, H), views of the trace."""
        return {
            f"{name}{layer_suffix(layer)}": value
            for layer, (cell, of_layer) in enumerate(zip(self.cells, _layers(trace), strict=True))
            for name, value in cell.values(of_layer).items()
        }

    def last_state(self, trace: Trace) -> State:
        """Return the states after the last step, (L, B, H) each."""
        layers = _layers(trace)
        return tuple(np.stack([getattr(layer, name)[-1] for layer in layers]) for name in self.states)

    def backward(
        self,
        trace: Trace,
        dh_out: Array,
        d_last: State | None = None,
        space: Workspace | None = None,
    ) -> tuple[Any, StateGradients]:
        """Backpropagate through time and down through the layers.

        dh_out (T, B, H): dL/dh_t of the last layer through step t's own output.  d_last: as in `Cell`, but
        (L, B, H) each.
        Returns each layer's dz as a cell does, and the gradients at the states, (T + 1, L, B, H).
        """
        space, traces = space or Workspace(), _layers(trace)
        masks = trace.masks if isinstance(trace, StackTrace) else ()
        dz: list[Array] = []
        at_states: list[StateGradients] = []
        for layer in reversed(range(len(self.cells))):
            cell = self.cells[layer]
            last = None if d_last is None else tuple(of_layers[layer] for of_layers in d_last)
            of_layer, gradients = cell.backward(traces[layer], dh_out, last, space.layer(layer))
            dz.insert(0, of_layer)
            at_states.insert(0, gradients)
            if layer:
                dh_out = cell.input_gradient(of_layer)
                if masks:
                    dh_out *= masks[layer - 1]
        dh = np.stack([gradients.dh for gradients in at_states], axis=1)
        dC = [gradients.dC for gradients in at_states if gradients.dC is not None]
        return dz, StateGradients(dh, np.stack(dC, axis=1) if dC else None)

    def weight_gradients(
        self, trace: Trace, dz: Any, *gradients: Array, space: Workspace | None = None
    ) -> None:
        """Write dL/dW and dL/db of the first layer, then of the second, …: `gradients` in this order."""
        space, traces = space or Workspace(), _layers(trace)
        for layer, cell in enumerate(self.cells):
            dW, db = gradients[2 * layer : 2 * layer + 2]
            cell.weight_gradients(traces[layer], dz[layer], dW, db, space=space.layer(layer))


def _layers(trace: Trace) -> list[Trace]:
    if not isinstance(trace, StackTrace):
        raise TypeError("a stack goes back along the trace of a stack")
    return trace.layers


def need_one_cell(cell: Cell) -> None:
    """Raise InputError for a stack where one cell is wanted."""
    if isinstance(cell, Stack):
        raise InputError("This takes one cell, not a stack of layers; pass one of net.cell.cells.")


class StackStepper:
    """A stack that reads one character at a time, as `Stepper` does for one cell; layers: one each."""

    def __init__(self, stack: Stack, state: State) -> None:
        self.layers = [
            Stepper(cell, tuple(of_layers[layer] for of_layers in state))
            for layer, cell in enumerate(stack.cells)
        ]
        # Of the layers above, which read h and no character: W_x (G, H, H) and b (G, 1, H).
        self._from_below = [cell.weights_for_tanh()[1:] for cell in stack.cells[1:]]
        self.states = self.layers[-1].states  # the last layer's, for the readout

    def __call__(self, index: int) -> None:
        """Read one character."""
        self.layers[0](index)
        self._pass_up()

    def read_each(self, indices: Indices) -> None:
        """Read a character in each of B texts, indices (B,)."""
        self.layers[0].read_each(indices)
        self._pass_up()

    def _pass_up(self) -> None:
        """Let each layer read the h of the one below it."""
        below, *above = self.layers
        for stepper, (W_x, b) in zip(above, self._from_below, strict=True):
            stepper.read(below.states["h"] @ W_x + b)
            below = stepper

    def values(self) -> dict[str, Array]:
        """Return gates and states of the last step by name, each (H,), copies."""
        return {
            f"{name}{layer_suffix(layer)}": value
            for layer, stepper in enumerate(self.layers)
            for name, value in stepper.values().items()
        }


def stepper(cell: Cell, state: State) -> Stepper | StackStepper:
    """Return what reads one character at a time with a cell or a stack, from a state of each text."""
    return StackStepper(cell, state) if isinstance(cell, Stack) else Stepper(cell, state)
