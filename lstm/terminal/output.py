"""Standard output and standard error, whatever stands in their place: a file, a notebook's cell, nothing.

Writing never raises: a window that was closed or a pipe that nobody reads must not end a training.
"""

import errno
import os
import sys
from typing import TextIO

_USUAL_COLUMNS = 80


def say(message: str) -> None:
    """Write one line to standard error."""
    write(sys.stderr, f"{message}\n")


def write(stream: TextIO | None, text: str) -> OSError | None:
    """Write a text at once.  Returns why it could not be written, None if it was or if there is no stream."""
    if stream is None:  # a program without a console
        return None
    try:
        _put(stream, text)
    except OSError as error:
        return error
    except ValueError:  # what Python raises for a stream that was closed
        return OSError(errno.EBADF, os.strerror(errno.EBADF))
    return None


def _put(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError as error:
        stream.write(text.encode(error.encoding, "replace").decode(error.encoding))
    flush = getattr(stream, "flush", None)
    if flush is not None:
        flush()


def use_utf8() -> None:
    """Let both streams take every character, where they can be told; a notebook's take them anyway."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and not getattr(stream, "closed", False):
            reconfigure(encoding="utf-8", errors="replace")


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal, on which a line can be written over."""
    isatty = getattr(stream, "isatty", None)
    try:
        return isatty is not None and isatty()
    except ValueError:  # closed
        return False


def columns(stream: TextIO | None) -> int:
    """Return how many characters a line of the terminal holds at this moment; 80 where it does not say."""
    try:
        width = os.get_terminal_size(stream.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):
        width = 0
    return width or _USUAL_COLUMNS


def leave_closed_pipes() -> None:
    """Send what a closed pipe has not taken to nowhere, or Python would complain about it at its end."""
    for stream in (sys.stdout, sys.stderr):
        if write(stream, "") is not None:
            try:
                descriptor = stream.fileno()
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, descriptor)
                os.close(nowhere)
            except (AttributeError, OSError, ValueError):
                continue
