"""One file for a network, its vocabulary and, if wanted, its training: a plain .npz, never pickle.

The file may have any name.  It is written beside its place and renamed into it, so a reader sees
the old file or the new one and never half of one.  A file from a stranger is checked from its table
of contents before anything of it is unpacked: what it claims to hold must be what a network of its
sizes holds.
"""

import json
import math
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from lstm.errors import InputError, check_name
from lstm.network import NETWORKS, Network
from lstm.snapshots import Snapshots, from_arrays
from lstm.text import Vocabulary
from lstm.training import Settings, Training

FORMAT = 1
_LARGEST = 512 * 2**20  # bytes, unpacked: a network of 3,000 units with its training fits
_MAGIC = b"PK\x03\x04"
# The header of an array as NumPy writes it, version 1.  NumPy would read it with a Python parser, which
# is more than a stranger's bytes should be given.
_HEADER = re.compile(
    rb"\{'descr': '([<>|][biuf]\d{1,2})', 'fortran_order': (True|False), 'shape': \(([\d, ]{0,99})\), \} *\n"
)


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds.

    training: what `Training.state` returned, or None; settings: those of the training, or None;
    history: columns of the loss history by name; snapshots: moments of the run, or None; notes: short
    texts by name (the text's name, …).
    """

    net: Network
    vocabulary: Vocabulary
    training: dict[str, NDArray] | None = None
    settings: Settings | None = None
    history: dict[str, NDArray] = field(default_factory=dict)
    snapshots: Snapshots | None = None
    notes: dict[str, str] = field(default_factory=dict)


def save(
    path: str | Path,
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None = None,
    history: Mapping[str, NDArray] | None = None,
    notes: Mapping[str, str] | None = None,
    snapshots: Snapshots | None = None,
) -> None:
    """Write a checkpoint to exactly this path.

    With `training` the run can be resumed exactly; history, snapshots and notes are kept as they are.
    Raises InputError, and leaves what was there, if the place cannot be written to or what would be
    written could not be read again.
    """
    if not len(vocabulary) == net.input_size == net.output_size:
        raise InputError("The vocabulary does not belong to the network: their sizes differ.")
    if not np.isfinite(net.weights.flat).all():
        raise InputError("The network holds weights that are not numbers (NaN, infinite); it was not saved.")
    header = {
        "format": FORMAT,
        "cell": net.kind,
        "sizes": [net.input_size, net.hidden_size, net.output_size],
        "dtype": net.dtype.name,
        "notes": dict(notes or {}),
        "settings": None if training is None else asdict(training.settings),
    }
    arrays = {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        # Code points, because an array of strings drops a zero character at the end.
        "vocabulary": np.array([ord(char) for char in vocabulary.chars], np.uint32),
    }
    arrays |= {f"weights/{name}": net.weights[name] for name in _stored(net)}
    if training is not None:
        arrays |= {f"training/{name}": value for name, value in training.state().items()}
    arrays |= {f"history/{name}": np.asarray(value) for name, value in (history or {}).items()}
    if snapshots is not None:
        arrays |= {f"snapshots/{name}": value for name, value in snapshots.arrays().items()}
    if sum(array.nbytes for array in arrays.values()) > _LARGEST:
        raise InputError(f"The network is too large to be saved: over {_LARGEST // 2**20} MB.")
    write_beside(path, lambda file: np.savez(file, **arrays))


def load(path: str | Path | BinaryIO) -> tuple[Network, Vocabulary]:
    """The network and the vocabulary of a checkpoint; see `read` for the rest of it."""
    checkpoint = read(path)
    return checkpoint.net, checkpoint.vocabulary


def read(path: str | Path | BinaryIO) -> Checkpoint:
    """Everything a checkpoint holds.

    path: a file's path, or an open binary file.
    Raises InputError, in one sentence, for a file that is missing, not a checkpoint, damaged, larger
    than it may be, or made by a later version.
    """
    if not isinstance(path, (str, Path)):
        return _read(path, "The file")
    name = check_name(path)
    try:
        if Path(path).is_dir():
            raise InputError(f"{name} is a folder; name a checkpoint in it.")
        with open(path, "rb") as file:
            return _read(file, name)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {name}; train a model first or check the name.") from error
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror or error}).") from error


def write_beside(path: str | Path, write: Callable[[BinaryIO], None]) -> None:
    """Call `write` with a new binary file beside `path`, then rename it into place.

    Raises InputError if that cannot be done; what was at `path` is then untouched.
    """
    path = Path(check_name(path))
    if not path.name:
        raise InputError(f"{str(path)!r} can't be the name of a file; give another.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a file in it.")
        try:
            with open(part, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


def _stored(net: Network) -> tuple[str, ...]:
    """The names under which weights are stored: each gate by its own, so that any reader knows them."""
    return (*(f"{kind}{letter}" for kind in "Wb" for letter in net.letters), "Wy", "by")


def _read(file: BinaryIO, name: str) -> Checkpoint:
    start = file.read(4)
    file.seek(0)
    if start[:1] == b"\x80":
        raise InputError(
            f"{name} is a pickle, which could run any code and is never opened; give a .npz checkpoint."
        )
    if start != _MAGIC:
        raise InputError(f"{name} is not a checkpoint; give a file that this program has saved.")
    try:
        with zipfile.ZipFile(file) as archive:
            return _build(_Arrays(archive, name), name)
    except _DAMAGED as error:
        raise InputError(f"{name} is damaged or incomplete; save it again.") from error


# What the zip file's own reader and the decompressors behind it raise.
_DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
    EOFError, NotImplementedError, UnicodeDecodeError,
)  # fmt: skip


class _Arrays:
    """The arrays of an .npz, each checked against its header before it is read."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise InputError(
                f"{name} would unpack to more than {_LARGEST // 2**20} MB; that is not a model of ours."
            )

    def group(self, prefix: str) -> dict[str, NDArray]:
        """All arrays whose names begin so, by the rest of their names."""
        return {name.removeprefix(prefix): self[name] for name in self._entries if name.startswith(prefix)}

    def __getitem__(self, name: str) -> NDArray:
        foreign = InputError(
            f"{self._name} is not a checkpoint of this program; give a file that it has saved."
        )
        if name not in self._entries:
            raise foreign
        entry = self._entries[name]
        # NumPy writes entries as they are or deflated; nothing else is ours, and no entry is encrypted.
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise foreign
        with self._archive.open(entry) as file:
            start = file.read(10)
            header = _HEADER.fullmatch(file.read(int.from_bytes(start[8:], "little")))
            if start[:8] != b"\x93NUMPY\x01\x00" or header is None:
                raise foreign
            data = file.read()  # as long as the table of contents said, and no longer
        try:
            dtype = np.dtype(header[1].decode())
        except TypeError as error:
            raise foreign from error
        shape = tuple(int(size) for size in header[3].split(b",") if size.strip())
        if len(data) != math.prod(shape) * dtype.itemsize:
            raise foreign
        return np.frombuffer(data, dtype).reshape(shape, order="F" if header[2] == b"True" else "C")


