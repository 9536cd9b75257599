"""Overfitting: where a run's validation loss was lowest, and how far it has risen since."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lstm.arrays import AnyArray
from lstm.diagnosis.signs import OVERFITTING

_FEWEST = 4  # epochs with a validation loss: fewer are no trend
_LATEST = 3  # epochs: a single one may be worse by chance


class Lowest(NamedTuple):
    """The lowest validation loss of a run, in nats per character, and the step and epoch it had it at."""

    step: int
    epoch: int
    loss: float


def lowest_validation(history: Mapping[str, AnyArray]) -> Lowest:
    """Find the lowest validation loss, the first of several; history: columns as of `History.columns`.

    Raises ValueError if it was never measured.
    """
    best = int(np.nanargmin(history["validation_loss"]))
    return Lowest(
        int(history["step"][best]), int(history["epoch"][best]), float(history["validation_loss"][best])
    )


def describe_overfitting(history: Mapping[str, AnyArray]) -> str | None:
    """Say how far validation is above its best while training goes on falling; None if that is not so.

    history: columns as `History.columns` returns them, of which it takes step, epoch, loss and
    validation_loss, NaN where that was not measured.  The lowest of the last three validation losses must be
    3 % above the best, as for the doctor's finding, and the training loss of the last epoch below that of the
    best one.
    """
    measured = np.isfinite(history["validation_loss"])
    losses, epochs = history["validation_loss"][measured], history["epoch"][measured]
    if len(losses) < _FEWEST:
        return None
    best = lowest_validation({name: column[measured] for name, column in history.items()})
    then, now = (_mean_loss(history, epoch) for epoch in (best.epoch, epochs[-1]))
    if not losses[-_LATEST:].min() > OVERFITTING * best.loss or not now < then:
        return None
    last, lowest = round(float(losses[-1]), 2), round(best.loss, 2)
    return (
        f"The validation loss {last:.2f} is {last - lowest:.2f} above its lowest ({lowest:.2f}, epoch "
        f"{best.epoch}) while the training loss falls (from {then:.2f} to {now:.2f}). The network overfits; "
        "the best epoch is kept."
    )


def _mean_loss(history: Mapping[str, AnyArray], epoch: float) -> float:
    """Return the mean training loss of an epoch, of the steps that the history has of it."""
    return float(history["loss"][history["epoch"] == epoch].mean())
