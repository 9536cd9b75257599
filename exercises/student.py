"""A student's file: loaded, called, and whatever goes wrong in it put into one sentence."""

import _thread
import inspect
import re
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

import numpy as np

from lstm.errors import one_line
from lstm.text import read_text

SECONDS = 60  # a call that takes longer is stopped
_GAP = re.compile(r"gap ([1-9]\d?)", re.ASCII)  # what a gap that is not filled yet raises


class Wrong(Exception):
    """What is wrong, in words for the student.

    gap: where, if that is known; open_gap: the gap that is not filled yet, if it is that.
    """

    def __init__(self, says: str, open_gap: int | None = None, gap: int | None = None) -> None:
        super().__init__(says)
        self.open_gap, self.gap = open_gap, gap


class Student:
    """A file with gaps filled by a student.

    Raises InputError if it can't be read, Wrong if it is no Python or stops with an error.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            code = compile(read_text(path), str(path), "exec")
        except SyntaxError as error:
            raise Wrong(
                f"{path.name}, line {error.lineno}: this is not valid Python ({error.msg})."
            ) from error
        except (RecursionError, MemoryError) as error:
            raise Wrong(f"{path.name} is nested too deeply for Python; write it in simpler lines.") from error
        self.module = ModuleType("student")
        with _Blamed(path):
            exec(code, self.module.__dict__)

    def function(self, name: str, count: int) -> Callable:
        """Return the function of that name; Wrong if there is none that takes `count` arguments."""
        function = getattr(self.module, name, None)
        if not callable(function):
            raise Wrong(f"{self.path.name} has no function {name} any more; take it from the exercise again.")
        try:
            inspect.signature(function).bind(*range(count))
        except (TypeError, ValueError) as error:  # ValueError: a function of C that doesn't say what it takes
            raise Wrong(f"{name} must take the {count} arguments of the exercise ({error}).") from error
        return function

    def call(self, name: str, *args: Any, gap: int | None = None) -> Any:
        """Call a function; Wrong if it stops with an error or takes too long, in that gap."""
        function = self.function(name, len(args))
        with _Blamed(self.path, gap), np.errstate(divide="ignore"):  # exercise 3 means its ln 0
            return function(*args)


class _Blamed:
    """Turns an error of the student's code into Wrong, with the line; errors of ours pass through.

    Not an `except`: a student's file may raise anything, and only the traceback tells whose it is.
    """

    def __init__(self, path: Path, gap: int | None = None) -> None:
        self.path, self.gap, self.late = path, gap, False
        self.timer = threading.Timer(SECONDS, self._stop)
        self.timer.daemon = True

    def _stop(self) -> None:
        self.late = True
        _thread.interrupt_main()

    def __enter__(self) -> None:
        # Whatever else is done with the signal, or if it is ignored, as in the background of a shell: here
        # it stops a loop without an end.
        self.handler = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.timer.start()

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.timer.cancel()
        if self.handler is not None:  # None: it was not set from Python
            signal.signal(signal.SIGINT, self.handler)
        frames = [frame for frame in traceback.extract_tb(trace) if frame.filename == str(self.path)]
        if error is None or not frames:
            return
        where = f"{self.path.name}, line {frames[-1].lineno}"
        at = f"Gap {self.gap}: {where}" if self.gap else where
        if isinstance(error, KeyboardInterrupt) and self.late:
            says = f"{at}: stopped, because it took more than {SECONDS} seconds: does a loop never end?"
            raise Wrong(says, gap=self.gap) from error
        if isinstance(error, NotImplementedError) and (open_gap := _GAP.fullmatch(str(error))):
            gap = int(open_gap[1])
            raise Wrong(f"Gap {gap} is still open ({where}).", gap) from error
        if isinstance(error, (Exception, SystemExit)):
            message = one_line(" ".join(f"{type(error).__name__}: {error}".split()))
            inside = "" if frames[-1].name == "<module>" else f", in {frames[-1].name},"
            raise Wrong(f"{at}{inside} stops with {message}{_shapes(message)}", gap=self.gap) from error


def _shapes(message: str) -> str:
    """Explain what NumPy means when shapes do not fit, for those who have not met its words."""
    words = ("matmul", "broadcast", "mismatch", "not aligned", "dimension")
    fits = not any(word in message for word in words)
    return "" if fits else "\nThe shapes do not fit: is a .T missing, or is there one too many?"
