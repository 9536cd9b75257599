"""Archives made to hurt: refused in one sentence, at once, and before anything of them takes memory."""

import io
import zipfile
import zlib

import pytest

from lstm import InputError
from lstm.storage.checkpoint import read
from tests.files import GOOD, MB, archive, array_that_lies, bomb, entry, good_entries, refusal_of, zeros
from tests.tiers import first_fast


def test_the_archives_made_by_hand_are_read():
    """Guards the tests below: what they break was whole."""
    for zip64 in (False, True):
        read(io.BytesIO(archive(good_entries(), zip64=zip64)))


@pytest.mark.parametrize(
    "name", first_fast(1, ["weights/Wf", "header", "vocabulary", "weights/Wy", "history/loss"])
)
def test_ten_gigabytes_of_zeros_are_not_unpacked(name):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        array = good.read(f"{name}.npy")
    for size in (len(array), 200, 10 * MB, 500 * MB, 2**32 - 2):
        made = bomb(array, size, zlib.crc32(array))(f"{name}.npy")
        assert len(made[1]) < 11 * MB
        refusal_of(archive(good_entries(**{name.replace("/", "__"): made})))


def test_an_array_as_large_as_it_says_is_refused_if_nothing_needs_it():
    """It is not even unpacked: the header says that the network is smaller."""
    large = array_that_lies((5_000_000,), data=bytes(20_000_000))
    made = entry("weights/Wf.npy", zlib.compress(large, 1)[2:-4], len(large), zipfile.ZIP_DEFLATED)
    assert "not a checkpoint" in refusal_of(archive(good_entries(weights__Wf=made)))


def test_many_small_bombs_are_added_up():
    packed = zeros(20)
    parts = [entry(f"history/c{k}.npy", packed, 20 * MB, zipfile.ZIP_DEFLATED) for k in range(30)]
    assert "unpack" in refusal_of(archive([*good_entries(), *parts]))


def test_entries_that_share_their_bytes_are_added_up():
    """The same ten packed megabytes said to be a hundred different entries, all small."""
    data = archive([entry("header.npy", zeros(10_000), 2**32 - 2, zipfile.ZIP_DEFLATED)], repeat_table=100)
    refusal_of(data)


@pytest.mark.parametrize("zip64", [False, True], ids=["zip", "zip64"])
@pytest.mark.parametrize("count", [201, 3_000, 65_535, 200_000])
def test_a_table_of_contents_without_end_is_not_read(count, zip64):
    data = archive([entry("a.npy", b"")], repeat_table=count, zip64=zip64)
    assert "not a checkpoint" in refusal_of(data)


@pytest.mark.parametrize("count", [201, 1_000])
def test_many_entries_under_different_names_are_refused(count):
    data = archive([*good_entries(), *(entry(f"history/c{k}.npy", b"") for k in range(count))])
    assert "not a checkpoint" in refusal_of(data)


@pytest.mark.parametrize(
    "name",
    ["header.npy", "header", "a.npz", "a/b/c.npy", "../../etc/passwd", "/etc/passwd", "C:\\a.npy", "history/",
     ".npy", "history/.npy", "x" * 60_000 + ".npy", "history/" + "x" * 50 + ".npy", "history/ü.npy",
     "history/a b.npy", "history/**a**.npy", b"weights/Wf.npy\0.npy", b"weights/Wf\0.npy", "", "surprise.npy",
     "weights/Wx.npy", "other/loss.npy"],
    ids=lambda name: repr(name[:20]),
)  # fmt: skip
def test_an_entry_that_is_none_of_ours_is_refused(name):
    data = entry(name, array_that_lies((1,), data=bytes(4)))
    refusal_of(archive([*good_entries(), data]))


def test_an_archive_in_an_archive_is_not_opened():
    inner = archive([entry("weights/Wf.npy", zeros(1_000), 2**32 - 2, zipfile.ZIP_DEFLATED)])
    refusal_of(archive([*good_entries(), entry("inner.zip", inner)]))
    refusal_of(archive(good_entries(weights__Wf=entry("weights/Wf.npy", inner))))


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
