"""A cell that reads one character at a time, for sampling."""

import numpy as np

from lstm.arrays import Array, Indices, State
from lstm.cells.cell import Cell
from lstm.products import Workspace


class Stepper:
    """A cell that reads one character at a time: it keeps only the present.

    `states` by name, each (B, H), and `gates` (G, B, H) are those after the last step; the next step
    writes over them.  B is 1 for a single text.  offsets (G, B, H): what is added to the gates' sums at every
    step, None for nothing.
    """

    offsets: Array | None = None

    def __init__(self, cell: Cell, state: State) -> None:
        W_h, W_x, b = cell.weights_for_tanh()
        B = len(state[0])
        self._cell = cell
        self._table = np.ascontiguousarray((W_x + b).swapaxes(0, 1))[:, :, None]  # (D, G, 1, H)
        self._compute = cell.step_function(W_h, B)
        trace = cell.new_trace(np.zeros((1, B), np.intp), state, Workspace())
        self._step, self.gates = next(trace.steps()), trace.gates[0]
        # A step may write over the states that it reads.
        self.states: dict[str, Array] = {name: getattr(trace, name)[0] for name in cell.states}
        for name, present in self.states.items():
            setattr(self._step, name, present)

    def __call__(self, index: int) -> None:
        """Read one character."""
        self.read(self._table[index])

    def read_each(self, indices: Indices) -> None:
        """Read a character in each of B texts, indices (B,)."""
        self.read(self._table[indices, :, 0].swapaxes(0, 1))

    def read(self, input_sums: Array) -> None:
        """Read inputs by what they add to the gates' sums: W_x x + b, (G, B, H)."""
        self._compute(self._step, input_sums if self.offsets is None else input_sums + self.offsets)

    def value(self, name: str) -> Array:
        """Return a gate or a state of the last step, (B, H), which the next step writes over."""
        return self.states[name] if name in self.states else self.gates[self._cell.gates.index(name)]

    def values(self) -> dict[str, Array]:
        """Return gates and states of the last step by name, each (H,), copies."""
        named = {name: self.gates[k, 0].copy() for k, name in enumerate(self._cell.gates)}
        return named | {name: state[0].copy() for name, state in self.states.items()}
