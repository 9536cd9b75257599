"""The arrays of an untrusted .npz, each checked before it is unpacked.

A zip file's table of contents says how much it holds, and it may lie.  So the table itself may only be
as long as ours are, what it promises is added up before anything is unpacked, and of each entry no more
is unpacked than the header of its array asks for.
"""

import math
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any, BinaryIO, Literal, NamedTuple, cast

import numpy as np

from lstm.arrays import AnyArray

_MAGIC = b"PK\x03\x04"
_LARGEST_TABLE = 2**17  # bytes of the table of contents: ours take 100 for each of their 40 entries or less
_MOST_ENTRIES = 200
_NAME = re.compile(r"(?:\w{1,40}/)?\w{1,40}\.npy", re.ASCII)
STATE_NAMES = re.compile(r"[\w.]{1,120}\.npy", re.ASCII)  # of a state_dict: "encoder.rnn.weight_ih_l0"
# The header of an array as NumPy writes it, version 1.  NumPy would read it with a Python parser, which
# is more than untrusted bytes should reach.
_HEADER = re.compile(
    rb"\{'descr': '([<>|][biuf]\d{1,2})', 'fortran_order': (True|False), 'shape': \(([\d, ]{0,99})\), \} *\n"
)
_LARGEST_HEADER = 1_000  # bytes: what `_HEADER` matches, and the spaces behind it
# What the zip file's own reader and the decompressor behind it raise.
DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
    EOFError, NotImplementedError, UnicodeDecodeError,
)  # fmt: skip


class ForeignError(ValueError):
    """The file is not one that this program has saved."""


class TooLargeError(ValueError):
    """The file would unpack to more than it may."""


class Description(NamedTuple):
    """What an array's header says."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    order: Literal["C", "F"]
    start: int  # bytes before its numbers

    @property
    def nbytes(self) -> int:
        """Bytes of its numbers."""
        return math.prod(self.shape) * self.dtype.itemsize


class Archive(Mapping[str, AnyArray]):
    """The arrays by name, read when they are asked for.

    `largest`: bytes that all of them may have together; names: what an entry may be called.
    Raises TooLargeError, ForeignError or one of DAMAGED, here and whenever an array is read.
    """

    def __init__(self, file: BinaryIO, largest: int, names: re.Pattern[str] = _NAME) -> None:
        self._archive = _open(file)
        entries = self._archive.infolist()
        if len(entries) > _MOST_ENTRIES or not all(names.fullmatch(entry.orig_filename) for entry in entries):
            raise ForeignError("names")
        self._entries = {entry.filename.removesuffix(".npy"): entry for entry in entries}
        if len(self._entries) != len(entries):
            raise ForeignError("a name twice")
        if any(entry.header_offset < 0 for entry in entries):
            raise zipfile.BadZipFile("places")
        # Packing makes nothing larger by more than this; where it seems to, more is packed than is said.
        if any(entry.compress_size > entry.file_size * 1.001 + 100 for entry in entries):
            raise ForeignError("sizes")
        if sum(entry.file_size for entry in entries) > largest:
            raise TooLargeError("all arrays together")

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def group(self, prefix: str) -> dict[str, AnyArray]:
        """Return all arrays whose names begin so, by the rest of their names."""
        return {name.removeprefix(prefix): self[name] for name in self if name.startswith(prefix)}

    def describe(self, name: str) -> Description:
        """Return what the header of an array says, checked against the table of contents."""
        with self._opened(name) as file:
            return self._described(name, file)

    def __getitem__(self, name: str) -> AnyArray:
        with self._opened(name) as file:
            described = self._described(name, file)
            # With its size: without it, all that is packed would be unpacked at once and then cut.
            data = file.read(described.nbytes)
        if len(data) != described.nbytes:
            raise EOFError(name)
        numbers: AnyArray = np.frombuffer(data, described.dtype)
        return numbers.reshape(described.shape, order=described.order)

    def _opened(self, name: str) -> IO[bytes]:
        if name not in self._entries:
            raise ForeignError(name)
        entry = self._entries[name]
        # NumPy writes entries as they are or deflated; nothing else is ours, and no entry is encrypted.
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ForeignError(name)
        return self._archive.open(entry)

    def _described(self, name: str, file: IO[bytes]) -> Description:
        start = file.read(10)
        size = int.from_bytes(start[8:], "little")
        if start[:8] != b"\x93NUMPY\x01\x00" or size > _LARGEST_HEADER:
            raise ForeignError(name)
        header = _HEADER.fullmatch(file.read(size))
        if header is None:
            raise ForeignError(name)
        try:
            dtype = np.dtype(header[1].decode())
        except TypeError as error:
            raise ForeignError(name) from error
        shape = tuple(int(number) for number in header[3].split(b",") if number.strip())
        described = Description(dtype, shape, "F" if header[2] == b"True" else "C", 10 + size)
        if described.start + described.nbytes != self._entries[name].file_size:
            raise ForeignError(name)
        return described


class _Table:
    """A file that, while its table of contents is read, gives no more at once than a table of ours has."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.opening = True

    def read(self, size: int = -1) -> bytes:
        """Read as the file itself does, but no more than a table at once."""
        if not self.opening:
            return self._file.read(size)
        data = self._file.read(_LARGEST_TABLE + 1 if size < 0 else min(size, _LARGEST_TABLE + 1))
        if len(data) > _LARGEST_TABLE:
            raise ForeignError("table of contents")
        return data

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def is_archive(start: bytes) -> bool:
    """Return whether a file that begins so may be an archive."""
    return start.startswith(_MAGIC)


def entry_names(file: BinaryIO) -> list[str]:
    """Return the names in an archive's table of contents.  Raises ForeignError or one of DAMAGED."""
    return _open(file).namelist()


def _open(file: BinaryIO) -> zipfile.ZipFile:
    """Open the archive with its table of contents."""
    table = _Table(file)
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], table))
    except (ValueError, OverflowError) as error:  # a place before the file's beginning, or beyond any
        if isinstance(error, ForeignError):
            raise
        raise zipfile.BadZipFile("places") from error
    table.opening = False
    return archive
