"""Files of PyTorch and of others that lie, at every place that takes a file.

Each is refused in one sentence in which nothing of the file is markup, or taken whole where that is right.
"""

import io
import json
import pickle
import re
import struct
import tarfile
import zipfile

import numpy as np
import pytest

from lesson.course.course_file import from_file
from lesson.training.live.own_checkpoint import checked_model
from lesson.training.live.own_text import checked_text
from lstm.exchange import load_safetensors
from lstm.exchange.pytorch import to_torch
from lstm.network import LSTM
from lstm.series.own import read_series
from tests.bad_input.doors import ACCEPTED, MARKUP, RIGHT_TO_LEFT, Runs, each_case, foreign_zip, outcome
from tests.files import MB, npz, zeros

CHARS = "aé\n😀\0"
STATE = to_torch(LSTM(5, 6, 5, seed=0))
IMAGE = "![](//e.co/a)"
# What Markdown or HTML would make something of.
_DRAWS = re.compile(
    r"<\w|\]\(|!\[|\$.*\$|`|\*\*.*\*\*|:\w+\[|https?:|//|[\u202a-\u202e\u2066-\u2069\u200b\x00-\x1f]"
)


def is_plain(case, says=""):
    """Try a model; whether what is said about it draws nothing but letters."""

    def door(data):
        try:
            return checked_model(data)
        except ValueError as error:
            assert not _DRAWS.search(str(error)), str(error)
            raise

    return outcome(door, case, says)


def tensor(start=0, end=4, dtype="F32", shape=(1,), **more):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": [start, end], **more}


