"""The file in which a training is saved: a save that fails costs nothing but the time until the next."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from lstm.errors import InputError
from lstm.storage.checkpoint import check_place

_PAUSE = 0.5  # seconds, after which a virus scanner or a cloud folder has let go of a file
_MARGIN = 2**16  # bytes by which a checkpoint grows with its history, at least


class RunFile:
    """A checkpoint's place on disk.

    path: where the run is saved; write: writes a checkpoint to a path, or raises InputError; say: tells
    the person; backup: whether what another run left at `path` is kept under another name.
    """

    def __init__(
        self, path: Path, write: Callable[[Path], None], say: Callable[[str], None], backup: bool
    ) -> None:
        self.path = path
        self._write, self._say, self._backup = write, say, backup

    def check(self, size: int) -> None:
        """Raise InputError, before anything has been learned, if about `size` bytes can't be written here."""
        try:
            check_place(self.path, 2 * size + _MARGIN)
        except InputError as error:
            hint = "make room, or name another file with --checkpoint"
            raise InputError(f"{str(error).removesuffix('.')}; {hint}.") from error

    def save(self) -> bool:
        """Save in the middle of a run: where that fails, say so and leave the work to the next attempt."""
        try:
            self._save()
        except InputError as error:
            self._say(f"Not saved: {error} The training goes on, and the next epoch tries again.")
            return False
        return True

    def save_last(self) -> Path:
        """Save at the end of a run, in another place if it must be, and return where.

        Raises InputError if nothing could be written anywhere.
        """
        for attempt in (self._save, self._save_after_a_pause):
            try:
                attempt()
                return self.path
            except InputError as error:
                reason = error
        self._say(f"Not saved: {reason}")
        for other in (_free_name(self.path, "new"), _free_name(_temporary(self.path), "new")):
            try:
                self._write(other)
                return other
            except InputError as error:
                self._say(f"Nor there: {error}")
        raise reason

    def _save_after_a_pause(self) -> None:
        time.sleep(_PAUSE)
        self._save()

    def _save(self) -> None:
        if self._backup:
            self._say(f"The model that was in {self.path} is kept as {keep_old(self.path)}.")
            self._backup = False
        self._write(self.path)


def keep_old(path: Path) -> Path:
    """Give what is at `path` a second name, which is free, and return it.

    Raises InputError if that is impossible.
    """
    backup = _free_name(path, "bak")
    try:
        try:
            os.link(path, backup)  # nothing is copied, and the first name is never without its file
        except OSError:  # a disk without links
            shutil.copy2(path, backup)
    except OSError as error:
        backup.unlink(missing_ok=True)
        raise InputError(f"{path} could not be kept as {backup} ({error.strerror}).") from error
    return backup


def _free_name(path: Path, word: str) -> Path:
    """Return name.word.npz beside name.npz, or name.word2.npz, …: the first that is free."""
    return next(name for name in _names(path, word) if not name.exists())


def _names(path: Path, word: str) -> Iterator[Path]:
    for number in count(1):
        yield path.with_name(f"{path.stem}.{word}{number if number > 1 else ''}{path.suffix}")


def _temporary(path: Path) -> Path:
    return Path(tempfile.gettempdir()) / path.name
