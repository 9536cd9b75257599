"""A training run to leaf through: the network at several moments of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm.arrays import AnyArray
from lstm.errors import InputError
from lstm.network import Network
from lstm.sampling import walk
from lstm.training import Training


@dataclass(frozen=True)
class Snapshots:
    """S moments of a run.

    step (S,); loss, validation_loss (S,) in nats per character; weights (S, P) in float16, which is
    enough to look at; samples (S, L): indices of a text written at each moment, with the same random seed.
    """

    step: AnyArray
    loss: AnyArray
    validation_loss: AnyArray
    weights: AnyArray
    samples: AnyArray

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.arrays().values()}
        if len(lengths) != 1 or self.weights.ndim != 2 or self.samples.ndim != 2:
            raise InputError("Snapshots need one row of everything for each moment.")

    def __len__(self) -> int:
        return len(self.step)

    def arrays(self) -> dict[str, AnyArray]:
        """Return the columns by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def network(self, like: Network, moment: int) -> Network:
        """Make the network of one moment, new and of the same kind and sizes as `like`."""
        net = like.untrained()
        net.weights.flat[:] = self.weights[moment]
        return net


class Recorder:
    """Takes snapshots of a training at about the given steps: call `take` after each step.

    steps: at which; a moment before the first step is step 0.  length, temperature, first: of the
    sample text, which follows the character with index `first`.
    """

    def __init__(
        self, training: Training, steps: set[int], length: int = 300, temperature: float = 0.7, first: int = 0
    ) -> None:
        self._training, self._steps = training, steps
        self._length, self._temperature, self._first = length, temperature, first
        self._recent: list[float] = []
        self._rows: list[dict[str, object]] = []

    def take(self, loss: float | None = None) -> None:
        """Note the loss of a step and, if it is time, take a snapshot."""
        if loss is not None:
            self._recent = [*self._recent[-19:], loss]
        training = self._training
        if training.step not in self._steps:
            return
        written = walk(
            training.net, [self._first], length=self._length, temperature=self._temperature, seed=0
        )
        validation = training.validate()
        self._rows.append(
            {
                "step": training.step,
                "loss": np.mean(self._recent) if self._recent else np.nan,
                "validation_loss": np.nan if validation is None else validation,
                "weights": training.net.weights.flat.astype(np.float16),
                "samples": np.array([s.index for s in written], np.uint16),
            }
        )

    def snapshots(self) -> Snapshots:
        """Return what was taken so far; at least one."""
        return Snapshots(**{name: np.array([row[name] for row in self._rows]) for name in self._rows[0]})


def geometric_steps(last: int, count: int) -> set[int]:
    """Return 0, the last step and about `count` − 2 in between, close together at first."""
    return {0, *(int(step) for step in np.unique(np.geomspace(min(10, last), last, count - 1).round()))}


def from_arrays(arrays: Mapping[str, AnyArray]) -> Snapshots | None:
    """Return snapshots from columns by name; None if there are none.  Raises InputError if they don't fit."""
    if not arrays:
        return None
    try:
        return Snapshots(**arrays)
    except TypeError as error:
        raise InputError("The snapshots are not complete.") from error
