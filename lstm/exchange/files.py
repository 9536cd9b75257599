"""Files with PyTorch's names: .safetensors, and .npz as `np.savez("model.npz", **state)` writes it.

Both carry the vocabulary: .safetensors in its metadata, as JSON, .npz as an array of code points.  Files are
untrusted: what a header promises is checked and bounded before anything is made of it, and nothing is ever
unpickled.
"""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lstm.arrays import AnyArray
from lstm.errors import InputError, check_name
from lstm.exchange.pytorch import from_torch, to_torch
from lstm.exchange.safetensors_header import read_header
from lstm.exchange.weights import LARGEST
from lstm.network import Network
from lstm.storage import checkpoint
from lstm.storage.checkpoint import Checkpoint
from lstm.storage.untrusted_npz import (
    DAMAGED,
    STATE_NAMES,
    Archive,
    ForeignError,
    TooLargeError,
    entry_names,
    is_archive,
)
from lstm.text import Vocabulary

_MISSING = "Reading and writing .safetensors needs a package that is not installed: pip install safetensors"
_AS_JSON = "{'vocabulary': json.dumps(chars)}"  # chars: in the order of their indices
_HOW_TO_SAVE = f"use safetensors.torch: save_file(model.state_dict(), path, {_AS_JSON})"
CELL, READOUT = "rnn.", "readout."  # what the names in our files begin with


def save_safetensors(path: str | Path, net: Network, vocabulary: Vocabulary) -> None:
    """Write a network as a .safetensors file with PyTorch's names and the vocabulary.

    `load_state_dict(safetensors.torch.load_file(path))` fits a module whose parts are called `rnn` and
    `readout`.  Raises InputError if the package is missing, the place can't be written to, or the network
    has no place in PyTorch.
    """
    data = dump_safetensors(net, vocabulary)
    checkpoint.write_beside(path, lambda file: file.writelines([data]))


def dump_safetensors(net: Network, vocabulary: Vocabulary) -> bytes:
    """Return the file that `save_safetensors` would write."""
    if not len(vocabulary) == net.input_size == net.output_size:
        raise InputError("The vocabulary does not belong to the network: their sizes differ.")
    try:
        from safetensors.numpy import save
    except ImportError as error:
        raise InputError(_MISSING) from error
    metadata = {"vocabulary": json.dumps("".join(vocabulary.chars)), "format": "pt"}
    return bytes(save(to_torch(net, CELL, READOUT), metadata))


def load_safetensors(
    source: str | Path | bytes, vocabulary: Vocabulary | None = None, *, largest: int = LARGEST
) -> tuple[Network, Vocabulary]:
    """Return the network of a .safetensors file with PyTorch's names, and its vocabulary.

    source: a path, or the file's bytes; vocabulary: for a file that has none; largest: bytes of the file.
    Raises InputError, in one sentence, for a file that is missing, damaged, too large or something else.
    """
    data, name = _bytes(source, largest)
    return _from_safetensors(data, name, vocabulary, largest)


def read_model(source: str | Path | bytes, *, largest: int = LARGEST) -> Checkpoint:
    """Read a network from a checkpoint, a .safetensors file, or an .npz with PyTorch's names.

    Raises InputError, in one sentence, for everything else, among it what `torch.save` writes.
    """
    data, name = _bytes(source, largest)
    if data[:1] == b"\x80":
        raise InputError(f"{name} is a pickle and is never opened; {_HOW_TO_SAVE}.")
    if is_archive(data[:4]) and (model := _from_archive(data, name, largest)):
        return model
    if data[8:9] == b"{":
        return Checkpoint(*_from_safetensors(data, name, None, largest))
    return checkpoint.read(source if not isinstance(source, bytes) else io.BytesIO(data), largest=largest)


def _bytes(source: str | Path | bytes, largest: int) -> tuple[bytes, str]:
    """Return a file's bytes, no more than it may have, and its name for sentences."""
    name = "The file"
    if not isinstance(source, bytes):
        name = check_name(source)
        try:
            if Path(source).is_dir():
                raise InputError(f"{name} is a folder; name a file in it.")
            with open(source, "rb") as file:
                source = file.read(largest + 1)
        except FileNotFoundError as error:
            raise InputError(f"There is no file {name}; check the name.") from error
        except OSError as error:
            raise InputError(f"{name} cannot be read ({error.strerror or error}).") from error
    if len(source) > largest:
        raise InputError(f"{name} is larger than {largest / 2**20:,.0f} MB; give a smaller model.")
    return source, name


