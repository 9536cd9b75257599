"""What a training step computes with, and its gradients."""

from collections.abc import Sequence
from typing import NamedTuple

from lstm.arrays import Array, Indices, State
from lstm.network import Network
from lstm.products import Workspace


class StepInputs(NamedTuple):
    """Inputs and targets (T, B), the first state, and dropout masks (T, B, H), one for each layer or none."""

    inputs: Indices
    targets: Indices
    state: State
    masks: Sequence[Array]

    def take(self, sequences: slice) -> "StepInputs":
        """Return the same for some of the sequences."""
        state = tuple(array[..., sequences, :] for array in self.state)  # (B, H), with layers (L, B, H)
        masks = [mask[:, sequences] for mask in self.masks]
        return StepInputs(self.inputs[:, sequences], self.targets[:, sequences], state, masks)


def step_gradients(net: Network, step: StepInputs, space: Workspace) -> tuple[float, State]:
    """Fill the network's gradients, raw; return the loss, summed over steps, and the last state."""
    net.space, net.dropout_masks = space, step.masks
    try:
        loss = net.forward(step.inputs, step.targets, *step.state)
        net.backward(clip=None)
        return loss, net.state
    finally:
        net.space, net.dropout_masks = None, ()