def file_of(header, data=b"", length=None):
    """A .safetensors file by hand.  header: a table, or its bytes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def holds(name, data=bytes(4), **more):
    """A file with one tensor."""
    return file_of({name: tensor(**more)}, data)


def of_state(metadata=None, **changes):
    """A good file but for some tensors; None takes one out."""
    header = {"__metadata__": {"vocabulary": json.dumps(CHARS)} if metadata is None else metadata}
    data = b""
    for name, array in (STATE | changes).items():
        if array is not None:
            kind = {2: "F16", 4: "F32", 8: "F64"}[array.dtype.itemsize]
            header[name] = tensor(len(data), len(data) + array.nbytes, kind, array.shape)
            data += array.tobytes()
    return file_of(header, data)


GOOD = of_state()
_SIZE = int.from_bytes(GOOD[:8], "little")
HEAD, DATA = GOOD[8 : 8 + _SIZE], GOOD[8 + _SIZE :]


def before(text):
    """A good file with more at the beginning of its header."""
    return file_of(b"{" + text + b"," + HEAD[1:], DATA)


def changed(name, **fields):
    """A good file but for some fields of one tensor."""
    header = json.loads(HEAD)
    header[name] |= fields
    return file_of(header, DATA)


def names(count):
    """A file of empty tensors."""
    return file_of({f"w{k}": tensor(0, 0, shape=(0,)) for k in range(count)})


def odd_floats(value, dtype=np.float32):
    return np.full(5, value, dtype)


HURT, FOREIGN, NOT_OURS = "damaged or incomplete", "not a checkpoint", "no .safetensors file"
SAFETENSORS = {
    "a length of 0": (struct.pack("<Q", 0) + DATA, FOREIGN),
    "a length of 2^64 − 1": (struct.pack("<Q", 2**64 - 1) + GOOD[8:], HURT),
    "a length of 2^63": (struct.pack("<Q", 2**63) + GOOD[8:], HURT),
    "a length one too long": (struct.pack("<Q", _SIZE + 1) + GOOD[8:], NOT_OURS),
    "a length one too short": (struct.pack("<Q", _SIZE - 1) + GOOD[8:], NOT_OURS),
    "a length with its bytes turned": (struct.pack(">Q", _SIZE) + GOOD[8:], HURT),
    "a length that ends in the numbers": (struct.pack("<Q", len(GOOD) - 8) + GOOD[8:], NOT_OURS),
    "only a length": (struct.pack("<Q", 10), FOREIGN),
    "a byte": (b"{", FOREIGN),
    "a header in UTF-16": (file_of(HEAD.decode().encode("utf-16"), DATA), FOREIGN),
    "a byte order mark": (file_of(b"\xef\xbb\xbf" + HEAD, DATA), FOREIGN),
    "a header that is a list": (file_of(b"[{}]", DATA), FOREIGN),
    "a header with NaN": (before(b'"a": NaN'), NOT_OURS),
    "a number of 5,000 digits": (before(b'"a": ' + b"9" * 5_000), NOT_OURS),
    "deep tables": (file_of(b'{"a":' * 9_000 + b"1" + b"}" * 9_000), NOT_OURS),
    "NUL behind the header": (file_of(HEAD + b"\0" * 8, DATA), NOT_OURS),
    "half a character as a name": (
        file_of(b'{"\\ud800": %s}' % json.dumps(tensor()).encode(), bytes(4)),
        "name",
    ),
    "a tensor twice": (
        before(b'"bias": ' + json.dumps(tensor(0, 8, "I64")).encode()),
        ACCEPTED,
    ),  # one counts
    "metadata twice": (before(b'"__metadata__": {"vocabulary": "x"}'), HURT),
    "a field twice": (file_of(HEAD.replace(b'"dtype"', b'"dtype": "F64", "dtype"', 1), DATA), HURT),
    "no fields": (file_of({"a": {}}, bytes(4)), "no known type"),
    "a field more": (changed("bias", x=1), ACCEPTED),
    "places that overlap": (changed("bias", data_offsets=[0, 20]), HURT),
    "places before the beginning": (changed("bias", data_offsets=[-20, 0]), HURT),
    "places that go back": (changed("bias", data_offsets=[20, 0]), HURT),
    "places beyond the end": (changed("bias", data_offsets=[len(DATA), len(DATA) + 20]), HURT),
    "places beyond any number": (changed("bias", data_offsets=[0, 2**70]), HURT),
    "places that are not whole": (changed("bias", data_offsets=[0.0, 20.0]), HURT),
    "places that are true": (changed("bias", data_offsets=[False, True]), HURT),
    "three places": (changed("bias", data_offsets=[0, 4, 8]), HURT),
    "one place": (changed("bias", data_offsets=[0]), HURT),
    "a hole": (file_of({"a": tensor(0, 4), "b": tensor(8, 12)}, bytes(12)), HURT),
    "bytes behind the end": (GOOD + bytes(4), HURT),
    "a byte less": (GOOD[:-1], HURT),
    "a type that does not fit": (changed("bias", dtype="F64"), HURT),
    "a type of 8 bits": (holds("a", dtype="F8_E4M3"), "holds F8_E4M3"),
    "a type of 4 bits": (holds("a", dtype="F4"), "holds F4"),
    "a type that is no word": (holds("a", dtype=["F32"]), "no known type"),
    "a type with markup": (holds("a", dtype=IMAGE), "no known type"),
    "a type of two lines": (holds("a", dtype="F32\nF64"), "no known type"),
    "a type in small letters": (holds("a", dtype="f32"), "holds"),
    "a shape that does not fit": (changed("bias", shape=[6]), HURT),
    "a shape below 0": (changed("bias", shape=[-5]), HURT),
    "a shape beyond 64 bits": (changed("bias", shape=[2**32, 2**32, 5]), HURT),
    "a shape that is 0 in the end": (changed("bias", shape=[2**63, 2**63, 0]), HURT),
    "a shape of texts": (changed("bias", shape=["5"]), HURT),
    "a shape that is a number": (changed("bias", shape=5), HURT),
    "a shape that is nothing": (changed("bias", shape=None), HURT),
    "a shape of 1,000 ones": (holds("weight_hh_l0", shape=[1] * 1_000), HURT),
    "a shape of 65 ones": (changed("bias", shape=[5, *[1] * 64]), HURT),
    "a shape of 64 ones": (changed("bias", shape=[5, *[1] * 63]), "shape|damaged"),
    "501 tensors": (names(501), "holds 501 arrays"),
    "300,000 tensors": (
        lambda: file_of(b"{%s}" % (b'"w": {"shape": [0]},' * 300_000)),
        "header of more than 1 MB",
    ),
    "a million tensors": (
        lambda: file_of(b"{%s}" % (b'"w": {"shape": [0]},' * 1_300_000)),
        "larger than 24 MB",
    ),
    "a header of a megabyte": (file_of(HEAD + b" " * MB, DATA), "header of more than 1 MB"),
    "markup as a name": (holds(f"{IMAGE}weight", dtype="I64"), "name"),
    "a script as a name": (holds("<script>alert(1)</script>"), "name"),
    "a formula as a name": (of_state(**{"$\\frac{1}{0}$.weight": STATE["weight"]}), "name"),
    "a colour as a name": (of_state(**{":red[x]": STATE["bias"]}), "name"),
    "from right to left": (of_state(**{f"{RIGHT_TO_LEFT}bias": STATE["bias"]}), "name"),
    "a line end in a name": (of_state(**{"a\nweight_ih_l0": STATE["bias"]}), "name"),
    "NUL in a name": (of_state(**{"a\0weight_ih_l0": STATE["bias"]}), "name"),
    "no name": (of_state(**{"": STATE["bias"]}), "name"),
    "a name of 5,000 letters": (of_state(**{"x" * 5_000: STATE["bias"]}), "name"),
    "a layer of 5,000 digits": (of_state(**{f"weight_ih_l{'9' * 5_000}": STATE["bias"]}), "name"),
    "a layer of another script": (of_state(weight_ih_l٣=STATE["bias"]), "numbered 0, 1, 2|no place for"),
    "a layer far above": (of_state(weight_ih_l99=STATE["weight_ih_l0"]), "numbered 0, 1, 2"),
    "a layer below": (of_state(**{"weight_ih_l-1": STATE["weight_ih_l0"]}), "no place for"),
    "two networks": (of_state(**{f"b.{name}": array for name, array in STATE.items()}), "more than one"),
    "another direction": (of_state(weight_ih_l0_reverse=STATE["weight_ih_l0"]), "bidirectional"),
    "a projection": (of_state(weight_hr_l0=STATE["weight_hh_l0"]), "projection"),
    "one bias": (of_state(bias_hh_l0=None), "one bias of two"),
    "no readout": (of_state(weight=None, bias=None), "no readout"),
    "no cell": (
        of_state(weight_ih_l0=None, weight_hh_l0=None, bias_ih_l0=None, bias_hh_l0=None),
        "no weight_ih",
    ),
    "a cell of no units": (of_state(weight_hh_l0=np.zeros((0, 0), np.float32)), "shape"),
    "two halves of a cell": (of_state(weight_hh_l0=np.zeros((12, 6), np.float32)), "shape"),
    "a number for a bias": (of_state(bias=np.float32(1).reshape(())), "shape"),
    "NaN": (of_state(bias=odd_floats(np.nan)), "not numbers"),
    "infinity": (of_state(bias=odd_floats(np.inf)), "not numbers"),
    "minus infinity of half precision": (of_state(bias=odd_floats(-np.inf, np.float16)), "not numbers"),
    "numbers beyond float32": (of_state(bias=odd_floats(1e300, np.float64)), "too large|not numbers"),
    "numbers too large to add": (of_state(bias=odd_floats(3e38)), "too large"),
    "the smallest numbers": (of_state(bias=odd_floats(1e-45)), ACCEPTED),
    "no metadata": (of_state({}), "has no vocabulary"),
    "metadata that nest": (of_state({"vocabulary": {"a": "b"}}), HURT),
    "a vocabulary that is markup": (of_state({"vocabulary": json.dumps([IMAGE, *"bcde"])}), "has pieces"),
    "a vocabulary that draws": (of_state({"vocabulary": json.dumps([RIGHT_TO_LEFT, *"bcde"])}), "has pieces"),
    "a vocabulary of nothing": (of_state({"vocabulary": '""'}), "at least one character"),
    "a piece of nothing": (of_state({"vocabulary": '["", "b", "c", "d", "e"]'}), "has pieces"),
    "null": (of_state({"vocabulary": "null"}), "no list of characters"),
    "a vocabulary of lists": (of_state({"vocabulary": '[["a"]]'}), "no list of characters"),
    "a deep vocabulary": (of_state({"vocabulary": "[" * 90_000}), "no JSON"),
    "a number for a vocabulary": (of_state({"vocabulary": "9" * 5_000}), "no JSON"),
    "a character too many": (of_state({"vocabulary": json.dumps(CHARS + "x")}), "6 characters for a network"),
    "half a character": (of_state({"vocabulary": '"\\udfffbcde"'}), "half a character"),
    "markup for characters": (of_state({"vocabulary": json.dumps("<>[]$")}), ACCEPTED),
}


@each_case(SAFETENSORS)
def test_a_safetensors_file(name):
    model = is_plain(*SAFETENSORS[name])
    assert model is None or np.isfinite(model.net.weights.flat).all()


# -- what torch.save writes, and archives beside it --


class Nested:
    """A pickle that would open another one."""

    def __reduce__(self):
        return pickle.loads, (pickle.dumps(Runs()),)


def torch_zip(*entries, folder="model"):
    """What torch.save writes: an archive with a pickle."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in entries:
            made.writestr(f"{folder}/{name}", data)
    return file.getvalue()


