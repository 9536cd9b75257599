"""The cells for whole batches, forward and backward through time.

The equations are those of `equations.py`; what differs is the order in which numbers are computed
and lie in memory.  Four ideas make it fast:

1.  What does not depend on the state is done before the loop (W_x x + b; for characters a look-up),
    and each weight gradient is one product over all steps after it.
2.  A step's gates are one block (G, B, H), and each gate a block in it: long runs of memory for the
    element-wise work, and no gate is ever copied out.
3.  The products inside the loop use the state's matrix cut into narrow blocks (`products.py`).
4.  σ(z) = ½ + ½ tanh(z/2), with the ½ inside already multiplied into the weights: one tanh serves
    all gates, and nothing can overflow.  A gate that is nearly shut loses digits that it has in the
    textbook: it is right to about 6·10⁻⁸ in float32, to 10⁻¹⁶ in float64, and becomes 0.

Read `lstm.py` for the LSTM, forward and backward; `cell.py` has what the cells share, `stack.py` puts
several one above the other.

Letters: T steps, B sequences, D inputs, H hidden units, G gates (LSTM 4, GRU 3, RNN 1; the
candidate counts as one, because it has a block of weights like the others).
"""

from lstm.cells.cell import Cell, StateGradients, Trace
from lstm.cells.gru import GRUCell
from lstm.cells.gru_reset_after import ResetAfterGRUCell
from lstm.cells.lstm import LSTMCell, LSTMTrace
from lstm.cells.rnn import RNNCell
from lstm.cells.stack import Stack, StackStepper, StackTrace, layer_suffix, need_one_cell, stepper
from lstm.cells.stepper import Stepper

__all__ = [
    "CELLS", "Cell", "GRUCell", "LSTMCell", "LSTMTrace", "RNNCell", "ResetAfterGRUCell", "Stack",
    "StackStepper", "StackTrace", "StateGradients", "Stepper", "Trace", "layer_suffix",
    "need_one_cell", "stepper",
]  # fmt: skip

CELLS: dict[str, type[Cell]] = {
    "rnn": RNNCell, "gru": GRUCell, "gru_reset_after": ResetAfterGRUCell, "lstm": LSTMCell
}  # fmt: skip
