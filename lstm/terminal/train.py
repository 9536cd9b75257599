"""A training on the command line: from the options to the first step."""

import argparse
import math
from pathlib import Path

from lstm.errors import InputError, whole_number
from lstm.parallel import suitable_processes
from lstm.sampling import check_sampling
from lstm.storage.checkpoint import read
from lstm.terminal.model_path import describe, describe_settings, existing, is_there
from lstm.terminal.output import say
from lstm.terminal.program import Program
from lstm.terminal.run import Run
from lstm.terminal.start import fresh, resumed
from lstm.text import Vocabulary, read_text
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
        training, vocabulary, history = fresh(options, text)
    processes = processes_for(options.processes, training)
    introduce(options.data, text, vocabulary, training)
    run = Run(training, vocabulary, history, path, program, options.temperature, backup, processes)
    return run.to_the_end()


def processes_for(number: int | None, training: Training) -> int:
    """Return how many processes compute a batch: the number asked for, else as many as pay."""
    batch_size = training.settings.batch_size
    if number is None:
        return suitable_processes(training.net, batch_size)
    return whole_number("--processes", number, 1, batch_size)


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
    say(f"{describe_settings(settings).capitalize()}.")
    # Where nothing has been learned, every character is equally likely: that is the loss to beat.
    say(f"Loss before learning: about ln {len(vocabulary)} = {math.log(len(vocabulary)):.2f} per character.")
    if training.step >= training.steps:
        raise InputError(f"The {settings.epochs} epochs are done already; give a larger --epochs to go on.")
    if training.stop_reason is not None:
        reason = training.stop_reason.removesuffix(".")
        raise InputError(f"{reason}; give a larger --patience to go on, or 0 for none.")