def tar():
    """What torch.save wrote long ago."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        info = tarfile.TarInfo("pickle")
        info.size = len(data := pickle.dumps(Runs()))
        made.addfile(info, io.BytesIO(data))
    return file.getvalue()


def npz_with(**changes):
    arrays = STATE | {"vocabulary": np.array([ord(char) for char in CHARS])} | changes
    return npz({name: array for name, array in arrays.items() if array is not None})


def npz_bomb():
    """An archive of PyTorch's names whose weights unpack to gigabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        head = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            head, {"descr": "<f4", "fortran_order": False, "shape": (2**16, 2**12)}
        )
        with made.open("weight_hh_l0.npy", "w") as entry:
            entry.write(head.getvalue())
            for _ in range(40):
                entry.write(bytes(MB))
    return file.getvalue()


RUNS = pickle.dumps(Runs())
NEVER, PLAIN_ARRAYS = "pickle.*never opened", "no .npz of plain arrays"
ARCHIVES = {
    "torch.save": (torch_zip(("data.pkl", RUNS), ("data/0", bytes(64)), ("version", b"3\n")), NEVER),
    "torch.save in no folder": (foreign_zip("data.pkl", RUNS), NEVER),
    "a program of TorchScript": (
        torch_zip(("constants.pkl", RUNS), ("code/__torch__.py", b"import os"), ("data.pkl", RUNS)),
        NEVER,
    ),
    "only constants": (torch_zip(("constants.pkl", RUNS)), FOREIGN),
    "a pickle with another name": (torch_zip(("weights.bin", RUNS)), FOREIGN),
    "a pickle named as an array": (foreign_zip("weight_hh_l0.npy", RUNS), PLAIN_ARRAYS),
    "a pickle behind the head of an array": (
        foreign_zip(
            "weight_hh_l0.npy",
            b"\x93NUMPY\x01\x00\x46\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }".ljust(80)
            + RUNS,
        ),
        PLAIN_ARRAYS,
    ),
    "a pickle in a pickle": (pickle.dumps(Nested()), NEVER),
    "a pickle of protocol 5": (pickle.dumps(Nested(), protocol=5), NEVER),
    "a pickle of protocol 0": (pickle.dumps(Runs(), protocol=0), FOREIGN),
    "the magic number of old files": (pickle.dumps(0x1950A86A20F9469CFC6C, 2) + RUNS, NEVER),
    "a tar": (tar(), FOREIGN),
    "a tar in a zip": (torch_zip(("data.pkl", tar())), NEVER),
    "torch.save in torch.save": (torch_zip(("data/0", torch_zip(("data.pkl", RUNS)))), FOREIGN),
    "safetensors in a zip": (foreign_zip("model.safetensors", GOOD), FOREIGN),
    "a zip in safetensors": (file_of(HEAD, torch_zip(("data.pkl", RUNS))), HURT),
    "safetensors behind a pickle": (RUNS + GOOD, NEVER),
    "a pickle behind safetensors": (GOOD + RUNS, HURT),
    "a zip behind safetensors": (GOOD + torch_zip(("data.pkl", RUNS)), HURT),
    "an archive of objects": (npz_with(bias=np.array([Runs()], object)), PLAIN_ARRAYS),
    "an archive of texts": (npz_with(bias=np.full(5, "1.0")), PLAIN_ARRAYS),
    "an archive of dates": (npz_with(bias=np.zeros(5, "M8[s]")), PLAIN_ARRAYS),
    "an archive of records": (npz_with(bias=np.zeros(5, [("a", "f4")])), PLAIN_ARRAYS),
    "an archive of truths": (npz_with(bias=np.zeros(5, bool)), "holds bool"),
    "an archive of complex numbers": (npz_with(bias=np.zeros(5, complex)), PLAIN_ARRAYS),
    "more precision than double": (
        npz_with(bias=np.zeros(5, np.longdouble)),
        "float128|plain arrays|longdouble",
    ),
    "bytes the other way round": (npz_with(bias=np.zeros(5, ">f4")), ACCEPTED),
    "32 dimensions": (npz_with(bias=np.zeros((1,) * 32, np.float32)), "shape"),
    "a name that is markup": (npz_with(**{f"{IMAGE}weight": STATE["weight"]}), PLAIN_ARRAYS),
    "a name that is a way out": (npz_with(**{"../../weight": STATE["weight"]}), PLAIN_ARRAYS),
    "characters beyond Unicode": (
        npz_with(vocabulary=np.full(5, 2**64 - 1, np.uint64)),
        "no list of code points",
    ),
    "characters below 0": (npz_with(vocabulary=np.arange(-5, 0)), "no list of code points"),
    "characters in a table": (npz_with(vocabulary=np.zeros((5, 1), int)), "no list of code points"),
    "no characters": (npz_with(vocabulary=None), "no vocabulary"),
    "the same character": (npz_with(vocabulary=np.full(5, 97)), "exactly once"),
    "a weight of gigabytes": (npz_bomb, "would unpack to over 24 MB"),
    "Keras": (b"\x89HDF\r\n\x1a\n" + bytes(500), FOREIGN),
    "ONNX": (b"\x08\x08\x12\x07pytorch\x1a\x052.0.0", FOREIGN),
    "GGUF": (b"GGUF\x03\x00\x00\x00" + b"\xff" * 40, FOREIGN),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), FOREIGN),
    "a program": (b"#!/usr/bin/env python\nimport os\nos.abort()\n", FOREIGN),
    "a web page": (f"<!doctype html>{MARKUP}".encode(), FOREIGN),
}


