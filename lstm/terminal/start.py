"""A training before its first step: a new one, or the one in a checkpoint."""

import argparse
from typing import Any

from lstm.arrays import Indices
from lstm.errors import LARGEST_SETTING, InputError
from lstm.network import NETWORKS
from lstm.settings import Settings
from lstm.storage.checkpoint import Checkpoint
from lstm.storage.history import History
from lstm.terminal.output import say
from lstm.text import Vocabulary, looks_like_list, split
from lstm.training import Training
from lstm.training.batches import Batches
from lstm.training.recipe import INPUT_SCALE, default_recipe

_EPOCHS, _SEQ_LENGTH, _HIDDEN_SIZE = 50, 50, 128
# Options that are settings of the same name; those of the first row stay as they are when a run is resumed.
_FIXED = ("seq_length", "batch_size", "seed", "optimiser")
_FREE = ("epochs", "learning_rate", "schedule", "warm_up", "weight_decay", "dropout", "patience")


def fresh(options: argparse.Namespace, text: str) -> tuple[Training, Vocabulary, History]:
    """Make a new network and its training."""
    vocabulary = Vocabulary.from_text(text)
    ids, V = vocabulary.encode(text), len(vocabulary)
    hidden_size = _HIDDEN_SIZE if options.hidden_size is None else options.hidden_size
    layers = 1 if options.layers is None else options.layers
    if options.shuffle is None and looks_like_list(text):
        options.shuffle = True
        say("The lines are in order, as in a list: they are put in another one (--no-shuffle leaves them).")
    asked_for = _settings(options, vocabulary)
    Settings(**asked_for)  # what can't be is said before anything is computed with it
    settings = Settings(**_recipe(options, len(split(ids)[0]), V, hidden_size) | asked_for)
    net = NETWORKS[options.cell or "lstm"](
        V, hidden_size, V, seed=settings.seed, layers=layers, input_scale=INPUT_SCALE
    )
    return Training(net, ids, settings), vocabulary, History()


def resumed(
    options: argparse.Namespace, checkpoint: Checkpoint, text: str
) -> tuple[Training, Vocabulary, History]:
    """Take up the training in a checkpoint again, with another rate, schedule, … where they are given."""
    if checkpoint.training is None or checkpoint.settings is None:
        raise InputError(f"{options.checkpoint} holds a model but no training to resume; start a new one.")
    net, saved, vocabulary = checkpoint.net, checkpoint.settings, checkpoint.vocabulary
    _require_same("--cell", options.cell, net.kind)
    _require_same("--hidden-size", options.hidden_size, net.hidden_size)
    _require_same("--layers", options.layers, net.layers)
    for name in _FIXED:
        _require_same(f"--{name.replace('_', '-')}", getattr(options, name), getattr(saved, name))
    if options.shuffle is not None and options.shuffle != (saved.line_end is not None):
        raise InputError(
            "The saved training has its lines in another order; leave --shuffle out to resume it."
        )
    ids = vocabulary.encode(text)
    changes = {"epochs": _epochs_left(checkpoint, ids)} | _settings(options, vocabulary)
    training = Training(net, ids, Settings(**vars(saved) | changes))
    training.restore(checkpoint.training)
    say(f"Going on after step {training.step:,}.")
    return training, vocabulary, History(checkpoint.history)


def _recipe(
    options: argparse.Namespace, characters: int, vocabulary_size: int, hidden_size: int
) -> dict[str, Any]:
    """Return the settings of a new training where none are asked for.  characters: to train on."""
    return default_recipe(
        characters,
        vocabulary_size,
        hidden_size,
        seq_length=_SEQ_LENGTH if options.seq_length is None else options.seq_length,
        epochs=_EPOCHS if options.epochs is None else options.epochs,
        optimiser=options.optimiser or "adam",
    )


def _settings(options: argparse.Namespace, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the settings that are asked for."""
    values = {name: getattr(options, name) for name in (*_FIXED, *_FREE)}
    if options.shuffle:
        if "\n" not in vocabulary:
            raise InputError("--shuffle puts lines in another order, and this text has no second line.")
        values["line_end"] = vocabulary.char_to_idx["\n"]
    asked_for = {name: value for name, value in values.items() if value is not None}
    if options.patience == 0:
        asked_for["patience"] = None
    return asked_for


def _require_same(flag: str, option: object, value: object) -> None:
    """Raise InputError if an option asks for another value than a saved training has."""
    if option is not None and option != value:
        raise InputError(
            f"The saved training has {flag} {value}, not {option}; leave {flag} out to resume it."
        )


def _epochs_left(checkpoint: Checkpoint, ids: Indices) -> int:
    """Return up to which epoch a training goes on where nothing is asked: its own last, or 50."""
    assert checkpoint.settings is not None and checkpoint.training is not None
    epochs, done = checkpoint.settings.epochs, int(checkpoint.training["step"])
    # A run that the course bounds by time has a million epochs.
    if epochs < LARGEST_SETTING and done < epochs * Batches(ids, checkpoint.settings).chunks:
        return epochs
    return max(_EPOCHS, epochs) if epochs < LARGEST_SETTING else _EPOCHS
