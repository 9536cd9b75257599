"""An array of colours as a picture in a URL: a PNG with a palette (RFC 2083), one pixel a number."""

import base64
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def picture_url(places: NDArray, colours: Sequence[str]) -> str:
    """A PNG as data URL; places (rows, columns) in a palette of up to 256 colours, #rrggbb each."""
    rows, columns = places.shape
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)  # 8 bits a pixel, which are a place
    # Each row begins with how it was filtered: 0, not at all.
    lines = np.hstack([np.zeros((rows, 1), "u1"), places.astype("u1")]).tobytes()
    parts = [
        (b"IHDR", header), (b"PLTE", bytes.fromhex("".join(tone[1:] for tone in colours))),
        (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""),
    ]  # fmt: skip
    data = b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, content) for name, content in parts)
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