@each_case(ARCHIVES)
def test_an_archive_of_a_model(name):
    model = is_plain(*ARCHIVES[name])
    assert model is None or np.isfinite(model.net.weights.flat).all()


# -- the other places that take a file --

FILES = {
    "torch.save": ARCHIVES["torch.save"][0],
    "an old torch.save": RUNS,
    "safetensors": GOOD,
    "a header that lies": SAFETENSORS["a length of 2^63"][0],
    "zeros": bytes(3 * MB),
    "packed zeros": zeros(9),
    "a web page": f"<!doctype html><script>alert(1)</script>{IMAGE}\n".encode() * 500,
    "formulas": b"=cmd|' /C calc'!A0\n" * 500,
    "from right to left": f"{RIGHT_TO_LEFT}\n".encode() * 500,
    "control characters": b"\x1b[2J\a\b\x7f\n" * 500,
    "half characters": b"\xed\xa0\x80\n" * 500,
    "deep JSON": b'{"a":' * 50_000,
    "a combining flood": ("a" + "\u0301" * 2_000 + "\n").encode() * 20,
}
# What is a text, and is taken as one: it is drawn as what it is.
TEXTS = {
    "a web page",
    "formulas",
    "from right to left",
    "deep JSON",
    "a combining flood",
    "control characters",
}


