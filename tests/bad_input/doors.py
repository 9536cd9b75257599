"""How a test asks a door to take bad input, and makers of files that nobody should give."""

import io
import json
import re
import sys
import zipfile
import zlib

import numpy as np
import pytest

from lstm import LSTM, InputError, Vocabulary
from lstm.storage.checkpoint import dump
from tests.files import GOOD, MB, archive, bomb, entry, good_entries, with_arrays, zeros

MARKUP = "<script>alert(1)</script> [a](javascript:b) ![](//e.co/a) $\\frac{1}{0}$ :red[x] `x` **b**"
CONTROL = "\x01\x07\x1b[2J\x7f"
RIGHT_TO_LEFT = "\u202eabc\u202c\u200f\u061c"
ACCEPTED = None  # in place of the words of a sentence: it is no bad input, and is taken as it is


def each_case(table):
    """Run a test for each row of a table, by its name.  No two rows give the same."""
    cases = [repr(row[0]) for row in table.values() if isinstance(row, tuple) and not callable(row[0])]
    assert len(cases) == len(set(cases))
    return pytest.mark.parametrize("name", table)


def outcome(door, case, says):
    """Return what a door makes of a case; None if it is refused, in a sentence with these words."""
    case = case() if callable(case) else case
    if says is ACCEPTED:
        return door(case)
    with pytest.raises(InputError) as refused:
        door(case)
    assert is_one_sentence(str(refused.value)) and re.search(says, str(refused.value)), str(refused.value)
    return None


def is_one_sentence(message):
    """One line that a person can read, not too long and without words of the program."""
    assert message.endswith(".") and message.isprintable() and len(message) < 400, message
    assert not any(word in message for word in ("Traceback", "Error", "numpy", "0x7f")), message
    return True


def files_below(folder):
    """Return every file below a folder, with what would change if it was written to."""
    return {
        path: (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def written_words(app):
    """Return all that a page says in Markdown, as it was written."""
    kinds = ("markdown", "caption", "warning", "error", "info", "success")
    return " ".join(element.value for kind in kinds for element in app.get(kind))


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


class Runs:
    """A pickle that would do something."""

    def __reduce__(self):
        return sys.exit, ("a pickle was run",)


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
