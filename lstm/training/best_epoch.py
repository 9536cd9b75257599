"""The epoch worth keeping: the one with the lowest validation loss.

Long runs overfit, and what they then lose on other texts no later epoch brings back.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array
from lstm.errors import LARGEST_COUNT, whole_number


@dataclass(frozen=True)
class BestEpoch:
    """An epoch, its validation loss in nats per character, and the weights (P,) that the network had."""

    epoch: int
    loss: float
    weights: Array

    @classmethod
    def from_state(cls, state: Mapping[str, Array], weights: Array, epochs: int) -> "BestEpoch | None":
        """Return the best epoch that a training's state holds, None if it holds none.

        weights (P,): those that it must be like; epochs: how many were done.
        Raises KeyError, TypeError or ValueError if the parts do not fit.
        """
        if not any(name.startswith("best_") for name in state):
            return None
        epoch = whole_number("best_epoch", int(state["best_epoch"]), 1, min(epochs, LARGEST_COUNT))
        loss, best = float(state["best_loss"]), state["best_weights"]
        if not math.isfinite(loss) or (best.shape, best.dtype) != (weights.shape, weights.dtype):
            raise ValueError
        return cls(epoch, loss, best.copy())

    def state(self) -> dict[str, Array]:
        """Return the parts that `from_state` reads."""
        return {
            "best_epoch": np.array(self.epoch), "best_loss": np.array(self.loss),
            "best_weights": self.weights.copy(),
        }  # fmt: skip
