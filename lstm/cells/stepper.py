"""A cell that reads one character at a time, for sampling."""

import numpy as np

from lstm.arrays import Array, State
from lstm.cells.cell import Cell
from lstm.products import Workspace


class Stepper:
    """A cell that reads one character at a time: it keeps only the present.

    `states` by name, each (1, H), and `gates` (G, 1, H) are those after the last step; the next step
    writes over them.
    """

    def __init__(self, cell: Cell, state: State) -> None:
        W_h, W_x, b = cell.weights_for_tanh()
        self._cell = cell
        self._table = np.ascontiguousarray((W_x + b).swapaxes(0, 1))[:, :, None]  # (D, G, 1, H)
        self._compute = cell.step_function(W_h, 1)
        trace = cell.new_trace(np.zeros((1, 1), np.intp), state, Workspace())
        self._step, self.gates = next(trace.steps()), trace.gates[0]
        # A step may write over the states that it reads.
        self.states: dict[str, Array] = {name: getattr(trace, name)[0] for name in cell.states}
        for name, present in self.states.items():
            setattr(self._step, name, present)

    def __call__(self, index: int) -> None:
        """Read one character."""
        self.read(self._table[index])

    def read(self, input_sums: Array) -> None:
        """Read an input by what it adds to the gates' sums: W_x x + b, (G, 1, H)."""
        self._compute(self._step, input_sums)

    def values(self) -> dict[str, Array]:
        """Return gates and states of the last step by name, each (H,), copies."""
        named = {name: self.gates[k, 0].copy() for k, name in enumerate(self._cell.gates)}
        return named | {name: state[0].copy() for name, state in self.states.items()}
