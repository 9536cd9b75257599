"""Files with PyTorch's names: there and back, and files that are hostile or something else."""

import io
import json
import struct
import sys
import zipfile

import numpy as np
import pytest

from lstm.errors import InputError
from lstm.exchange import load_safetensors, read_model, save_safetensors, to_torch
from lstm.exchange.files import dump_safetensors
from lstm.network import LSTM
from lstm.storage.checkpoint import dump
from lstm.text import Vocabulary

CHARS = "aé\n😀\0"
VOCABULARY = Vocabulary(CHARS)


@pytest.fixture
def net():
    return LSTM(5, 6, 5, seed=0)


def safetensors(header, data=b"", length=None):
    """A file with this header, a dictionary or bytes, written by hand."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def entry(start, end, dtype="F32", shape=None):
    return {
        "dtype": dtype,
        "shape": [(end - start) // 4] if shape is None else shape,
        "data_offsets": [start, end],
    }


def packed(state, **metadata):
    """A .safetensors file of a state, written by hand, so that anything may stand in it."""
    header, data = {"__metadata__": metadata} if metadata else {}, b""
    for name, array in state.items():
        kind = {2: "F16", 4: "F32", 8: "F64"}[array.dtype.itemsize]
        header[name] = entry(len(data), len(data) + array.nbytes, kind, list(array.shape))
        data += array.tobytes()
    return safetensors(header, data)


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def test_a_saved_network_comes_back_with_its_vocabulary(tmp_path, net):
    path = tmp_path / "model.safetensors"
    save_safetensors(path, net, VOCABULARY)
    for source in (path, str(path), path.read_bytes()):
        again, vocabulary = load_safetensors(source)
        np.testing.assert_array_equal(again.weights.flat, net.weights.flat)
        assert vocabulary == VOCABULARY


def test_the_names_in_a_file_are_those_of_a_module_with_rnn_and_readout(net):
    header = dump_safetensors(net, VOCABULARY)
    names = json.loads(header[8 : 8 + int.from_bytes(header[:8], "little")]).keys()
    parts = ("rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0")
    assert names == {"__metadata__", *parts, "readout.weight", "readout.bias"}


@pytest.mark.parametrize("chars", [CHARS, list(CHARS)])
def test_the_vocabulary_may_be_a_string_or_a_list(net, chars):
    data = packed(to_torch(net), vocabulary=json.dumps(chars))
    assert load_safetensors(data)[1] == VOCABULARY


def test_a_file_without_vocabulary_takes_the_one_that_is_passed(net):
    data = packed(to_torch(net))
    assert load_safetensors(data, VOCABULARY)[1] == VOCABULARY
    with pytest.raises(InputError, match=r"no vocabulary; save it with metadata=\{'vocabulary': json.dumps"):
        load_safetensors(data)


def test_half_precision_is_read_as_float32(net):
    state = {name: array.astype(np.float16) for name, array in to_torch(net).items()}
    again, _ = load_safetensors(packed(state), VOCABULARY)
    assert again.dtype == np.float32
    np.testing.assert_array_equal(again.weights["Wy"], state["weight"].astype(np.float32))


def test_an_npz_of_a_state_is_read(net):
    state = to_torch(net, "lstm.", "fc.")
    codes = [ord(char) for char in CHARS]
    checkpoint = read_model(npz(**state, vocabulary=codes))
    np.testing.assert_array_equal(checkpoint.net.weights.flat, net.weights.flat)
    assert checkpoint.vocabulary == VOCABULARY
    assert checkpoint.training is None


@pytest.mark.parametrize("write", [dump, dump_safetensors])
def test_read_model_takes_every_kind_of_file(tmp_path, net, write):
    path = tmp_path / "model"
    path.write_bytes(write(net, VOCABULARY))
    for source in (path, path.read_bytes()):
        np.testing.assert_array_equal(read_model(source).net.weights.flat, net.weights.flat)


def torch_file():
    """What torch.save writes: a zip with a pickle."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02")
        archive.writestr("model/data/0", b"\0" * 64)
    return file.getvalue()


