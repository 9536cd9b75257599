"""The textbook's loop over a variant's steps, as `lstm.textbook_network` has it for the book's cells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from numpy.typing import ArrayLike

from lstm.arrays import Array, State
from lstm.variants.equations import coupled_step, lstm_1997_step, min_lstm_step, peephole_step

STEPS: dict[str, Callable[..., Any]] = {
    "lstm_1997": lstm_1997_step,
    "peephole": peephole_step,
    "coupled": coupled_step,
    "min_lstm": min_lstm_step,
}
STATES = dict.fromkeys(STEPS, ("h", "C")) | {"min_lstm": ("C",)}  # what a step hands to the next


def run_variant(kind: str, x: Array, state: State, weights: Mapping[str, ArrayLike]) -> Iterator[Any]:
    """Run a cell over the inputs x (T, ..., D); yields every value of one step after the other.

    kind: a key of `STEPS`.  state: one (..., H) for each of `STATES[kind]`.  weights: the step's other
    arguments by name, W_f, b_f, …
    """
    for x_t in x:
        step = STEPS[kind](x_t, *state, **weights)
        state = tuple(getattr(step, name) for name in STATES[kind])
        yield step
