"""Text from a checkpoint, to standard output."""

import argparse
import sys
from collections.abc import Iterator

from lstm.errors import InputError
from lstm.exchange.files import read_model
from lstm.sampling import Sampled, generate
from lstm.terminal.model_path import describe, existing
from lstm.terminal.output import say, write

_MANY_BLANKS = 200  # in a row: no text has so many, and a screen full of them looks as if nothing happened


def generate_text(options: argparse.Namespace) -> int:
    """Write text with a checkpoint.  Returns the exit code; a reader that closes early is no error."""
    path = existing(options.checkpoint)
    checkpoint = read_model(path)
    say(f"{path}: {describe(checkpoint.net)}.")
    written = generate(
        checkpoint.net, checkpoint.vocabulary, options.prompt, options.length, options.temperature,
        top_k=options.top_k, seed=options.seed,
    )  # fmt: skip
    blanks, error = _write(options.prompt, written)
    if blanks >= _MANY_BLANKS:
        say(
            f"{blanks:,} blanks in a row: after a blank this network expects another one most of all; "
            "try a higher --temperature, or a --prompt."
        )
    if error is None or isinstance(error, BrokenPipeError):  # `| head` reads no further
        return 0
    raise InputError(f"The text can't be written to standard output ({error.strerror}).")


def _write(prompt: str, written: Iterator[Sampled]) -> tuple[int, OSError | None]:
    """Write prompt and text; return the longest row of blanks, and why not all could be written."""
    longest = blanks = 0
    error = write(sys.stdout, prompt)
    for sampled in written:
        blanks = blanks + 1 if sampled.char.isspace() else 0
        longest = max(longest, blanks)
        error = error or write(sys.stdout, sampled.char)
        if error is not None:
            return longest, error
    return longest, write(sys.stdout, "\n")
