"""What a network returns when it only reads; letters as in `lstm.network`."""

from dataclasses import dataclass

from lstm.arrays import Array, State
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