# -- .safetensors --


def _from_safetensors(
    data: bytes, name: str, vocabulary: Vocabulary | None, largest: int
) -> tuple[Network, Vocabulary]:
    metadata = read_header(data, name)
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load
    except ImportError as error:
        raise InputError(_MISSING) from error
    try:
        state = load(data)
    except SafetensorError as error:
        raise InputError(f"{name} is damaged or incomplete; save it again.") from error
    return _network_and_vocabulary(state, vocabulary or _vocabulary_of(metadata, name), name, largest)


def _vocabulary_of(metadata: Mapping[str, str], name: str) -> Vocabulary:
    """Return the vocabulary that the metadata hold as JSON: a string, or a list of characters."""
    if "vocabulary" not in metadata:
        raise InputError(
            f"{name} has no vocabulary; save it with metadata={_AS_JSON}, chars in the order of "
            "their indices."
        )
    try:
        chars = json.loads(metadata["vocabulary"])
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{name} has a vocabulary that is no JSON; write it with json.dumps(chars)."
        ) from error
    if not isinstance(chars, (str, list)) or not all(isinstance(char, str) for char in chars):
        raise InputError(f"{name} has a vocabulary that is no list of characters; write json.dumps(chars).")
    return _checked(chars, name)


def _checked(chars: str | list[str], name: str) -> Vocabulary:
    if pieces := [char for char in chars if len(char) != 1]:
        quoted = re.sub(r"[^\w ]+", "…", pieces[0][:20])  # it may hold markup
        raise InputError(
            f"{name} has pieces like “{quoted}” in its vocabulary; networks here read single characters."
        )
    try:
        "".join(chars).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{name} has a vocabulary with half a character; write it again.") from error
    return Vocabulary(chars)


# -- .npz --


def _from_archive(data: bytes, name: str, largest: int) -> Checkpoint | None:
    """Read a zip file that holds a state_dict; None if it holds none.  Refuse what torch.save wrote."""
    file = io.BytesIO(data)
    try:
        names = entry_names(io.BytesIO(data))
    except (ForeignError, *DAMAGED):
        names = []  # what is wrong with it is said below
    if any(entry.endswith("data.pkl") for entry in names):
        raise InputError(f"{name} is a pickle of torch.save and is never opened; {_HOW_TO_SAVE}.")
    if not any(entry.endswith("weight.npy") or "weight_hh" in entry for entry in names):
        return None
    try:
        archive = Archive(file, largest, STATE_NAMES)
        state: dict[str, Any] = {entry: archive[entry] for entry in archive}
    except TooLargeError as error:
        raise InputError(
            f"{name} would unpack to over {largest / 2**20:,.0f} MB; give a smaller model."
        ) from error
    except ForeignError as error:
        raise InputError(
            f"{name} is no .npz of plain arrays; write it with np.savez(path, **state)."
        ) from error
    except DAMAGED as error:
        raise InputError(f"{name} is damaged or incomplete; save it again.") from error
    vocabulary = _vocabulary_of_codes(state.pop("vocabulary", None), name)
    return Checkpoint(*_network_and_vocabulary(state, vocabulary, name, largest))


def _vocabulary_of_codes(codes: AnyArray | None, name: str) -> Vocabulary:
    if codes is None:
        raise InputError(
            f"{name} has no vocabulary; add vocabulary=[ord(c) for c in chars] to np.savez, chars in the "
            "order of their indices."
        )
    if codes.dtype.kind not in "iu" or codes.ndim != 1 or not ((codes >= 0) & (codes < 0x110000)).all():
        raise InputError(
            f"{name} has a vocabulary that is no list of code points; write [ord(c) for c in chars]."
        )
    return _checked([chr(code) for code in codes], name)


def _network_and_vocabulary(
    state: Mapping[str, Any], vocabulary: Vocabulary, name: str, largest: int
) -> tuple[Network, Vocabulary]:
    net = from_torch(state, largest=largest)
    if not len(vocabulary) == net.input_size == net.output_size:
        raise InputError(
            f"{name} has {len(vocabulary)} characters for a network with {net.input_size} inputs and "
            f"{net.output_size} outputs; the three must be equal."
        )
    return net, vocabulary
