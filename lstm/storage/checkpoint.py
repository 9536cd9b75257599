"""One file for a network, its vocabulary and, if wanted, its training: a plain .npz, never pickle.

The file may have any name.  It is written beside its place and renamed into it, so a reader sees
the old file or the new one and never half of one.  An untrusted file is checked from its table of
contents before anything of it is unpacked (`untrusted_npz`): what it claims to hold must be what a network of
its sizes holds (`schema`).
"""

import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from lstm.arrays import AnyArray
from lstm.errors import InputError, check_name
from lstm.network import NETWORKS, Network
from lstm.storage import schema as parts
from lstm.storage.snapshots import Snapshots, from_arrays
from lstm.storage.untrusted_npz import DAMAGED, Archive, TooLargeError, is_archive
from lstm.text import Vocabulary
from lstm.training import Settings, Training

FORMAT = 1
_LARGEST = 512 * 2**20  # bytes, unpacked: a network of 3,000 units with its training fits
_LARGEST_HEADER = 2**16  # bytes, most of them notes


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds.

    training: what `Training.state` returned, or None; settings: those of the training, or None;
    history: columns of the loss history by name; snapshots: moments of the run, or None; notes: short
    texts by name (the text's name, …).
    """

    net: Network
    vocabulary: Vocabulary
    training: dict[str, AnyArray] | None = None
    settings: Settings | None = None
    history: dict[str, AnyArray] = field(default_factory=dict)
    snapshots: Snapshots | None = None
    notes: dict[str, str] = field(default_factory=dict)


# -- writing --


def save(
    path: str | Path,
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None = None,
    history: Mapping[str, AnyArray] | None = None,
    notes: Mapping[str, str] | None = None,
    snapshots: Snapshots | None = None,
) -> None:
    """Write a checkpoint to exactly this path.

    With `training` the run can be resumed exactly; history, snapshots and notes are kept as they are.
    Raises InputError, and leaves what was there, if the place cannot be written to or what would be
    written could not be read again.
    """
    arrays = _packed(net, vocabulary, training, history, notes, snapshots)
    write_beside(path, lambda file: np.savez(file, allow_pickle=False, **arrays))


def dump(
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None = None,
    history: Mapping[str, AnyArray] | None = None,
    notes: Mapping[str, str] | None = None,
    snapshots: Snapshots | None = None,
) -> bytes:
    """The checkpoint that `save` would write.  Raises InputError if it could not be read again."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **_packed(net, vocabulary, training, history, notes, snapshots))
    return file.getvalue()


def _packed(
    net: Network,
    vocabulary: Vocabulary,
    training: Training | None,
    history: Mapping[str, AnyArray] | None,
    notes: Mapping[str, str] | None,
    snapshots: Snapshots | None,
) -> dict[str, AnyArray]:
    """The arrays of a checkpoint by their names in the file.  Raises InputError as `save` does."""
    if not len(vocabulary) == net.input_size == net.output_size:
        raise InputError("The vocabulary does not belong to the network: their sizes differ.")
    if not np.isfinite(net.weights.flat).all():
        raise InputError("The network holds weights that are not numbers (NaN, infinite); it was not saved.")
    settings = None if training is None else training.settings
    state = {} if training is None else training.state()
    history = {name: np.asarray(column) for name, column in (history or {}).items()}
    notes = dict(notes or {})
    try:
        parts.check_training(state, settings, net)
        parts.check_history(history)
        parts.check_snapshots(snapshots, net)
        parts.check_notes(notes)
    except ValueError as error:
        raise InputError(f"The checkpoint could not be read again, so it was not saved: {error}.") from error
    header = {
        "format": FORMAT,
        "cell": net.kind,
        "sizes": [net.input_size, net.hidden_size, net.output_size],
        "dtype": net.dtype.name,
        "notes": notes,
        "settings": None if settings is None else asdict(settings),
    }
    arrays: dict[str, AnyArray] = {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        # Code points, because an array of strings drops a zero character at the end.
        "vocabulary": np.array([ord(char) for char in vocabulary.chars], np.uint32),
    }
    arrays |= {f"weights/{name}": net.weights[name] for name in parts.weight_shapes(type(net), 1, 1, 1)}
    arrays |= {f"training/{name}": value for name, value in state.items()}
    arrays |= {f"history/{name}": column for name, column in history.items()}
    if snapshots is not None:
        arrays |= {f"snapshots/{name}": value for name, value in snapshots.arrays().items()}
    if len(arrays["header"]) > _LARGEST_HEADER:
        raise InputError(f"The notes are too long: a checkpoint keeps {_LARGEST_HEADER // 2**10} kB of them.")
    if sum(array.nbytes for array in arrays.values()) > _LARGEST:
        raise InputError(f"The network is too large to be saved: over {_LARGEST // 2**20} MB.")
    return arrays


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


# -- reading --


def load(path: str | Path | BinaryIO) -> tuple[Network, Vocabulary]:
    """The network and the vocabulary of a checkpoint; see `read` for the rest of it."""
    checkpoint = read(path)
    return checkpoint.net, checkpoint.vocabulary


def read(path: str | Path | BinaryIO, *, largest: int = _LARGEST) -> Checkpoint:
    """Everything a checkpoint holds.

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


def read_bytes(data: bytes, *, largest: int = _LARGEST) -> Checkpoint:
    """Everything that the bytes of a checkpoint hold.  Raises InputError as `read` does."""
    return read(io.BytesIO(data), largest=largest)


class _RefusedError(InputError):
    """A sentence about the file that is said as it is; any other error on the way makes it a foreign one."""


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
        return _build(Archive(file, largest), name)
    except _RefusedError:
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


def _build(arrays: Archive, name: str) -> Checkpoint:
    """Everything of a checkpoint.  Whatever does not fit together raises something; see `_read`."""
    if arrays.describe("header").nbytes > _LARGEST_HEADER:
        raise ValueError("header")
    header = json.loads(arrays["header"].tobytes())
    version = header["format"]
    if type(version) is int and FORMAT < version < 1_000:
        raise _RefusedError(
            f"{name} has format {version}, and this program reads {FORMAT}; update the program."
        )
    if type(version) is not int or version != FORMAT:
        raise ValueError("format")
    net = _network(arrays, header)
    if not np.isfinite(net.weights.flat).all():
        raise _RefusedError(f"{name} holds weights that are not numbers (NaN or infinite); train it again.")
    vocabulary = Vocabulary(chr(code) for code in arrays["vocabulary"])
    "".join(vocabulary.chars).encode()  # no lone surrogates, which could never be printed
    settings = None if header["settings"] is None else Settings(**header["settings"])
    training, history = arrays.group("training/"), arrays.group("history/")
    snapshots, notes = from_arrays(arrays.group("snapshots/")), header["notes"]
    parts.check_training(training, settings, net)
    parts.check_history(history)
    parts.check_snapshots(snapshots, net)
    parts.check_notes(notes)
    return Checkpoint(net, vocabulary, training or None, settings, history, snapshots, notes)


def _network(arrays: Archive, header: Mapping[str, Any]) -> Network:
    """The network with its weights, made only when all of its arrays are known to be there."""
    D, H, V = header["sizes"]
    network, dtype = NETWORKS[header["cell"]], header["dtype"]
    if not all(type(size) is int for size in (D, H, V)) or D != V or dtype not in ("float32", "float64"):
        raise ValueError("sizes")
    shapes = parts.weight_shapes(network, D, H, V)
    expected = {f"weights/{name}": (np.dtype(dtype), shape) for name, shape in shapes.items()}
    expected["vocabulary"] = np.dtype(np.uint32), (V,)
    described = {name: arrays.describe(name)[:2] for name in expected}
    groups = ("training/", "history/", "snapshots/")
    if described != expected or not all(
        n in expected or n == "header" or n.startswith(groups) for n in arrays
    ):
        raise ValueError("arrays")
    net = network(D, H, V, seed=0, dtype=dtype)
    for name in shapes:
        net.weights[name][:] = arrays[f"weights/{name}"]
    return net
