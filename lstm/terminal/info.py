"""What a checkpoint holds, in words."""

import argparse
import sys
from collections.abc import Iterator

import numpy as np

from lstm.errors import InputError, one_line
from lstm.exchange.files import read_model
from lstm.storage.checkpoint import Checkpoint
from lstm.terminal.model_path import describe, describe_settings, existing
from lstm.terminal.output import write


def show_info(options: argparse.Namespace) -> int:
    """Write what a checkpoint holds to standard output, one fact a line.  Returns the exit code."""
    path = existing(options.checkpoint)
    facts = {"file": str(path), **dict(_facts(read_model(path)))}
    width = max(map(len, facts)) + 2
    lines = [f"{name.ljust(width)}{one_line(fact)}\n" for name, fact in facts.items()]
    error = write(sys.stdout, "".join(lines))
    if error is None or isinstance(error, BrokenPipeError):
        return 0
    raise InputError(f"This can't be written to standard output ({error.strerror}).")


def _facts(checkpoint: Checkpoint) -> Iterator[tuple[str, str]]:
    """Yield name and fact."""
    net, chars = checkpoint.net, checkpoint.vocabulary.chars
    yield "network", describe(net)
    yield "vocabulary", f"{len(chars)} characters: {''.join(chars)!r}"
    yield from sorted(checkpoint.notes.items())
    yield from _loss(checkpoint)
    yield "training", _training(checkpoint)
    if checkpoint.snapshots is not None:
        yield "snapshots", f"{len(checkpoint.snapshots)} moments of the training"


def _loss(checkpoint: Checkpoint) -> Iterator[tuple[str, str]]:
    """Yield the best and the last validation loss, where the file has a history of them."""
    history = checkpoint.history
    if not {"validation_loss", "epoch"} <= history.keys():
        return
    measured = np.flatnonzero(np.isfinite(history["validation_loss"]))
    if len(measured):
        losses, epochs = history["validation_loss"][measured], history["epoch"][measured]
        best = int(losses.argmin())
        # A long run's history is thinned; the training knows its best epoch.
        state = checkpoint.training or {}
        epoch, loss = state.get("best_epoch", epochs[best]), state.get("best_loss", losses[best])
        yield "best epoch", f"{epoch:.0f}, validation loss {loss:.3f} nats per character"
        yield "last epoch", f"{epochs[-1]:.0f}, validation loss {losses[-1]:.3f}"


def _training(checkpoint: Checkpoint) -> str:
    """Say whether the training can be resumed, and where it stands."""
    settings, state = checkpoint.settings, checkpoint.training
    if settings is None or state is None:
        return "none to resume: the file holds the network alone"
    return (
        f"can be resumed after step {int(state['step']):,} of {settings.epochs} epochs; "
        f"{describe_settings(settings)}, batches of {settings.batch_size}, "
        f"{settings.seq_length} steps at a time, seed {settings.seed}"
    )
