"""Checkpoints and archives for tests: a good one, and makers of others that are wrong in one place."""

import io
import json
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from lstm import LSTM, InputError, Vocabulary, save
from lstm.storage.checkpoint import read

MB = 2**20
VOCABULARY = Vocabulary("\0\nabé漢🙂")
V = len(VOCABULARY)


def checkpoint_of(net, vocabulary=VOCABULARY, **more):
    """A checkpoint as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder) / "m", net, vocabulary, **more)
        return (Path(folder) / "m").read_bytes()


GOOD = checkpoint_of(LSTM(V, 4, V, seed=1), notes={"text": "x"}, history={"loss": np.arange(3.0)})


def good_arrays():
    """The arrays of a good file by name."""
    with np.load(io.BytesIO(GOOD), allow_pickle=False) as arrays:
        return dict(arrays)


def npz(arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def with_arrays(**changes):
    """A good file but for some arrays; __ in a name stands for /, None takes an array out."""
    arrays = good_arrays() | {name.replace("__", "/"): value for name, value in changes.items()}
    return npz({name: value for name, value in arrays.items() if value is not None})


def with_header(**changes):
    """A good file but for some fields of its header."""
    header = json.loads(good_arrays()["header"].tobytes()) | changes
    return with_arrays(header=np.frombuffer(json.dumps(header).encode(), np.uint8))


def with_raw(name, data, **how):
    """A good file but for the bytes of one entry."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(file, "w", **how) as archive:
        for entry in good.namelist():
            archive.writestr(entry, data if entry == name else good.read(entry))
    return file.getvalue()


def array_that_lies(shape, dtype="<f4", data=b"\0" * 16):
    """An .npy whose header promises more than it holds."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
    return file.getvalue() + data


def refusal_of(data):
    """The one sentence with which a file is refused."""
    with pytest.raises(InputError) as caught:
        read(io.BytesIO(data))
    message = str(caught.value)
    assert message.endswith(".") and "\n" not in message and len(message) < 200
    return message


def mutate(data, changes):
    data = bytearray(data)
    for position, value in changes:
        data[position % len(data)] = value
    return bytes(data)


def loads_or_is_refused(data):
    try:
        read(io.BytesIO(data))
    except InputError as error:
        assert "\n" not in str(error)


PACKED = with_raw("", b"", compression=zipfile.ZIP_DEFLATED)


# -- archives by hand --


def entry(name, packed, size=None, method=zipfile.ZIP_STORED, crc=None):
    """One entry of an archive by hand; its size and its checksum may be lies."""
    size = len(packed) if size is None else size
    crc = zlib.crc32(packed) if crc is None else crc
    return name if isinstance(name, bytes) else name.encode(), packed, size, method, crc


def archive(entries, repeat_table=1, zip64=False):
    """An archive by hand; its table of contents may be repeated."""
    body, table = b"", b""
    for name, packed, size, method, crc in entries:
        sizes = (crc, len(packed), size, len(name), 0)
        place = len(body)
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, method, 0, 0, *sizes) + name + packed
        start = struct.pack("<4s6H3L2H", b"PK\x01\x02", 20, 20, 0, method, 0, 0, *sizes)
        table += start + struct.pack("<3H2L", 0, 0, 0, 0, place) + name
    count, table = len(entries) * repeat_table, table * repeat_table
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(table), len(body), 0
    )
    if zip64:
        where = len(body) + len(table)
        numbers = (44, 45, 45, 0, 0, count, count, len(table), len(body))
        end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", *numbers)
        end += struct.pack("<4sLQL", b"PK\x06\x07", 0, where, 1)
        end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return body + table + end


def good_entries(**changes):
    """The entries of a good file, some of them replaced; __ stands for /."""
    changes = {name.replace("__", "/") + ".npy": value for name, value in changes.items()}
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        return [changes.get(name) or entry(name, good.read(name)) for name in good.namelist()]


def zeros(megabytes):
    """Zeros as a deflated stream, made at once: every megabyte is packed alike."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return one * megabytes + packer.flush()


def bomb(start, size, crc=0):
    """An entry that holds `start` and then ten gigabytes of zeros, and says that it holds `size` bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH) + zeros(10_240)
    return lambda name: entry(name, packed, size, zipfile.ZIP_DEFLATED, crc)
