"""Train a character-level RNN, GRU or LSTM on a text file, and let it write.

    python train_minimal.py --data input.txt --epochs 50 --hidden-size 128
    python train_minimal.py --generate --checkpoint lstm_model.npz --length 500 --temperature 0.8

Generated text goes to standard output, everything else to standard error.
"""

import argparse
import math
import os
import sys
from pathlib import Path
from typing import NoReturn

from lstm import InputError, Vocabulary, generate, save
from lstm.errors import check_name, one_line
from lstm.network import NETWORKS, Network
from lstm.sampling import check_sampling
from lstm.settings import Settings, fitting_batch
from lstm.storage.checkpoint import Checkpoint, read
from lstm.storage.history import History
from lstm.terminal.interrupt import Interrupt
from lstm.terminal.progress_line import ProgressLine
from lstm.text import read_text, split
from lstm.training import Training

DEFAULT_CHECKPOINT = "lstm_model.npz"
SAMPLES = 10  # texts shown during a run


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[0].upper()}{message[1:]}; --help lists what there is.")


def parser() -> Parser:
    """Return the command line: a table of its options."""
    p = Parser(
        description=__doc__.split("\n\n")[0],
        epilog="Generated text goes to standard output, everything else to standard error.",
    )
    add = p.add_argument
    add("--data", metavar="FILE", help="text to learn from (UTF-8)")
    add("--checkpoint", metavar="FILE", default=DEFAULT_CHECKPOINT, help="model file (%(default)s)")
    add("--cell", choices=NETWORKS, default=None, help="kind of network (lstm)")
    add("--hidden-size", type=int, metavar="H", help="hidden units (128)")
    add("--seq-length", type=int, metavar="T", help="steps the gradient flows back (50)")
    add("--batch-size", type=int, metavar="B", help="stretches read side by side (by the text's length)")
    add("--lr", "--learning-rate", type=float, metavar="RATE", help="learning rate of Adam (0.001)")
    add("--epochs", type=int, default=50, help="times the text is read (%(default)s)")
    add("--seed", type=int, help="makes a run repeatable (training: 0; generating: another each time)")
    add("--resume", action="store_true", help="go on with the training in the checkpoint")
    add("--generate", action="store_true", help="write text with the checkpoint instead of training")
    add("--length", type=int, default=500, help="characters to write (%(default)s)")
    add("--temperature", type=float, default=0.8, help="0 is always the likeliest (%(default)s)")
    add("--top-k", type=int, metavar="K", help="draw from the K likeliest characters only")
    add("--prompt", default="", help="text to go on from")
    return p


