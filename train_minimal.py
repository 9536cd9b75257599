"""Train a character-level RNN, GRU or LSTM on a text file, and let it write.

    python train_minimal.py --data input.txt --epochs 50 --hidden-size 128
    python train_minimal.py --generate --checkpoint lstm_model.npz --length 500 --temperature 0.8

Generated text goes to standard output, everything else to standard error.
"""

import argparse
import math
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from lstm import InputError, Progress, Vocabulary, generate, save
from lstm.errors import check_name, one_line
from lstm.network import NETWORKS, Network
from lstm.sampling import check_sampling
from lstm.storage.checkpoint import Checkpoint, read
from lstm.storage.history import History
from lstm.text import read_text, split
from lstm.training import Settings, Training

DEFAULT_CHECKPOINT = "lstm_model.npz"
SAMPLES = 10  # texts shown during a run


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[0].upper()}{message[1:]}; --help lists what there is.")


def parser() -> Parser:
    """The command line."""
    p = Parser(
        description=__doc__.split("\n\n")[0],
        epilog="Generated text goes to standard output, everything else to standard error.",
    )
    p.add_argument("--data", metavar="FILE", help="text to learn from (UTF-8)")
    p.add_argument(
        "--checkpoint", metavar="FILE", default=DEFAULT_CHECKPOINT, help="model file (%(default)s)"
    )
    p.add_argument("--cell", choices=NETWORKS, default=None, help="kind of network (lstm)")
    p.add_argument("--hidden-size", type=int, metavar="H", help="hidden units (128)")
    p.add_argument("--seq-length", type=int, metavar="T", help="steps the gradient flows back (50)")
    p.add_argument(
        "--batch-size", type=int, metavar="B", help="stretches read side by side (by the text's length)"
    )
    p.add_argument(
        "--lr", "--learning-rate", type=float, metavar="RATE", help="learning rate of Adam (0.001)"
    )
    p.add_argument("--epochs", type=int, default=50, help="times the text is read (%(default)s)")
    p.add_argument(
        "--seed", type=int, help="makes a run repeatable (training: 0; generating: another each time)"
    )
    p.add_argument("--resume", action="store_true", help="go on with the training in the checkpoint")
    p.add_argument(
        "--generate", action="store_true", help="write text with the checkpoint instead of training"
    )
    p.add_argument("--length", type=int, default=500, help="characters to write (%(default)s)")
    p.add_argument("--temperature", type=float, default=0.8, help="0 is always the likeliest (%(default)s)")
    p.add_argument("--top-k", type=int, metavar="K", help="draw from the K likeliest characters only")
    p.add_argument("--prompt", default="", help="text to go on from")
    return p


def say(message: str) -> None:
    """One line to standard error."""
    print(message, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run a command line; returns the exit status: 0, or 2 for input that cannot be used."""
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
    """--generate: text to standard output."""
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
    """The checkpoint of this name; where a .pkl is asked for and only the .npz beside it exists, that."""
    path = Path(name)
    if path.suffix == ".pkl" and not is_there(path) and is_there(path.with_suffix(".npz")):
        say(f"There is no {path}; using {path.with_suffix('.npz')}.")
        return path.with_suffix(".npz")
    return path


def is_there(path: Path) -> bool:
    """Whether there is a file of this name.  Raises InputError if there can be none."""
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
    """A new network and its training."""
    vocabulary = Vocabulary.from_text(text)
    seq_length = 50 if options.seq_length is None else options.seq_length
    settings = Settings(
        epochs=options.epochs,
        seq_length=seq_length,
        batch_size=options.batch_size if options.batch_size is not None else fitting_batch(text, seq_length),
        learning_rate=0.001 if options.lr is None else options.lr,
        seed=0 if options.seed is None else options.seed,
    )
    hidden_size = 128 if options.hidden_size is None else options.hidden_size
    V = len(vocabulary)
    net = NETWORKS[options.cell or "lstm"](V, hidden_size, V, seed=settings.seed)
    return Training(net, vocabulary.encode(text), settings), vocabulary


def fitting_batch(text: str, seq_length: int) -> int:
    """The largest power of two up to 32 that leaves 50 steps or more in an epoch, if any does."""
    characters = len(split(range(len(text)))[0])
    fitting = characters // (50 * max(1, seq_length))
    return 1 << min(5, max(1, fitting).bit_length() - 1)


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
    """The loop: a progress line, a checkpoint after every epoch, a sample now and then."""
    stop = Stop()
    every = max(1, training.settings.epochs // SAMPLES)
    line = Line()
    validation = None

    def keep() -> None:
        save(path, training.net, vocabulary, training, history.columns())

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
            keep()
            if progress.epoch % every == 0 and progress.step < progress.steps:
                line.end()
                print(sample(training.net, vocabulary, temperature), flush=True)
        if stop.requested:
            keep()
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
    """A text from the beginning of a line; the same random draws each time, so that learning shows."""
    return "".join(s.char for s in generate(net, vocabulary, length=length, temperature=temperature, seed=0))


class Stop:
    """Ctrl-C lets the present step finish, so that what is saved is whole; a second one does not wait."""

    def __init__(self) -> None:
        self.requested = False
        signal.signal(signal.SIGINT, self._ask)

    def _ask(self, number: int, frame: object) -> None:
        self.requested = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Line:
    """The progress line: rewritten in place on a terminal, one line an epoch in a file."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._open = False
        self._loss: float | None = None

    def show(self, progress: Progress, validation: float | None, end_of_epoch: bool) -> None:
        """Show a report; the loss is smoothed over about twenty steps."""
        self._loss = progress.loss if self._loss is None else 0.95 * self._loss + 0.05 * progress.loss
        if not self._live and not end_of_epoch:
            return
        share = progress.step / progress.steps
        bar = ("#" * round(20 * share)).ljust(20, ".")
        left = progress.seconds / progress.step * (progress.steps - progress.step)
        text = (
            f"epoch {progress.epoch}/{progress.epochs} [{bar}] {share:4.0%}  loss {self._loss:.3f}"
            + (f"  validation {validation:.3f}" if validation is not None else "")
            + f"  {progress.characters / progress.seconds:,.0f} characters/s  {clock(left)} left"
        )
        sys.stderr.write(f"\r{text}\x1b[K" if self._live else f"{text}\n")
        sys.stderr.flush()
        self._open = self._live

    def end(self) -> None:
        """Go to a new line, if one is open."""
        if self._open:
            sys.stderr.write("\n")
        self._open = False


def clock(seconds: float) -> str:
    """Seconds as m:ss."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def describe(net: Network) -> str:
    """What a network is, in a few words."""
    return f"{net.kind.upper()}, {net.hidden_size} hidden units, {net.weights.flat.size:,} parameters"


if __name__ == "__main__":
    sys.exit(main())
