"""The two names of the command line, and commands that can be copied and run."""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = "train_minimal.py"


@dataclass(frozen=True)
class Program:
    """How the command line was called.

    name: what its sentences begin with; text_hint: how a text is named; generate: the words of a command
    that lets a checkpoint write, up to the checkpoint's name.
    """

    name: str
    text_hint: str
    generate: tuple[str, ...]

    def generate_command(self, path: Path) -> str:
        """Return the command that lets a checkpoint write, ready to be copied."""
        return quote([*self.generate, str(path)])


INSTALLED = Program("lstm", ": lstm train FILE", ("lstm", "generate"))


def script() -> Program:
    """Return the program that is `train_minimal.py`, with the path by which it was called."""
    path = sys.argv[0] if Path(sys.argv[0]).name == SCRIPT else SCRIPT
    hint = " with --data FILE, or --generate to write text"
    return Program(SCRIPT, hint, ("python", path, "--generate", "--checkpoint"))


def quote(words: Sequence[str]) -> str:
    """Write words as one line that a shell takes apart into the same words."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
