"""One file for a network, its vocabulary and, if wanted, its training: a plain .npz, never pickle.

The file may have any name.  It is written beside its place and renamed into it, so a reader sees
the old file or the new one and never half of one.  An untrusted file is checked from its table of
contents before anything of it is unpacked (`untrusted_npz`): what it claims to hold must be what a network of
its sizes holds (`schema`).
"""

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypedDict, Unpack

import numpy as np

from lstm.arrays import AnyArray
from lstm.errors import InputError, check_name
from lstm.network import Network
from lstm.storage.packing import LARGEST, Checkpoint, RefusedError, pack, unpack
from lstm.storage.snapshots import Snapshots
from lstm.storage.untrusted_npz import DAMAGED, Archive, TooLargeError, is_archive
from lstm.text import Vocabulary
from lstm.training import Training

__all__ = ["Checkpoint", "check_place", "dump", "load", "read", "read_bytes", "save", "write_beside"]


# -- writing --


class Extras(TypedDict, total=False):
    """What a checkpoint may keep besides: see `Checkpoint`."""

    history: Mapping[str, AnyArray]
    notes: Mapping[str, str]
    snapshots: Snapshots


def save(
    path: str | Path,
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None = None,
    **extras: Unpack[Extras],
) -> None:
    """Write a checkpoint to exactly this path.

    With `training` the network is written as its best epoch left it, and the run can be resumed exactly,
    from the latest weights, which are kept beside; history, notes and snapshots are kept as they are.
    Raises InputError, and leaves what was there, if the place cannot be written to or what would be
    written could not be read again.
    """
    arrays = pack(_checkpoint(net, vocabulary, training, **extras))
    write_beside(path, lambda file: np.savez(file, allow_pickle=False, **arrays))


def dump(
    net: Network, vocabulary: Vocabulary, training: Training | None = None, **extras: Unpack[Extras]
) -> bytes:
    """Return the checkpoint that `save` would write.  Raises InputError if it could not be read again."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **pack(_checkpoint(net, vocabulary, training, **extras)))
    return file.getvalue()


def _checkpoint(
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None,
    history: Mapping[str, AnyArray] | None = None,
    notes: Mapping[str, str] | None = None,
    snapshots: Snapshots | None = None,
) -> Checkpoint:
    """Return what a file is to hold, a training as its state and its settings."""
    return Checkpoint(
        net if training is None else training.best_network(),
        vocabulary,
        training=None if training is None else training.state(),
        settings=None if training is None else training.settings,
        history={name: np.asarray(column) for name, column in (history or {}).items()},
        snapshots=snapshots,
        notes=dict(notes or {}),
    )


def write_beside(path: str | Path, write: Callable[[BinaryIO], None]) -> None:
    """Call `write` with a new binary file beside `path`, then rename it into place.

    Raises InputError if that cannot be done; what was at `path` is then untouched.
    """
    with _part_of(path) as part:
        _write_through(part, write)
        os.replace(part, path)


def check_place(path: str | Path, size: int) -> None:
    """Raise InputError if a file of `size` bytes could not be written at this path; leave nothing there."""
    with _part_of(path) as part:
        _write_through(part, lambda file: file.write(bytes(size)))


def _write_through(part: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file and wait until the disk has it."""
    with open(part, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _part_of(path: str | Path) -> Iterator[Path]:
    """Give the name of a new file beside `path`, and remove what is left of it; say what goes wrong."""
    path = Path(check_name(path))
    if not path.name:
        raise InputError(f"{str(path)!r} can't be the name of a file; give another.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a file in it.")
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


# -- reading --


def load(path: str | Path | BinaryIO) -> tuple[Network, Vocabulary]:
    """Return the network and the vocabulary of a checkpoint; see `read` for the rest of it."""
    checkpoint = read(path)
    return checkpoint.net, checkpoint.vocabulary


def read(path: str | Path | BinaryIO, *, largest: int = LARGEST) -> Checkpoint:
    """Read everything that a checkpoint holds.

    path: a file's path, or an open binary file.  largest: bytes that it may unpack to.
    Raises InputError, in one sentence, for a file that is missing, not a checkpoint, damaged, larger
    than it may be, or made by a later version.
    """
    if not isinstance(path, (str, Path)):
        return _read(path, "The file", largest)
    name = check_name(path)
    try:
        if Path(path).is_dir():
            raise InputError(f"{name} is a folder; name a checkpoint in it.")
        with open(path, "rb") as file:
            return _read(file, name, largest)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {name}; train a model first or check the name.") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror or error}).") from error


def read_bytes(data: bytes, *, largest: int = LARGEST) -> Checkpoint:
    """Read everything that the bytes of a checkpoint hold.  Raises InputError as `read` does."""
    return read(io.BytesIO(data), largest=largest)


def _read(file: BinaryIO, name: str, largest: int) -> Checkpoint:
    start = file.read(4)
    file.seek(0)
    if start[:1] == b"\x80":
        raise InputError(
            f"{name} is a pickle, which could run any code and is never opened; give a .npz checkpoint."
        )
    if not is_archive(start):
        raise InputError(f"{name} is not a checkpoint; give a file that this program has saved.")
    try:
        return unpack(Archive(file, largest), name)
    except RefusedError:
        raise
    except TooLargeError as error:
        raise InputError(
            f"{name} would unpack to more than {largest / 2**20:,.0f} MB; give a smaller model."
        ) from error
    except DAMAGED as error:
        raise InputError(f"{name} is damaged or incomplete; save it again.") from error
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InputError(
            f"{name} is not a checkpoint of this program; give a file that it has saved."
        ) from error
