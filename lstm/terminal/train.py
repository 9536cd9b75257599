"""A training on the command line: from the options to the first step."""

import argparse
import math
from pathlib import Path

from lstm.errors import InputError
from lstm.network import NETWORKS
from lstm.sampling import check_sampling
from lstm.settings import Settings, fitting_batch
from lstm.storage.checkpoint import Checkpoint, read
from lstm.storage.history import History
from lstm.terminal.model_path import describe, existing, is_there
from lstm.terminal.output import say
from lstm.terminal.program import Program
from lstm.terminal.run import Run
from lstm.text import Vocabulary, read_text, split
from lstm.training import Training


def learn(options: argparse.Namespace, program: Program) -> int:
    """Train, with a checkpoint after every epoch.  Returns the exit code."""
    if options.data is None:
        raise InputError(f"Give a text to learn from{program.text_hint}.")
    path = existing(options.checkpoint) if options.resume else Path(options.checkpoint)
    if not is_there(path) and not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent} for the checkpoint; make it or name another.")
    check_sampling(temperature=options.temperature)
    text = read_text(options.data)
    backup = replaces_model(path, options) and not options.overwrite
    if options.resume:
        training, vocabulary, history = resumed(options, read(path), text)
    else:
        training, vocabulary = fresh(options, text)
        history = History()
    introduce(options.data, text, vocabulary, training)
    run = Run(training, vocabulary, history, path, program, options.temperature, backup)
    return run.to_the_end()


def replaces_model(path: Path, options: argparse.Namespace) -> bool:
    """Say what becomes of another model that the file holds, and return whether it holds one.

    Raises InputError for a file that is something else: it is not written over.
    """
    if options.resume or not is_there(path):
        return False
    read(path)
    future = "replaced" if options.overwrite else "kept under another name"
    say(f"{path} holds a model already, which will be {future} when this one is saved.")
    return True


def introduce(name: str, text: str, vocabulary: Vocabulary, training: Training) -> None:
    """Say what is read, by what, and which loss is to be beaten.  Raises InputError if all is done."""
    settings = training.settings
    say(f"{name}: {len(text):,} characters, {len(vocabulary)} different.")
    say(f"{describe(training.net)}; batches of {settings.batch_size}, {settings.seq_length} steps at a time.")
    # Where nothing has been learned, every character is equally likely: that is the loss to beat.
    say(f"Loss before learning: about ln {len(vocabulary)} = {math.log(len(vocabulary)):.2f} per character.")
    if training.step >= training.steps:
        raise InputError(f"The {settings.epochs} epochs are done already; give a larger --epochs to go on.")


def fresh(options: argparse.Namespace, text: str) -> tuple[Training, Vocabulary]:
    """Make a new network and its training."""
    vocabulary = Vocabulary.from_text(text)
    ids = vocabulary.encode(text)
    seq_length = 50 if options.seq_length is None else options.seq_length
    batch_size = options.batch_size
    if batch_size is None:
        batch_size = fitting_batch(len(split(ids)[0]), seq_length)
    settings = Settings(
        epochs=options.epochs,
        seq_length=seq_length,
        batch_size=batch_size,
        learning_rate=0.001 if options.lr is None else options.lr,
        seed=0 if options.seed is None else options.seed,
    )
    hidden_size = 128 if options.hidden_size is None else options.hidden_size
    V = len(vocabulary)
    net = NETWORKS[options.cell or "lstm"](V, hidden_size, V, seed=settings.seed)
    return Training(net, ids, settings), vocabulary


def resumed(
    options: argparse.Namespace, checkpoint: Checkpoint, text: str
) -> tuple[Training, Vocabulary, History]:
    """Take up the training in a checkpoint again, with another learning rate if one is given."""
    if checkpoint.training is None or checkpoint.settings is None:
        raise InputError(f"{options.checkpoint} holds a model but no training to resume; start a new one.")
    net, saved = checkpoint.net, checkpoint.settings
    for flag, option, value in (
        ("--cell", options.cell, net.kind),
        ("--hidden-size", options.hidden_size, net.hidden_size),
        ("--seq-length", options.seq_length, saved.seq_length),
        ("--batch-size", options.batch_size, saved.batch_size),
        ("--seed", options.seed, saved.seed),
    ):
        if option is not None and option != value:
            raise InputError(
                f"The saved training has {flag} {value}, not {option}; leave {flag} out to resume it."
            )
    changes = {"epochs": options.epochs}
    if options.lr is not None:
        changes["learning_rate"] = options.lr
    training = Training(net, checkpoint.vocabulary.encode(text), Settings(**{**vars(saved), **changes}))
    training.restore(checkpoint.training)
    say(f"Going on after step {training.step:,}.")
    return training, checkpoint.vocabulary, History(checkpoint.history)