def _build(arrays: _Arrays, name: str) -> Checkpoint:
    """Everything of a checkpoint; whatever does not fit together makes it a foreign file."""
    foreign = InputError(f"{name} is not a checkpoint of this program; give a file that it has saved.")
    try:
        header = json.loads(arrays["header"].tobytes())
        version = header["format"]
        if version != FORMAT:
            raise InputError(
                f"{name} has format {version!r}, and this program reads {FORMAT}; update the program."
            )
        net = _network(arrays, header)
        if not np.isfinite(net.weights.flat).all():
            raise InputError(f"{name} holds weights that are not numbers (NaN or infinite); train it again.")
        vocabulary = Vocabulary(chr(code) for code in arrays["vocabulary"])
        "".join(vocabulary.chars).encode()  # no lone surrogates, which could never be printed
        settings = None if header["settings"] is None else Settings(**header["settings"])
        notes = {str(key): str(value) for key, value in dict(header["notes"]).items()}
        training, history = arrays.group("training/"), arrays.group("history/")
        snapshots = from_arrays(arrays.group("snapshots/"))
        fits = len(vocabulary) == net.input_size == net.output_size
        fits &= len({len(column) for column in history.values()}) <= 1
        if snapshots is not None:
            fits &= snapshots.weights.shape[1] == net.weights.flat.size
            fits &= bool((snapshots.samples < len(vocabulary)).all())
        if not fits:
            raise foreign
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise foreign from error
    return Checkpoint(net, vocabulary, training or None, settings, history, snapshots, notes)


def _network(arrays: _Arrays, header: Mapping[str, Any]) -> Network:
    """The network with its weights.  Raises ValueError (or KeyError, TypeError) if they don't fit."""
    D, H, V = (int(size) for size in header["sizes"])
    network, dtype = NETWORKS[header["cell"]], header["dtype"]
    # The weights' own sizes come first, so that a header can't ask for more than the file holds.
    shapes = arrays[f"weights/W{network.letters[0]}"].shape, arrays["weights/Wy"].shape
    if shapes != ((H, H + D), (V, H)) or dtype not in ("float32", "float64"):
        raise ValueError("sizes")
    net = network(D, H, V, seed=0, dtype=dtype)
    for name in _stored(net):
        value = arrays[f"weights/{name}"]
        if value.shape != net.weights[name].shape:
            raise ValueError(name)
        with np.errstate(over="ignore"):  # too large for this dtype: infinite, and refused for that
            net.weights[name][:] = value
    return net
