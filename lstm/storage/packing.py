"""What a checkpoint holds, and how it lies in arrays; what does not fit together is refused on both ways."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from lstm.arrays import AnyArray
from lstm.errors import InputError
from lstm.network import NETWORKS, Network
from lstm.network.network import LARGEST_LAYERS
from lstm.settings import Settings
from lstm.storage import schema
from lstm.storage.snapshots import Snapshots, from_arrays
from lstm.storage.untrusted_npz import Archive
from lstm.text import Vocabulary

FORMAT = 1
LARGEST = 512 * 2**20  # bytes, unpacked: a network of 3,000 units with its training fits
_LARGEST_HEADER = 2**16  # bytes, most of them notes
_LARGEST_FORMAT = 1_000  # what claims a higher one is no later version but another file


class RefusedError(InputError):
    """A sentence about the file that is said as it is; any other error on the way makes it a foreign one."""


@dataclass(frozen=True)
class Checkpoint:
    """What a file holds.

    net: of a training that knows its best epoch, the network of that; `Training.restore` gives it the latest
    weights.  training: what `Training.state` returned, or None; settings: those of the training, or None;
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

    def check(self) -> None:
        """Raise ValueError, with the reason in a few words, if a part does not belong to the network."""
        schema.check_training(self.training or {}, self.settings, self.net)
        schema.check_history(self.history)
        schema.check_snapshots(self.snapshots, self.net)
        schema.check_notes(self.notes)


# -- writing --


def pack(checkpoint: Checkpoint) -> dict[str, AnyArray]:
    """Return the arrays of a checkpoint by their names in the file.

    Raises InputError if they could not be read again.
    """
    net, vocabulary, snapshots = checkpoint.net, checkpoint.vocabulary, checkpoint.snapshots
    if net.kind not in NETWORKS:
        raise InputError(
            f"A checkpoint holds a network of the kinds {', '.join(NETWORKS)}, not {net.kind!r}; it was not "
            "saved.  Keep its weights.flat with np.save."
        )
    if not len(vocabulary) == net.input_size == net.output_size:
        raise InputError("The vocabulary does not belong to the network: their sizes differ.")
    latest = (checkpoint.training or {}).get("weights", net.weights.flat)
    if not (np.isfinite(net.weights.flat).all() and np.isfinite(latest).all()):
        raise InputError("The network holds weights that are not numbers (NaN, infinite); it was not saved.")
    try:
        checkpoint.check()
    except ValueError as error:
        raise InputError(f"The checkpoint could not be read again, so it was not saved: {error}.") from error
    groups: dict[str, Mapping[str, AnyArray]] = {
        "weights": {name: net.weights[name] for name in schema.weight_shapes(type(net), 1, 1, 1, net.layers)},
        # The best epoch's weights are the network's, which stand in the file already.
        "training": {n: a for n, a in (checkpoint.training or {}).items() if n != "best_weights"},
        "history": checkpoint.history,
        "snapshots": {} if snapshots is None else snapshots.arrays(),
    }
    arrays: dict[str, AnyArray] = {
        "header": _header(checkpoint),
        # Code points, because an array of strings drops a zero character at the end.
        "vocabulary": np.array([ord(char) for char in vocabulary.chars], np.uint32),
    }
    arrays |= {f"{group}/{name}": array for group, named in groups.items() for name, array in named.items()}
    if sum(array.nbytes for array in arrays.values()) > LARGEST:
        raise InputError(f"The network is too large to be saved: over {LARGEST // 2**20} MB.")
    return arrays


def _header(checkpoint: Checkpoint) -> AnyArray:
    """Return JSON as bytes: what is neither a weight nor a column.  Raises InputError if it is too long."""
    net, settings = checkpoint.net, checkpoint.settings
    header = {
        "format": FORMAT,
        "cell": net.kind,
        "sizes": [net.input_size, net.hidden_size, net.output_size],
        "dtype": net.dtype.name,
        **({"layers": net.layers} if net.layers > 1 else {}),
        "notes": checkpoint.notes,
        "settings": None if settings is None else asdict(settings),
    }
    data: AnyArray = np.frombuffer(json.dumps(header).encode(), np.uint8)
    if len(data) > _LARGEST_HEADER:
        raise InputError(f"The notes are too long: a checkpoint keeps {_LARGEST_HEADER // 2**10} kB of them.")
    return data


# -- reading --


def unpack(arrays: Archive, name: str) -> Checkpoint:
    """Return what the arrays of a file hold; name: the file's, for sentences.

    Raises RefusedError with a sentence, or else whatever comes of arrays that do not fit together:
    KeyError, TypeError, ValueError, OverflowError, RecursionError, or what `Archive` raises.
    """
    if arrays.describe("header").nbytes > _LARGEST_HEADER:
        raise ValueError("header")
    header = json.loads(arrays["header"].tobytes())
    _check_format(header["format"], name)
    net = _network(arrays, header)
    if not np.isfinite(net.weights.flat).all():
        raise RefusedError(f"{name} holds weights that are not numbers (NaN or infinite); train it again.")
    vocabulary = Vocabulary(chr(code) for code in arrays["vocabulary"])
    "".join(vocabulary.chars).encode()  # no lone surrogates, which could never be printed
    checkpoint = Checkpoint(
        net,
        vocabulary,
        training=_training(arrays, net) or None,
        settings=None if header["settings"] is None else Settings(**header["settings"]),
        history=arrays.group("history/"),
        snapshots=from_arrays(arrays.group("snapshots/")),
        notes=header["notes"],
    )
    checkpoint.check()
    return checkpoint


def _check_format(version: Any, name: str) -> None:
    """Raise RefusedError for the format of a later version, ValueError for what is no format."""
    if type(version) is int and FORMAT < version < _LARGEST_FORMAT:
        raise RefusedError(
            f"{name} has format {version}, and this program reads {FORMAT}; update the program."
        )
    if type(version) is not int or version != FORMAT:
        raise ValueError("format")


def _training(arrays: Archive, net: Network) -> dict[str, AnyArray]:
    """Return the state of the training, with the best epoch's weights if the file's are these."""
    state = arrays.group("training/")
    if "best_weights" in state:
        raise ValueError("weights twice")
    return state | ({"best_weights": net.weights.flat.copy()} if "best_epoch" in state else {})


def _network(arrays: Archive, header: Mapping[str, Any]) -> Network:
    """Return the network with its weights, made only when all of its arrays are known to be there."""
    (D, H, V), layers = header["sizes"], header.get("layers", 1)
    network, dtype = NETWORKS[header["cell"]], header["dtype"]
    if not all(type(size) is int for size in (D, H, V)) or D != V or dtype not in ("float32", "float64"):
        raise ValueError("sizes")
    if type(layers) is not int or not 1 <= layers <= LARGEST_LAYERS:
        raise ValueError("layers")
    shapes = schema.weight_shapes(network, D, H, V, layers)
    expected = {f"weights/{name}": (np.dtype(dtype), shape) for name, shape in shapes.items()}
    expected["vocabulary"] = np.dtype(np.uint32), (V,)
    described = {name: arrays.describe(name)[:2] for name in expected}
    groups = ("training/", "history/", "snapshots/")
    if described != expected or not all(
        n in expected or n == "header" or n.startswith(groups) for n in arrays
    ):
        raise ValueError("arrays")
    net = network(D, H, V, seed=0, dtype=dtype, layers=layers)
    for name in shapes:
        net.weights[name][:] = arrays[f"weights/{name}"]
    return net
