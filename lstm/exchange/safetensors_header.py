"""The header of an untrusted .safetensors file: bounded and checked before the package reads the rest.

The file is eight bytes (the header's length), the header as JSON, the numbers.  Places that overlap, leave
holes or lie outside the file are found by the package itself; what it would accept and we can't use is found
here.
"""

import json
import re

from lstm.errors import InputError

_LARGEST_HEADER = 2**20  # bytes: hundreds of names and a vocabulary of ten thousand characters
_MOST_ENTRIES = 500
_MOST_DIMENSIONS = 8
_TYPES = ("F64", "F32", "F16")
# What sentences quote of a file: nothing that a page or a terminal would make something of.
_NAME = re.compile(r"[\w.\[\]-]{1,120}")
_TYPE = re.compile(r"\w{1,20}", re.ASCII)


def read_header(data: bytes, name: str) -> dict[str, str]:
    """Return the metadata, texts by name.  Raises InputError for a header that no model of ours can have."""
    size = int.from_bytes(data[:8], "little")
    if size > len(data) - 8:
        raise InputError(f"{name} is damaged or incomplete; save it again.")
    if size > _LARGEST_HEADER:
        raise InputError(
            f"{name} has a header of more than {_LARGEST_HEADER // 2**20} MB; give a smaller model."
        )
    try:
        header = json.loads(data[8 : 8 + size])
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no .safetensors file; save it again.") from error
    metadata = header.pop("__metadata__", {}) if isinstance(header, dict) else None
    if not isinstance(metadata, dict) or not all(isinstance(entry, dict) for entry in header.values()):
        raise InputError(f"{name} is no .safetensors file; save it again.")
    if len(header) > _MOST_ENTRIES:
        raise InputError(f"{name} holds {len(header):,} arrays; give the state_dict of one small network.")
    for tensor, entry in header.items():
        if not _NAME.fullmatch(tensor):
            raise InputError(f"{name} holds an array with a name that no module has; save a state_dict.")
        dtype, shape = entry.get("dtype"), entry.get("shape")
        if dtype not in _TYPES:
            kind = dtype if isinstance(dtype, str) and _TYPE.fullmatch(dtype) else "numbers of no known type"
            raise InputError(
                f"{tensor[:60]!r} in {name} holds {kind}, and only F64, F32 and F16 "
                "are read; save model.float().state_dict()."
            )
        if isinstance(shape, list) and len(shape) > _MOST_DIMENSIONS:
            raise InputError(f"{name} is damaged or incomplete; save it again.")
    return metadata
