"""How a network reads without writing anything into itself; letters as in `lstm.network`."""

from __future__ import annotations  # help() then names the types of arguments as they stand here

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Array, State
from lstm.cells import Cell, Trace
from lstm.network.inputs import as_batch, as_states
from lstm.parameters import Parameters
from lstm.products import Workspace
from lstm.readout import softmax


@dataclass(frozen=True)
class Reading:
    """What a network made of a text, step by step.

    logits (T, B, V); values: gates and states by name, each (T, B, H); state: the last one.
    """

    logits: Array
    values: dict[str, Array]
    state: State

    @property
    def probabilities(self) -> Array:
        """Return what the network expected next after each step, (T, B, V)."""
        return softmax(self.logits)


class ReadingNetwork:
    """The half of a network that reads: many can use it at once.  `Network` has the other, which learns."""

    __slots__ = ()

    cell: Cell
    cell_type: ClassVar[type[Cell]]
    weights: Parameters
    dtype: np.dtype[Any]
    input_size: int
    hidden_size: int
    output_size: int
    layers: int

    def run(self, inputs: ArrayLike, state: State | None = None) -> Reading:
        """Read inputs, T indices or (T, B), and write nothing into the network.

        One model can so be read by many at once.  state: h (and C) as in `forward`, zeros by default.
        Raises InputError as `forward` does.
        """
        x, _ = as_batch(inputs, self.input_size, self.dtype)
        trace = self.cell.forward(x, self.as_states(state, x.shape[1]))
        return Reading(self._logits(trace), self.cell.values(trace), self.cell.last_state(trace))

    def zero_state(self, batch_size: int = 1) -> State:
        """Return h (and C) of zeros, each (B, H), or (L, B, H) with L layers."""
        layers = () if self.layers == 1 else (self.layers,)
        shape = (*layers, batch_size, self.hidden_size)
        return tuple(np.zeros(shape, self.dtype) for _ in self.cell_type.states)

    def as_states(self, state: Sequence[ArrayLike] | None, batch_size: int) -> State:
        """Return one (B, H) array per state of the cell, from (H,), (H, 1) or (B, H) each; zeros for None.

        Raises InputError if their number or a shape does not fit.
        """
        if state is None:
            return self.zero_state(batch_size)
        names, shape = self.cell_type.states, (batch_size, self.hidden_size)
        return as_states(state, names, *shape, self.dtype, self.layers)

    def _outputs(self, trace: Trace, masks: Sequence[Array] = ()) -> Array:
        """What the readout reads: the last layer's h of every step, less what dropout takes, (T·B, H)."""
        h = trace.h[1:]
        return (h * masks[-1] if masks else h).reshape(-1, self.hidden_size)

    def _logits(self, trace: Trace, space: Workspace | None = None, masks: Sequence[Array] = ()) -> Array:
        T, B, _ = trace.h[1:].shape
        logits = (space or Workspace()).empty("logits", (T, B, self.output_size), self.dtype)
        rows, h = logits.reshape(T * B, -1), self._outputs(trace, masks)
        np.matmul(h, self.weights["Wy"].T, out=rows)  # all steps in one product
        rows += self.weights["by"]
        return logits