def is_refused(door, data, says):
    with pytest.raises(ValueError, match=says or ".") as caught:
        door(data)
    assert outcome(door, data, says or ".") is None
    assert not _DRAWS.search(str(caught.value)), str(caught.value)
    return True


@pytest.mark.parametrize("name", FILES)
def test_a_series(name):
    assert is_refused(read_series, FILES[name], "")


@pytest.mark.parametrize("name", FILES)
def test_a_course(name):
    assert is_refused(lambda data: from_file(data, {}, {}), FILES[name], "")


@pytest.mark.parametrize("name", FILES)
def test_a_text(name):
    data = FILES[name]
    if name in TEXTS:
        assert checked_text(data, "The file")
    else:
        assert is_refused(lambda data: checked_text(data, "The file"), data, "")


@pytest.mark.parametrize("name", [name for name in FILES if name != "safetensors"])
def test_a_library_call(name):
    """What a student's own program reads says as little."""
    assert is_refused(load_safetensors, FILES[name], "")


SERIES = {
    "markup": (f"{IMAGE}\n", "line 1|numbers"),
    "markup in a line": ("1\n2\n<b>x</b>\n", "line 3"),
    "a formula": ("1\n2\n=SUM(A1)\n", "line 3"),
    "infinity": ("1\n2\ninf\n", "line 3"),
    "NaN": ("1\n2\nNaN\n", "line 3"),
    "beyond numbers": ("1\n2\n1e999\n", "line 3"),
    "hexadecimal": ("1\n2\n0x10\n", "line 3"),
    "underscores": ("1\n2\n1_000\n", "line 3"),
    "digits of 5,000": (f"1\n2\n{'9' * 5_000}\n", "line 3"),
    "a very long line": (f"1\n2\n{'x' * 90_000}\n", "line 3"),
    "a control": ("1\n2\n\x1b[2J\n", "line 3"),
    "from right to left": (f"1\n2\n{RIGHT_TO_LEFT}\n", "line 3"),
    "two columns": ("1;2\n" * 300, "column"),
    "nothing but line ends": ("\n" * 5_000, "white space"),
    "one number again": ("1\n" * 300, "does not change"),
    "too many": ("1\n2\n" * 3_000, "at most"),
    "the largest": ("1e308\n-1e308\n" * 200, "line 1|larger|too large"),
    "NUL": ("1\n2\n\0\n", "line 3|binary|text"),
    "markup as a heading": (f"{MARKUP}\n" + "1\n2\n" * 3, "line|numbers|column"),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_line_of_a_series(name):
    text, says = SERIES[name]
    assert is_refused(read_series, text.encode(), says)
