"""A command line from its words to its exit code."""

import argparse
import sys
from collections.abc import Sequence

from lstm.errors import InputError, one_line
from lstm.terminal import options
from lstm.terminal.generate import generate_text
from lstm.terminal.info import show_info
from lstm.terminal.output import leave_closed_pipes, say, use_utf8
from lstm.terminal.program import INSTALLED, Program, script
from lstm.terminal.train import learn


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command `lstm`.  Returns the exit code: 0, 1 after a NaN, 2 for bad input, 130 if stopped."""
    return _run(INSTALLED, arguments)


def script_main(arguments: Sequence[str] | None = None) -> int:
    """Run `train_minimal.py`.  Returns the exit code, as `main` does."""
    return _run(script(), arguments)


def _run(program: Program, arguments: Sequence[str] | None) -> int:
    use_utf8()
    try:
        return _command(program, list(sys.argv[1:] if arguments is None else arguments))
    except InputError as error:
        say(f"{program.name}: {one_line(str(error))}")
        return 2
    except KeyboardInterrupt:  # before there is anything to save, or a second time
        say("Stopped.")
        return 130
    finally:
        leave_closed_pipes()


def _command(program: Program, arguments: list[str]) -> int:
    """Read the options and do what they ask for."""
    if program is INSTALLED:
        values = options.command_parser(program).parse_args(arguments)
        if values.command is None:
            raise InputError("Give a command: train, generate or info; --help says more.")
        _take_positional(values)
        command = values.command
    else:
        values = options.script_parser(program).parse_args(arguments)
        command = "generate" if values.generate else "train"
        if command == "generate" and (values.data is not None or values.resume):
            raise InputError("--generate needs no --data and no --resume: the checkpoint holds all it takes.")
    if command == "train":
        return learn(values, program)
    return generate_text(values) if command == "generate" else show_info(values)


def _take_positional(values: argparse.Namespace) -> None:
    """Let a file that stands without an option be the text, or the checkpoint of the other commands."""
    if values.file is None:
        return
    name = "data" if values.command == "train" else "checkpoint"
    if getattr(values, name) not in (None, options.DEFAULT_CHECKPOINT):
        raise InputError(
            f"Two files are named, {values.file} and --{name} {getattr(values, name)}; give one."
        )
    setattr(values, name, values.file)
