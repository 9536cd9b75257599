"""Archives made to hurt: refused in one sentence, at once, and before anything of them takes memory."""

import io
import struct
import zipfile
import zlib

import pytest

from lstm import InputError
from lstm.storage.checkpoint import read
from tests.lstm.storage.test_checkpoint import GOOD, lying

MB = 2**20


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


def refused(data):
    """The sentence with which it is refused."""
    with pytest.raises(InputError) as caught:
        read(io.BytesIO(data))
    message = str(caught.value)
    assert message.endswith(".") and "\n" not in message and len(message) < 200
    return message


def test_the_archives_made_by_hand_are_read():
    """Guards the tests below: what they break was whole."""
    for zip64 in (False, True):
        read(io.BytesIO(archive(good_entries(), zip64=zip64)))


@pytest.mark.parametrize("name", ["header", "vocabulary", "weights/Wf", "weights/Wy", "history/loss"])
def test_ten_gigabytes_of_zeros_are_not_unpacked(name):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        array = good.read(f"{name}.npy")
    for size in (len(array), 200, 10 * MB, 500 * MB, 2**32 - 2):
        made = bomb(array, size, zlib.crc32(array))(f"{name}.npy")
        assert len(made[1]) < 11 * MB
        refused(archive(good_entries(**{name.replace("/", "__"): made})))


def test_an_array_as_large_as_it_says_is_refused_if_nothing_needs_it():
    """It is not even unpacked: the header says that the network is smaller."""
    large = lying((20_000_000,), data=bytes(80_000_000))
    made = entry("weights/Wf.npy", zlib.compress(large, 1)[2:-4], len(large), zipfile.ZIP_DEFLATED)
    assert "not a checkpoint" in refused(archive(good_entries(weights__Wf=made)))


def test_many_small_bombs_are_added_up():
    packed = zeros(20)
    parts = [entry(f"history/c{k}.npy", packed, 20 * MB, zipfile.ZIP_DEFLATED) for k in range(30)]
    assert "unpack" in refused(archive([*good_entries(), *parts]))


def test_entries_that_share_their_bytes_are_added_up():
    """The same ten packed megabytes said to be a hundred different entries, all small."""
    data = archive([entry("header.npy", zeros(10_000), 2**32 - 2, zipfile.ZIP_DEFLATED)], repeat_table=100)
    refused(data)


@pytest.mark.parametrize("zip64", [False, True], ids=["zip", "zip64"])
@pytest.mark.parametrize("count", [201, 3_000, 65_535, 200_000])
def test_a_table_of_contents_without_end_is_not_read(count, zip64):
    data = archive([entry("a.npy", b"")], repeat_table=count, zip64=zip64)
    assert "not a checkpoint" in refused(data)


@pytest.mark.parametrize("count", [201, 1_000])
def test_many_entries_under_different_names_are_refused(count):
    data = archive([*good_entries(), *(entry(f"history/c{k}.npy", b"") for k in range(count))])
    assert "not a checkpoint" in refused(data)


@pytest.mark.parametrize(
    "name",
    ["header.npy", "header", "a.npz", "a/b/c.npy", "../../etc/passwd", "/etc/passwd", "C:\\a.npy", "history/",
     ".npy", "history/.npy", "x" * 60_000 + ".npy", "history/" + "x" * 50 + ".npy", "history/ü.npy",
     "history/a b.npy", "history/**a**.npy", b"weights/Wf.npy\0.npy", b"weights/Wf\0.npy", "", "surprise.npy",
     "weights/Wx.npy", "other/loss.npy"],
    ids=lambda name: repr(name[:20]),
)  # fmt: skip
def test_an_entry_that_is_none_of_ours_is_refused(name):
    data = entry(name, lying((1,), data=bytes(4)))
    refused(archive([*good_entries(), data]))


def test_an_archive_in_an_archive_is_not_opened():
    inner = archive([entry("weights/Wf.npy", zeros(1_000), 2**32 - 2, zipfile.ZIP_DEFLATED)])
    refused(archive([*good_entries(), entry("inner.zip", inner)]))
    refused(archive(good_entries(weights__Wf=entry("weights/Wf.npy", inner))))


@pytest.mark.parametrize("zip64", [False, True], ids=["zip", "zip64"])
def test_places_that_do_not_exist_are_refused(zip64, tmp_path):
    """Every number at the archive's end at its largest, in memory and on disk."""
    data = archive(good_entries(), zip64=zip64)
    for start in range(len(data) - 98, len(data) - 7):
        for value in (b"\xff" * 8, b"\xff" * 3 + b"\x7f" + b"\xff" * 3 + b"\x7f", bytes(8)):
            hurt = data[:start] + value + data[start + 8 :]
            (tmp_path / "m").write_bytes(hurt)
            for source in (io.BytesIO(hurt), tmp_path / "m"):
                try:
                    read(source)
                except InputError as error:
                    assert "\n" not in str(error)
