"""A part of a batch: what has to be known of it, and its gradients."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from lstm.arrays import Array, State
from lstm.network import NETWORKS, Network
from lstm.parallel.shared_arrays import Layout
from lstm.products import Workspace
from lstm.settings import Settings
from lstm.training.step_gradients import StepInputs, step_gradients


@dataclass(frozen=True)
class PartSizes:
    """Sizes of a network and of a part of its batch; share: of the batch's sequences."""

    kind: str
    input_size: int
    hidden_size: int
    output_size: int
    layers: int
    dtype: str
    steps: int
    sequences: int
    share: float
    dropout: bool

    @classmethod
    def of(cls, net: Network, settings: Settings, sequences: int) -> Self:
        """Return the sizes of the part of a training's batch that has so many sequences."""
        sizes = net.input_size, net.hidden_size, net.output_size, net.layers
        share, dropout = sequences / settings.batch_size, settings.dropout > 0
        return cls(net.kind, *sizes, net.dtype.name, settings.seq_length, sequences, share, dropout)

    def network(self) -> Network:
        """Make a network of these sizes, with any weights."""
        network, sizes = NETWORKS[self.kind], (self.input_size, self.hidden_size, self.output_size)
        return network(*sizes, seed=0, dtype=np.dtype(self.dtype), layers=self.layers)

    def layout(self, net: Network) -> Layout:
        """Return what goes to the process that computes the part, and what comes back."""
        arrays: dict[str, tuple[tuple[int, ...], str]] = {
            "begun": ((1,), "int64"),  # steps
            "finished": ((1,), "int64"),
            "weights": (net.weights.flat.shape, self.dtype),
            "gradients": (net.weights.flat.shape, self.dtype),
            "inputs": ((self.steps, self.sequences), np.dtype(np.intp).name),
            "targets": ((self.steps, self.sequences), np.dtype(np.intp).name),
        }
        for name, state in zip(net.cell_type.states, net.zero_state(self.sequences), strict=True):
            arrays[f"first_{name}"] = arrays[f"last_{name}"] = state.shape, self.dtype
        if self.dropout:
            arrays["masks"] = (self.layers, self.steps, self.sequences, self.hidden_size), self.dtype
        return arrays


def part_gradients(
    net: Network, step: StepInputs, share: float, space: Workspace, out: Array
) -> tuple[float, State]:
    """Write the gradients to `out` and return the loss, both times `share`, and the last state."""
    loss, last = step_gradients(net, step, space)
    np.multiply(net.gradients.flat, share, out=out)
    return loss * share, last


class LocalPart:
    """A part that is computed by this process, in a network of its own."""

    def __init__(self, sizes: PartSizes) -> None:
        self.sizes = sizes
        self._net, self._space = sizes.network(), Workspace()

    def begin(self, net: Network, step: StepInputs) -> None:
        """Take over a network's weights, and a part of its batch."""
        self._net.weights.flat[:] = net.weights.flat
        self._step = step

    def finish(self) -> tuple[float, State, Array]:
        """Compute.  Returns loss, last state and gradients; loss and gradients times the part's share."""
        gradients = self._net.gradients.flat
        loss, last = part_gradients(self._net, self._step, self.sizes.share, self._space, gradients)
        return loss, last, gradients

    def close(self) -> None:
        """Do nothing: there is nothing to end."""
