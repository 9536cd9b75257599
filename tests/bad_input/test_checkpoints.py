"""Checkpoints that nobody should give: each is refused in one sentence, or taken where that is right."""

import pickle

import numpy as np

from lesson.training.live.own_checkpoint import checked_model
from lesson.training.live.own_text import MOST_CHARACTERS
from lstm import GRU, RNN
from tests.bad_input.doors import (
    ACCEPTED,
    MARKUP,
    Runs,
    each_case,
    foreign_zip,
    history,
    knows,
    many_bombs,
    more_entries,
    outcome,
    symlink_in_zip,
    ten_gigabytes,
    wrong_checksum,
    zip_in_zip,
)
from tests.files import (
    GOOD,
    MB,
    V,
    archive,
    array_that_lies,
    entry,
    mutate,
    npz,
    with_arrays,
    with_header,
    with_raw,
)

_SHAPE = b"{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }"
FOREIGN, HURT = "not a checkpoint", "damaged"


def npy(header, rest=b""):
    """A good file but for an array with this header."""
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + rest
    return with_raw("history/loss.npy", data)


CHECKPOINTS = {
    "empty": (b"", FOREIGN),
    "one byte": (b"P", FOREIGN),
    "a text": (b"Once upon a time", FOREIGN),
    "noise": (np.random.default_rng(0).bytes(10_000), FOREIGN),
    "noise that begins like an archive": (b"PK\x03\x04" + np.random.default_rng(0).bytes(10_000), HURT),
    "an empty archive": (b"PK\x05\x06" + bytes(18), FOREIGN),
    "UTF-16 of an archive": (GOOD.decode("latin-1").encode("utf-16"), FOREIGN),
    "a pickle": (pickle.dumps(Runs()), "pickle.*never opened"),
    "a pickle of a network, old": (pickle.dumps({"Wf": [1.0]}, protocol=0), FOREIGN),
    "an array of pickles": (with_arrays(history__loss=np.array([Runs()], object)), FOREIGN),
    "a header that is a pickle": (with_raw("header.npy", pickle.dumps(Runs())), FOREIGN),
    "half of it": (GOOD[: len(GOOD) // 2], HURT),
    "without its end": (GOOD[:-1], HURT),
    "without its beginning": (GOOD[100:], FOREIGN),
    "twice": (GOOD + GOOD, ACCEPTED),  # an archive is read from its end
    "zeros behind it": (GOOD + bytes(100_000), HURT),
    "one bit of a weight": (wrong_checksum, HURT),
    "one bit of the table": (mutate(GOOD, [(GOOD.rindex(b"PK\x01\x02") + 1, 0)]), HURT),
    "another archive": (foreign_zip, FOREIGN),
    "another npz": (npz({"a": np.arange(3)}), FOREIGN),
    "a link in the archive": (symlink_in_zip, FOREIGN),
    "a way out": (more_entries("../../history/x.npy"), FOREIGN),
    "the root": (more_entries("/etc/x.npy"), FOREIGN),
    "a drive": (more_entries("C:\\x.npy"), FOREIGN),
    "a name with NUL": (more_entries(b"history/x\0.npy"), FOREIGN),
    "a name that is markup": (more_entries("history/<b>.npy"), FOREIGN),
    "a name from right to left": (more_entries("history/\u202ex.npy"), FOREIGN),
    "a name twice": (more_entries("history/loss.npy"), FOREIGN),
    "more columns than any history": (more_entries(*(f"history/c{k}.npy" for k in range(40))), FOREIGN),
    "many entries": (more_entries(*(f"history/c{k}.npy" for k in range(900))), FOREIGN),
    "65,535 entries": (lambda: archive([entry("a.npy", b"")], repeat_table=65_535), FOREIGN),
    "ten gigabytes of zeros": (ten_gigabytes, FOREIGN),
    "thirty times twenty megabytes": (many_bombs, "would unpack to more than 24 MB"),
    "an archive in the archive": (zip_in_zip, FOREIGN),
    "a size below 0": (npy(_SHAPE % b"-1,"), FOREIGN),
    "a size beyond any memory": (npy(_SHAPE % (b"9" * 90)), FOREIGN),
    "sizes whose product is beyond 64 bits": (npy(_SHAPE % b"4294967296, 4294967296, 4"), FOREIGN),
    "no numbers, in a huge shape": (npy(_SHAPE % b"0, 999999999999999999999"), FOREIGN),
    "a header of an array that is a program": (npy(b"__import__('os').abort()"), FOREIGN),
    "a header of an array without end": (npy(b" " * 60_000), FOREIGN),
    "an array that promises gigabytes": (with_raw("weights/Wf.npy", array_that_lies((10**9,))), FOREIGN),
    "version 2 of the arrays": (with_raw("header.npy", b"\x93NUMPY\x02\x00" + bytes(99)), FOREIGN),
    "a header that is no JSON": (with_arrays(header=np.frombuffer(b"{'format': 1}", np.uint8)), FOREIGN),
    "a header that is too deep": (with_arrays(header=np.frombuffer(b"[" * 60_000, np.uint8)), FOREIGN),
    "a header of a megabyte": (with_header(notes={"x": "y" * MB}), FOREIGN),
    "a header in UTF-16": (with_arrays(header=np.frombuffer('"é"'.encode("utf-16"), np.uint8)), FOREIGN),
    "a later format": (with_header(format=2), "format 2, .*update the program"),
    "a format that is true": (with_header(format=True), FOREIGN),
    "a format of 4,000 digits": (with_header(format=10**4_000), FOREIGN),
    "no such cell": (with_header(cell="../lstm"), FOREIGN),
    "a cell that is a list": (with_header(cell=["lstm"]), FOREIGN),
    "another cell": (with_header(cell="gru"), FOREIGN),
    "sizes below 0": (with_header(sizes=[-V, 4, -V]), FOREIGN),
    "sizes that are true": (with_header(sizes=[V, True, V]), FOREIGN),
    "enormous sizes": (with_header(sizes=[V, 10**12, V]), FOREIGN),
    "infinite sizes": (with_header(sizes=[V, float("inf"), V]), FOREIGN),
    "a type that is an object": (with_header(dtype="O"), FOREIGN),
    "weights of half the precision": (with_arrays(weights__Wf=np.zeros((4, 4 + V), np.float16)), FOREIGN),
    "weights that are text": (with_arrays(weights__Wf=np.full((4, 4 + V), "1.0")), FOREIGN),
    "weights that are transposed": (with_arrays(weights__Wf=np.zeros((4 + V, 4), np.float32)), FOREIGN),
    "weights in Fortran's order": (
        with_arrays(weights__Wf=np.zeros((4, 4 + V), np.float32, order="F")), ACCEPTED,
    ),
    "a gate too few": (with_arrays(weights__bf=None), FOREIGN),
    "a gate too many": (with_arrays(weights__Wz=np.zeros((4, 4 + V), np.float32)), FOREIGN),
    "NaN weights": (with_arrays(weights__by=np.full(V, np.nan, np.float32)), "NaN or infinite"),
    "infinite weights": (with_arrays(weights__by=np.full(V, -np.inf, np.float32)), "NaN or infinite"),
    "weights too large to add": (lambda: knows("abc", weight=3e38), "too large to compute"),
    "large weights in double precision": (lambda: knows("abc", RNN, weight=1e300, dtype=float), "too large"),
    "weights of 0": (lambda: knows("abc", weight=0.0), ACCEPTED),
    "the smallest weights": (lambda: knows("abc", GRU, weight=1e-45), ACCEPTED),
    "no vocabulary": (with_arrays(vocabulary=None), FOREIGN),
    "a character twice": (with_arrays(vocabulary=np.full(V, 97, np.uint32)), FOREIGN),
    "a character too few": (with_arrays(vocabulary=np.arange(97, 96 + V, dtype=np.uint32)), FOREIGN),
    "a lone surrogate": (with_arrays(vocabulary=np.uint32([0xD800, *range(97, 96 + V)])), FOREIGN),
    "a character beyond Unicode": (with_arrays(vocabulary=np.uint32([2**32 - 1, *range(96 + V)])), FOREIGN),
    "a vocabulary of numbers below 0": (with_arrays(vocabulary=np.arange(-V, 0)), FOREIGN),
    "one character and one unit": (lambda: knows("a", RNN, 1), ACCEPTED),
    "too many characters": (
        lambda: knows("".join(map(chr, range(0x4E00, 0x4E01 + MOST_CHARACTERS))), RNN, 1), "2,001 characters",
    ),
    "settings without a training": (with_header(settings={}), FOREIGN),
    "settings that are a list": (with_header(settings=[1, 2]), FOREIGN),
    "a rate of 400 digits": (with_header(settings={"learning_rate": 10**399}), FOREIGN),
    "a training without settings": (with_arrays(training__step=np.array(3)), FOREIGN),
    "notes that are numbers": (with_header(notes={"text": 5}), FOREIGN),
    "notes that nest": (with_header(notes={"text": {"text": "x"}}), FOREIGN),
    "a note with half a character": (with_header(notes={"text": "\ud83e"}), FOREIGN),
    "a note that is markup": (with_header(notes={"text": MARKUP}), ACCEPTED),  # shown as it stands
    "a history of NaN steps": (history(step=[np.nan, 1.0, 2.0]), FOREIGN),
    "a history that goes back": (history(step=[3, 2, 1]), FOREIGN),
    "a history below 0": (history(step=[-1, 0, 1]), FOREIGN),
    "a history of two lengths": (history(step=[1, 2]), FOREIGN),
    "a history of complex numbers": (history(loss=np.zeros(3, complex)), FOREIGN),
    "a history of a million rows": (history(loss=np.zeros(10**6)), FOREIGN),
    "a history of infinite losses": (history(loss=np.full(3, np.inf)), ACCEPTED),  # a run may have gone so
    "snapshots without weights": (with_arrays(snapshots__step=np.arange(3)), FOREIGN),
    "a snapshot that is a number": (with_arrays(snapshots__step=np.array(3)), FOREIGN),
}  # fmt: skip


@each_case(CHECKPOINTS)
def test_a_checkpoint(name):
    given, says = CHECKPOINTS[name]
    model = outcome(checked_model, given, says)
    assert model is None or np.isfinite(model.net.weights.flat).all()
