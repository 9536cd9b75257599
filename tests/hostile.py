"""Makers of files that nobody should give, and the bounds within which they are to be refused."""

import io
import json
import time
import tracemalloc
import zipfile
import zlib
from contextlib import contextmanager

import numpy as np

from lstm import LSTM, Vocabulary
from lstm.storage.checkpoint import dump
from tests.lstm.storage.test_checkpoint import GOOD, with_arrays
from tests.lstm.storage.test_untrusted_npz import MB, archive, bomb, entry, good_entries, zeros

MARKUP = "<script>alert(1)</script> [a](javascript:b) ![](//e.co/a) $\\frac{1}{0}$ :red[x] `x` **b**"
CONTROL = "\x01\x07\x1b[2J\x7f"
RIGHT_TO_LEFT = "\u202eabc\u202c\u200f\u061c"
SECONDS, MEMORY = 2, 200 * MB


@contextmanager
def bounded(seconds=SECONDS, memory=MEMORY):
    """What happens in here takes little time, of the clock and of the processor, and little memory."""
    tracemalloc.start()
    began, worked = time.monotonic(), time.process_time()
    try:
        yield
        took, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # The processor's time is what counts: on a busy machine the clock says little.
    assert time.process_time() - worked < seconds and took < 10 * seconds
    assert peak < memory, f"{peak / MB:.0f} MB"


def is_one_sentence(message):
    """One line that a person can read, not too long and without words of the program."""
    assert message.endswith(".") and message.isprintable() and len(message) < 400, message
    assert not any(word in message for word in ("Traceback", "Error", "numpy", "0x7f")), message
    return True


def tree(folder):
    """Every file below a folder, but for caches, with what would change if it was written to."""
    left_out = {"__pycache__", ".git", ".pytest_cache", ".ruff_cache", ".hypothesis"}
    return {
        path: (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if not left_out.intersection(path.parts) and not path.is_dir()
    }


# -- archives --


def foreign_zip(name="letter.txt", data=b"dear reader"):
    """An archive of something else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, data)
    return file.getvalue()


def symlink_in_zip():
    """An archive whose entry says that it is a link to another file."""
    info = zipfile.ZipInfo("header.npy")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return foreign_zip(info, b"/etc/passwd")


def array_of(name):
    """An entry of a good file as it is in there."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        return good.read(f"{name}.npy")


def ten_gigabytes():
    """A good file but for an entry that unpacks to ten gigabytes and says that it is small."""
    array = array_of("weights/Wf")
    return archive(good_entries(weights__Wf=bomb(array, len(array))("weights/Wf.npy")))


def many_bombs():
    """Entries each of which unpacks to what is allowed alone."""
    packed = zeros(20)
    more = [entry(f"history/c{k}.npy", packed, 20 * MB, zipfile.ZIP_DEFLATED) for k in range(30)]
    return archive([*good_entries(), *more])


def zip_in_zip():
    """A good file but for an entry that is a bomb of its own."""
    inner = archive([entry("header.npy", zeros(1_000), 1_000 * MB, zipfile.ZIP_DEFLATED)])
    return archive(good_entries(weights__Wf=entry("weights/Wf.npy", inner)))


def wrong_checksum():
    """A good file but for one bit of a weight, which its checksum does not know of."""
    data = array_of("weights/Wf")
    changed = data[:-1] + bytes([data[-1] ^ 1])
    return archive(good_entries(weights__Wf=entry("weights/Wf.npy", changed, crc=zlib.crc32(data))))


def more_entries(*names):
    """A good file with more entries, each of them an array of a good file."""
    return archive([*good_entries(), *(entry(name, array_of("history/loss")) for name in names)])


# -- checkpoints --


def history(**columns):
    """A checkpoint with these columns of history."""
    return with_arrays(**{f"history__{name}": np.asarray(column) for name, column in columns.items()})


def knows(chars, make=LSTM, units=4, weight=None, dtype=np.float32):
    """The checkpoint of a network that knows these characters; weight: of all of them, ±."""
    net = make(len(chars), units, len(chars), seed=0, dtype=dtype)
    if weight is not None:
        net.weights.flat[:] = weight
        net.weights.flat[::2] *= -1
    return dump(net, Vocabulary(chars))


# -- the course file --


def course(**changes):
    """The course file of nobody, but for this."""
    return json.dumps({"lstm_course": 1, "answers": {}, "solved": {}} | changes).encode()