def say(message: str) -> None:
    """Write one line to standard error."""
    print(message, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run a command line.  Returns the exit status: 0, 1 after a NaN, 2 for bad input, 130 if stopped."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # whatever the terminal's, text is text
    try:
        options = parser().parse_args(arguments)
        return write(options) if options.generate else learn(options)
    except InputError as error:
        say(f"train_minimal.py: {one_line(str(error))}")
        return 2
    except KeyboardInterrupt:  # before there is anything to save, or a second time
        say("Stopped.")
        return 130
    except BrokenPipeError:  # `| head` reads no further
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def write(options: argparse.Namespace) -> int:
    """Write text to standard output, for --generate."""
    if options.data is not None or options.resume:
        raise InputError("--generate needs no --data and no --resume: the checkpoint holds all it takes.")
    path = existing(options.checkpoint)
    checkpoint = read(path)
    say(f"{path}: {describe(checkpoint.net)}.")
    written = generate(
        checkpoint.net, checkpoint.vocabulary, options.prompt, options.length, options.temperature,
        top_k=options.top_k, seed=options.seed,
    )  # fmt: skip
    sys.stdout.write(options.prompt)
    for sampled in written:
        sys.stdout.write(sampled.char)
        sys.stdout.flush()
    sys.stdout.write("\n")
    return 0


def existing(name: str) -> Path:
    """Return the path of a checkpoint: the .npz where a .pkl is named and only the .npz beside it exists."""
    path = Path(name)
    if path.suffix == ".pkl" and not is_there(path) and is_there(path.with_suffix(".npz")):
        say(f"There is no {path}; using {path.with_suffix('.npz')}.")
        return path.with_suffix(".npz")
    return path


def is_there(path: Path) -> bool:
    """Return whether there is a file of this name.  Raises InputError if there can be none."""
    try:
        return Path(check_name(path)).exists()
    except OSError as error:
        raise InputError(f"{path} can't be the name of a file ({error.strerror}); give another.") from error


def learn(options: argparse.Namespace) -> int:
    """Train, with a checkpoint after every epoch."""
    if options.data is None:
        raise InputError("Give a text to learn from with --data FILE, or --generate to write text.")
    path = existing(options.checkpoint) if options.resume else Path(options.checkpoint)
    there = is_there(path)
    if not path.parent.is_dir():  # said now, not after the first epoch
        raise InputError(f"There is no folder {path.parent} for the checkpoint; make it or name another.")
    check_sampling(temperature=options.temperature)
    text = read_text(options.data)
    checkpoint = read(path) if options.resume or there else None  # never write over a foreign file
    if options.resume:
        training, vocabulary, history = resumed(options, checkpoint, text)
    else:
        training, vocabulary = fresh(options, text)
        history = History()
        if checkpoint is not None:
            say(f"The model in {path} will be replaced after the first epoch.")
    settings, net = training.settings, training.net
    say(f"{options.data}: {len(text):,} characters, {len(vocabulary)} different.")
    say(f"{describe(net)}; batches of {settings.batch_size}, {settings.seq_length} steps at a time.")
    # Where nothing has been learned, every character is equally likely: that is the loss to beat.
    say(f"Loss before learning: about ln {len(vocabulary)} = {math.log(len(vocabulary)):.2f} per character.")
    if training.step >= training.steps:
        raise InputError(f"The {settings.epochs} epochs are done already; give a larger --epochs to go on.")
    return run(training, vocabulary, history, path, options.temperature)


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
    """Take up the training in a checkpoint again."""
    if checkpoint.training is None or checkpoint.settings is None:
        raise InputError(f"{options.checkpoint} holds a model but no training to resume; start a new one.")
    net, saved = checkpoint.net, checkpoint.settings
    for flag, option, value in (
        ("--cell", options.cell, net.kind),
        ("--hidden-size", options.hidden_size, net.hidden_size),
        ("--seq-length", options.seq_length, saved.seq_length),
        ("--batch-size", options.batch_size, saved.batch_size),
        ("--lr", options.lr, saved.learning_rate),
        ("--seed", options.seed, saved.seed),
    ):
        if option is not None and option != value:
            raise InputError(
                f"The saved training has {flag} {value}, not {option}; leave {flag} out to resume it."
            )
    settings = Settings(**{**vars(saved), "epochs": options.epochs})
    training = Training(net, checkpoint.vocabulary.encode(text), settings)
    training.restore(checkpoint.training)
    say(f"Going on after step {training.step:,}.")
    return training, checkpoint.vocabulary, History(checkpoint.history)


def run(training: Training, vocabulary: Vocabulary, history: History, path: Path, temperature: float) -> int:
    """Train to the end: a progress line, a checkpoint after every epoch, a sample now and then."""
    interrupt = Interrupt()
    every = max(1, training.settings.epochs // SAMPLES)
    line = ProgressLine()
    validation = None

    def save_run() -> None:
        save(path, training.net, vocabulary, training, history=history.columns())

    for progress in training:
        if not math.isfinite(progress.loss + progress.gradient_norm):
            line.end()
            say("The loss is no longer a number; lower --lr. The last checkpoint was not touched.")
            return 1
        history.append(progress)
        if progress.validation_loss is not None:
            validation = progress.validation_loss
        end_of_epoch = progress.step % training.chunks == 0
        line.show(progress, validation, end_of_epoch)
        if end_of_epoch:
            save_run()
            if progress.epoch % every == 0 and progress.step < progress.steps:
                line.end()
                print(sample(training.net, vocabulary, temperature), flush=True)
        if interrupt.requested:
            save_run()
            line.end()
            say(f"Stopped and saved in {path}; the same command with --resume goes on from here.")
            return 130
    line.end()
    print(sample(training.net, vocabulary, temperature, length=300), flush=True)
    guessing = math.log(len(vocabulary))
    if (history.columns()["loss"][-1] if validation is None else validation) > guessing:
        say(f"The loss is above that of guessing, {guessing:.2f}: nothing was learned; lower --lr.")
    say(f"Saved in {path}; python train_minimal.py --generate --checkpoint {path} writes more.")
    return 0


def sample(net: Network, vocabulary: Vocabulary, temperature: float, length: int = 120) -> str:
    """Write a line's beginning, with the same random draws each time, so that learning shows."""
    return "".join(s.char for s in generate(net, vocabulary, length=length, temperature=temperature, seed=0))


def describe(net: Network) -> str:
    """Say what a network is, in a few words."""
    return f"{net.kind.upper()}, {net.hidden_size} hidden units, {net.weights.flat.size:,} parameters"


if __name__ == "__main__":
    sys.exit(main())
