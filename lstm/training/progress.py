"""What training reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """What one training step reports.

    step of steps, epoch of epochs (both from 1); loss and validation_loss in nats per character, the
    latter where it was measured; gradient_norm before clipping; characters read and seconds worked,
    both since the very beginning.
    """

    step: int
    steps: int
    epoch: int
    epochs: int
    loss: float
    validation_loss: float | None
    gradient_norm: float
    characters: int
    seconds: float
