"""The options of the command line: one table for each of its two names, `lstm` and `train_minimal.py`."""

import argparse
from typing import NoReturn

from lstm.errors import InputError
from lstm.network import NETWORKS
from lstm.optimisers import OPTIMISERS
from lstm.schedule import SCHEDULES
from lstm.terminal.program import Program

DEFAULT_CHECKPOINT = "lstm_model.npz"
_STREAMS = "Generated text goes to standard output, everything else to standard error."
_RECIPE = "(*) by the sizes of the text and the network; what it is, the run says when it begins."
_EXIT_CODES = (
    "Exit codes: 0 done; 1 the loss became NaN; 2 an input, a file or a setting can't be used, or nothing "
    "could be saved; 130 stopped (Ctrl-C, or the system's SIGTERM), what was learned is saved."
)


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        """Raise InputError: what argparse would print with its usage."""
        raise InputError(f"{message[0].upper()}{message[1:]}; --help lists what there is.")


def script_parser(program: Program) -> Parser:
    """Return the options of `train_minimal.py`, where --generate stands for another command."""
    p = Parser(
        prog=program.name,
        description="Train a character-level RNN, GRU or LSTM on a text file, and let it write.",
        epilog=f"{_RECIPE} {_STREAMS} {_EXIT_CODES}",
    )
    p.add_argument("--generate", action="store_true", help="write text with the checkpoint, don't train")
    p.add_argument("--data", metavar="FILE", help="text to learn from")
    p.add_argument(
        "--checkpoint", metavar="FILE", default=DEFAULT_CHECKPOINT, help="model file (%(default)s)"
    )
    _add_training(p)
    _add_writing(p)
    p.add_argument(
        "--seed", type=int, help="makes a run repeatable (training: 0; generating: another each time)"
    )
    return p


def command_parser(program: Program) -> Parser:
    """Return the commands of `lstm`."""
    import lstm  # the version stands in the package's own file, and only --version needs it

    p = Parser(
        prog=program.name,
        description="Train a character-level RNN, GRU or LSTM on a text file, and let it write.",
        epilog=f"{_STREAMS} {_EXIT_CODES}",
    )
    p.add_argument("--version", action="version", version=f"%(prog)s {lstm.__version__}")
    commands = p.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _add_train(commands)
    _add_generate(commands)
    _add_info(commands)
    return p


def _add_train(commands: "argparse._SubParsersAction[Parser]") -> None:
    p = commands.add_parser(
        "train", help="learn from a text", description="Learn from a text.", epilog=f"{_RECIPE} {_EXIT_CODES}"
    )
    p.add_argument("file", metavar="FILE", nargs="?", help="text to learn from")
    p.add_argument("--data", metavar="FILE", help="the same")
    p.add_argument(
        "--checkpoint", metavar="FILE", default=DEFAULT_CHECKPOINT, help="model file (%(default)s)"
    )
    _add_training(p)
    p.add_argument("--temperature", type=float, default=0.8, help="of the samples on the way (%(default)s)")
    p.add_argument("--seed", type=int, help="of the weights and of all that is drawn (0)")


def _add_generate(commands: "argparse._SubParsersAction[Parser]") -> None:
    p = commands.add_parser(
        "generate", help="write text with a checkpoint", description="Write text with a checkpoint.",
        epilog=f"{_STREAMS} {_EXIT_CODES}",
    )  # fmt: skip
    _add_checkpoint(p)
    _add_writing(p)
    p.add_argument("--seed", type=int, help="makes a text repeatable (another text each time)")


def _add_info(commands: "argparse._SubParsersAction[Parser]") -> None:
    p = commands.add_parser(
        "info",
        help="say what a checkpoint holds",
        description="Say what a checkpoint holds.",
        epilog=_EXIT_CODES,
    )
    _add_checkpoint(p)


def _add_checkpoint(p: Parser) -> None:
    p.add_argument("file", metavar="CHECKPOINT", nargs="?", help=f"model file ({DEFAULT_CHECKPOINT})")
    p.add_argument("--checkpoint", metavar="FILE", default=DEFAULT_CHECKPOINT, help="the same")


def _add_training(p: Parser) -> None:
    """Add what says how a network is trained; None where nothing was asked for."""
    add = p.add_argument
    add("--cell", choices=NETWORKS, help="kind of network (lstm)")
    add("--hidden-size", type=int, metavar="H", help="hidden units (128)")
    add("--layers", type=int, metavar="L", help="cells one above the other (1)")
    add("--seq-length", type=int, metavar="T", help="steps the gradient flows back (50)")
    add("--batch-size", type=int, metavar="B", help="segments of the text read side by side (*)")
    add("--epochs", type=int, help="times the text is read (50)")
    add("--lr", "--learning-rate", type=float, metavar="RATE", dest="learning_rate", help="learning rate (*)")
    add("--schedule", choices=SCHEDULES, help="how the learning rate falls over the run (cosine)")
    add("--warm-up", type=int, metavar="STEPS", help="steps in which the learning rate rises at first (*)")
    add(
        "--dropout", type=float, metavar="SHARE", help="of each layer's outputs, left out while it learns (*)"
    )
    add("--weight-decay", type=float, metavar="SHARE", help="lost each step, times the learning rate (*)")
    add("--patience", type=int, metavar="EPOCHS",
        help="stop after so many without a better validation loss, 0 for never (10)")  # fmt: skip
    shuffle_help = "put the lines in another order first (only those of a sorted list)"
    add("--shuffle", action=argparse.BooleanOptionalAction, help=shuffle_help)
    add("--processes", type=int, metavar="N", help="that compute a batch together (2 where they pay, else 1)")
    add("--optimiser", choices=OPTIMISERS, help="adam, or sgd for plain gradient descent (adam)")
    add("--resume", action="store_true", help="go on with the training in the checkpoint")
    add("--overwrite", action="store_true", help="don't keep another model that the checkpoint holds")


def _add_writing(p: Parser) -> None:
    """Add what says how text is written."""
    add = p.add_argument
    add("--length", type=int, default=500, help="characters to write (%(default)s)")
    add("--temperature", type=float, default=0.8, help="0 is always the likeliest (%(default)s)")
    add("--top-k", type=int, metavar="K", help="draw from the K likeliest characters only")
    add("--prompt", default="", help="text to go on from")