STATE = to_torch(LSTM(5, 6, 5, seed=0))
TEXT = {"vocabulary": json.dumps(CHARS)}
GOOD = packed(STATE, **TEXT)
DEEP = b"[" * 100_000
BAD = {
    "torch.save": (torch_file(), "a pickle of torch.save.*save_file"),
    "an old torch.save": (b"\x80\x02}q\x00.", "is a pickle.*save_file"),
    "empty": (b"", "not a checkpoint"),
    "text": (b"once upon a time", "not a checkpoint"),
    "a header longer than the file": (safetensors(b"{}", length=2**40), "damaged or incomplete"),
    "a huge header": (safetensors(b"{" + b" " * 2**20 + b"}"), "header of more than 1 MB"),
    "a header that is no JSON": (safetensors(b"{]"), "no .safetensors file"),
    "a header that is deep": (safetensors(b'{"a":' + DEEP), "no .safetensors file"),
    "a header that is no text": (safetensors(b"{\xff\xfe}"), "no .safetensors file"),
    "an entry that is no description": (safetensors({"weight": 3}), "no .safetensors file"),
    "metadata that are a list": (safetensors({"__metadata__": []}), "no .safetensors file"),
    "a type that is a list": (safetensors({"a": entry(0, 4, [])}, bytes(4)), "no known type"),
    "metadata of numbers": (safetensors({"__metadata__": {"vocabulary": 3}}), "damaged"),
    "too many arrays": (safetensors({f"w{k}": entry(0, 0) for k in range(501)}), "holds 501 arrays"),
    "places that overlap": (safetensors({"a": entry(0, 8), "b": entry(4, 12)}, bytes(12)), "damaged"),
    "a hole": (safetensors({"a": entry(0, 8), "b": entry(12, 16)}, bytes(16)), "damaged"),
    "a place outside": (safetensors({"a": entry(0, 2**40)}, bytes(16)), "damaged"),
    "a shape that lies": (safetensors({"a": entry(0, 16, shape=[2**31, 2**31])}, bytes(16)), "damaged"),
    "a negative shape": (safetensors({"a": entry(0, 16, shape=[-2, -2])}, bytes(16)), "damaged"),
    "cut off": (GOOD[:-1], "damaged"),
    "something behind it": (GOOD + b"\0", "damaged"),
    "bfloat16": (safetensors({"weight": entry(0, 4, "BF16")}, bytes(4)), r"BF16.*model.float\(\)"),
    "whole numbers": (safetensors({"steps": entry(0, 8, "I64", [1])}, bytes(8)), "holds I64"),
    "no network": (packed({"a": np.zeros(3, np.float32)}, **TEXT), "no weight_ih_l0"),
    "NaN": (packed(STATE | {"bias": np.full(5, np.nan, np.float32)}, **TEXT), "not numbers"),
    "too few characters": (packed(STATE, vocabulary='"abc"'), "3 characters for a network with 5 inputs"),
    "a character twice": (packed(STATE, vocabulary='"aabcd"'), "each exactly once"),
    "words": (packed(STATE, vocabulary='["the", "a"]'), "single characters"),
    "half a character": (packed(STATE, vocabulary=r'"\ud83dabcd"'), "half a character"),
    "a vocabulary of numbers": (packed(STATE, vocabulary="[1, 2]"), "no list of characters"),
    "a vocabulary that is no JSON": (packed(STATE, vocabulary="abc"), "json.dumps"),
    "an npz without vocabulary": (npz(**STATE), "has no vocabulary; add"),
    "an npz of objects": (npz(**STATE, vocabulary=np.array(["a", None])), "np.savez"),
    "an npz with a number for a vocabulary": (npz(**STATE, vocabulary=3), "no list of code points"),
    "an npz with a code point too high": (npz(**STATE, vocabulary=[0x110000] * 5), "no list of code points"),
    "an npz cut off": (npz(**STATE, vocabulary=[1, 2, 3, 4, 5])[:-200], "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), BAD.values(), ids=BAD)
def test_a_file_that_is_hostile_or_something_else_gets_one_sentence(data, sentence):
    with pytest.raises(InputError, match=sentence) as error:
        read_model(data)
    assert str(error.value).endswith(".") and len(str(error.value)) < 170


def test_a_file_may_only_be_so_large(tmp_path, net):
    path = tmp_path / "model.safetensors"
    save_safetensors(path, net, VOCABULARY)
    with pytest.raises(InputError, match="larger than 0 MB"):
        load_safetensors(path, largest=500)
    with pytest.raises(InputError, match="over 0 MB"):
        read_model(npz_bomb(), largest=100_000)


def npz_bomb():
    file = io.BytesIO()
    np.savez_compressed(file, weight_hh_l0=np.zeros((1000, 1000)))
    return file.getvalue()


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path):
    with pytest.raises(InputError, match="There is no file"):
        load_safetensors(tmp_path / "none.safetensors")
    with pytest.raises(InputError, match="is a folder"):
        read_model(tmp_path)


def test_a_missing_package_is_named(monkeypatch, net):
    data = dump_safetensors(net, VOCABULARY)
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    with pytest.raises(InputError, match="pip install safetensors"):
        load_safetensors(data)
    with pytest.raises(InputError, match="pip install safetensors"):
        dump_safetensors(net, VOCABULARY)


def test_a_vocabulary_of_another_network_is_not_saved(net):
    with pytest.raises(InputError, match="sizes differ"):
        dump_safetensors(net, Vocabulary("abc"))
