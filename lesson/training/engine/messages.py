"""What server and worker send each other: a line of JSON with, where there is one, a file after it.

JSON and no pickle, because then nothing that arrives can be more than numbers and words.
"""

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<QQ")


def send(stream: BinaryIO, message: dict[str, Any], data: bytes = b"") -> None:
    """Write a message at once.  Raises OSError if nobody reads any more."""
    head = json.dumps(message).encode()
    stream.write(_LENGTHS.pack(len(head), len(data)) + head + data)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message and its file; None at the end of the stream, within a message too."""
    lengths = _exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, data_size = _LENGTHS.unpack(lengths)
    head, data = _exactly(stream, head_size), _exactly(stream, data_size)
    return None if head is None or data is None else (json.loads(head), data)


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if data is not None and len(data) == size else None
