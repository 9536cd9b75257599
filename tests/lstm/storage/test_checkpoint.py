"""Checkpoints: what is saved comes back, and no file, however hostile, does more than be refused."""

import errno
import io
import json
import os
import pickle
import zipfile

import numpy as np
import pytest

from lstm import LSTM, RNN, InputError, Vocabulary, load, save, train
from lstm.network import NETWORKS
from lstm.storage.checkpoint import dump, read, read_bytes
from tests.files import (
    GOOD,
    VOCABULARY,
    V,
    array_that_lies,
    checkpoint_of,
    good_arrays,
    loads_or_is_refused,
    mutate,
    npz,
    refusal_of,
    with_arrays,
    with_header,
    with_raw,
)
from tests.tiers import first_fast


@pytest.fixture
def net(kind):
    return NETWORKS[kind](V, 4, V, seed=1)


# -- what is saved comes back --


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_and_its_vocabulary_come_back(kind, dtype, tmp_path):
    net = NETWORKS[kind](V, 5, V, seed=1, dtype=dtype)
    save(tmp_path / "model.npz", net, VOCABULARY)
    found, vocabulary = load(tmp_path / "model.npz")
    assert type(found) is type(net) and found.dtype == dtype
    np.testing.assert_array_equal(found.weights.flat, net.weights.flat)
    assert vocabulary == VOCABULARY
    assert found.run([1, 2, 3]).logits.tobytes() == net.run([1, 2, 3]).logits.tobytes()


@pytest.mark.parametrize("name", ["model", "lstm_model.pkl", "a b.c.npz", "módel.txt"])
def test_the_file_has_exactly_the_name_it_was_given_and_is_an_npz(net, tmp_path, name):
    save(tmp_path / name, net, VOCABULARY)
    assert os.listdir(tmp_path) == [name]
    with np.load(tmp_path / name, allow_pickle=False) as arrays:
        assert set(arrays) > {"header", "vocabulary", "weights/Wy", "weights/by"}
    assert load(str(tmp_path / name))[1] == VOCABULARY


def test_each_gate_is_stored_under_its_own_name(tmp_path):
    net = LSTM(V, 4, V, seed=1)
    save(tmp_path / "m", net, VOCABULARY)
    with np.load(tmp_path / "m", allow_pickle=False) as arrays:
        for name in ("Wf", "Wi", "Wc", "Wo", "bf", "bi", "bc", "bo"):
            np.testing.assert_array_equal(arrays[f"weights/{name}"], getattr(net, name))


def test_history_notes_settings_and_training_come_back(net, tmp_path):
    ids = np.arange(300) % V
    training = train(net, ids, epochs=1, seq_length=5, batch_size=2, clip_value=0.5, seed=3)
    next(training)
    history = {"step": np.array([1.0]), "validation_loss": np.array([np.nan])}
    save(tmp_path / "m", net, VOCABULARY, training, history=history, notes={"text": "a 🙂 “text”"})
    found = read(tmp_path / "m")
    assert found.settings == training.settings
    assert found.notes == {"text": "a 🙂 “text”"}
    assert set(found.history) == set(history)
    for name, column in history.items():
        np.testing.assert_array_equal(found.history[name], column)
    expected = training.state()
    assert set(found.training) == set(expected)
    for name, value in expected.items():
        np.testing.assert_array_equal(found.training[name], value)


def test_without_them_they_are_empty(net, tmp_path):
    save(tmp_path / "m", net, VOCABULARY)
    found = read(tmp_path / "m")
    assert (found.training, found.settings, found.history, found.notes) == (None, None, {}, {})


def test_an_empty_history_comes_back_empty(net, tmp_path):
    save(tmp_path / "m", net, VOCABULARY, history={"loss": np.array([])})
    assert read(tmp_path / "m").history["loss"].shape == (0,)


def test_a_loaded_network_can_be_trained(net, tmp_path):
    save(tmp_path / "m", net, VOCABULARY)
    found, _ = load(tmp_path / "m")
    next(train(found, np.arange(300) % V, seq_length=5, batch_size=2))
    assert not np.array_equal(found.weights.flat, net.weights.flat)


def test_an_open_file_can_be_read(net):
    assert load(io.BytesIO(checkpoint_of(net)))[1] == VOCABULARY


def test_bytes_hold_what_a_file_holds(net):
    data = dump(net, VOCABULARY, history={"loss": np.arange(3.0)}, notes={"text": "x"})
    found = read_bytes(data)
    assert (found.vocabulary, found.notes, found.net.kind) == (VOCABULARY, {"text": "x"}, net.kind)
    assert read(io.BytesIO(checkpoint_of(net))).net.weights.flat.tobytes() == found.net.weights.flat.tobytes()


# -- the old file or the new one, never half of one --


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(net, tmp_path, monkeypatch, error):
    path = tmp_path / "model.npz"
    save(path, net, VOCABULARY)
    before = path.read_bytes()

    def fail(file, **arrays):
        file.write(b"PK half of it")
        raise error

    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(InputError if isinstance(error, OSError) else KeyboardInterrupt):
        save(path, net, VOCABULARY)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["model.npz"]


def test_a_failure_while_renaming_leaves_the_old_file_and_nothing_else(net, tmp_path, monkeypatch):
    path = tmp_path / "model.npz"
    path.write_bytes(b"old")

    def fail(source, target):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="Permission denied"):
        save(path, net, VOCABULARY)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["model.npz"]


def test_the_file_is_complete_before_it_gets_its_name(net, tmp_path, monkeypatch):
    path, seen = tmp_path / "model.npz", []
    replace = os.replace

    def watch(source, target):
        seen.append(load(source)[1])
        assert not path.exists()
        replace(source, target)

    monkeypatch.setattr(os, "replace", watch)
    save(path, net, VOCABULARY)
    assert seen == [VOCABULARY] and path.exists()


def test_a_place_that_cannot_be_written_is_an_input_error(net, tmp_path):
    for place in (tmp_path, tmp_path / "no folder" / "model.npz"):
        with pytest.raises(InputError):
            save(place, net, VOCABULARY)
    assert os.listdir(tmp_path) == []


# -- hostile and broken files --


def test_the_good_file_is_good():
    """Guards the tests below: what they break was whole."""
    assert read(io.BytesIO(with_arrays())).notes == {"text": "x"}
    assert read(io.BytesIO(with_header())).vocabulary == VOCABULARY
    assert read(io.BytesIO(with_raw("", b""))).vocabulary == VOCABULARY


def test_a_pickle_is_named_and_never_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "run"),)

    assert "pickle" in refusal_of(pickle.dumps(Evil()))
    refusal_of(with_arrays(weights__Wy=np.array([Evil()], object)))
    refusal_of(with_arrays(history__loss=np.array([Evil()], object)))
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("tenth", range(10))
def test_a_truncated_file_is_refused(tenth):
    refusal_of(GOOD[: len(GOOD) * tenth // 10])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"P",
        b"PK\x03\x04",
        b"PK\x05\x06" + b"\0" * 18,
        b"hello",
        b"\x93NUMPY",
        np.random.default_rng(0).bytes(5000),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_archive_is_refused(data):
    refusal_of(data)
    refusal_of(b"PK\x03\x04" + data)


@pytest.mark.parametrize(
    "name", ["", "none.npz", "no/where.npz", "x" * 250, "x" * 5000, "a\0b"], ids=lambda n: repr(n[:9])
)
def test_a_name_that_cannot_be_read_or_written_is_an_input_error(tmp_path, name):
    path = f"{tmp_path}/{name}"
    with pytest.raises(InputError):
        read(path)
    if name != "none.npz":
        with pytest.raises(InputError):
            save(path, RNN(1, 1, 1), Vocabulary("a"))


def test_a_foreign_npz_is_refused():
    assert "not a checkpoint" in refusal_of(npz({"a": np.arange(3)}))
    assert "not a checkpoint" in refusal_of(npz({}))


@pytest.mark.parametrize("missing", sorted(set(good_arrays()) - {"history/loss"}))
def test_a_file_without_one_of_its_arrays_is_refused(missing):
    refusal_of(with_arrays(**{missing.replace("/", "__"): None}))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2}, {"format": "1"}, {"format": None}, {"cell": "transformer"}, {"cell": ["lstm"]},
        {"cell": None}, {"dtype": "float16"}, {"dtype": "object"}, {"dtype": 3}, {"notes": None},
        {"notes": [1]}, {"settings": {"epochs": -1}}, {"settings": {"rm": 1}}, {"settings": 5},
        {"settings": {"learning_rate": "x"}}, {"sizes": None}, {"sizes": 3}, {"sizes": []},
        {"sizes": [V, 4]}, {"sizes": [V, 4, V, 1]}, {"sizes": [V, 10**9, V]}, {"sizes": [10**30] * 3},
        {"sizes": [V, -4, V]}, {"sizes": [0, 0, 0]}, {"sizes": ["a", "b", "c"]}, {"sizes": [V, None, V]},
        {"sizes": [V, float("nan"), V]}, {"sizes": [V, float("inf"), V]}, {"sizes": [V, [4], V]},
        {"sizes": [V, 3, V]}, {"sizes": [V + 1, 4, V]},
    ],
    ids=str,
)  # fmt: skip
def test_a_header_that_does_not_fit_is_refused(changes):
    refusal_of(with_header(**changes))


def test_a_later_format_is_told_apart():
    assert "format 2" in refusal_of(with_header(format=2))


@pytest.mark.parametrize(
    "value", ["x" * 9_000, 10**4_000, -1, 0, True, 1.5, [1] * 99, {"<b>": 1}, "**1**", float("nan")], ids=type
)
def test_no_word_of_a_foreign_header_is_repeated(value):
    """What a stranger wrote is never part of a sentence: it could be long, or markup."""
    for changes in (
        {"format": value}, {"cell": value}, {"sizes": [value] * 3}, {"dtype": value}, {"notes": [value]},
        {"settings": {"optimiser": value}}, {"settings": {"clip_norm": [value]}},
        {"settings": {str(value): 1}}, {"settings": {"validation_share": [value]}},
    ):  # fmt: skip
        foreign = "The file is not a checkpoint of this program; give a file that it has saved."
        assert refusal_of(with_header(**changes)) == foreign


@pytest.mark.parametrize(
    "notes",
    [{"text": 1}, {"text": None}, {"text": {"a": "b"}}, {"text": ["x"]}, {"text": "\ud800"}, {"\udfff": "x"},
     "text", [["text", "x"]], {"text": "x" * 2**16}, {str(k): "x" for k in range(9_000)},
     {"t": "x" * 3_000_000}],
    ids=lambda notes: repr(notes)[:20],
)  # fmt: skip
def test_notes_that_are_no_short_texts_are_refused(notes):
    refusal_of(with_header(notes=notes))


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"3", b"null", b"\xff\xff", b"{}", b'"format"', b"[" * 200_000]
)
def test_a_header_that_is_no_record_is_refused(text):
    refusal_of(with_arrays(header=np.frombuffer(text, np.uint8)))


@pytest.mark.parametrize(
    "value",
    [
        np.zeros((V, 5)), np.zeros((4, V)), np.zeros(4 * V), np.zeros((V, 4, 1)), np.float32(1),
        np.full((V, 4), np.nan), np.full((V, 4), np.inf), np.full((V, 4), "1"), np.zeros((V, 4), complex),
        np.full((V, 4), 1e300), np.zeros((V, 4)), np.zeros((V, 4), np.float16), np.zeros((V, 4), np.int8),
        np.zeros((V, 4), bool), np.zeros((V, 4), ">f4"), np.zeros((V, 4), np.longdouble),
    ],
    ids=lambda value: f"{value.dtype} {value.shape} {value.flat[0]}",
)  # fmt: skip
def test_weights_that_do_not_fit_are_refused(value):
    refusal_of(with_arrays(weights__Wy=value))


@pytest.mark.parametrize(
    "codes",
    [[97] * V, list(range(97, 96 + V)), list(range(97, 98 + V)), [], [-1, *range(97, 96 + V)],
     [0x110000, *range(97, 96 + V)], np.arange(97.0, 97 + V), [[97]] * V, range(97, 97 + V), range(10**6),
     np.uint32([0xD800, *range(97, 96 + V)]), np.uint32([0x110000, *range(97, 96 + V)]), np.uint32([97] * V),
     np.arange(10**6, dtype=np.uint32)],
    ids=str,
)  # fmt: skip
def test_a_vocabulary_that_does_not_fit_is_refused(codes):
    refusal_of(with_arrays(vocabulary=np.array(codes)))


def test_a_network_is_not_made_before_all_of_it_is_there(monkeypatch):
    """One gate of four, as large as a file may be: the other three would be as large."""
    one = np.zeros((2_000, 2_000 + V), np.float32)
    header = json.loads(good_arrays()["header"].tobytes()) | {"sizes": [V, 2_000, V]}
    header = np.frombuffer(json.dumps(header).encode(), np.uint8)
    data = with_arrays(weights__Wc=one, weights__Wy=np.zeros((V, 2_000), np.float32), header=header)
    monkeypatch.setattr("lstm.network.Network.__init__", None)  # whoever makes one breaks
    with pytest.raises(InputError):
        read_bytes(data)


def test_arrays_that_no_network_has_are_refused():
    for name in ("weights/Wx", "weights/W", "other/loss", "loss"):
        refusal_of(npz(good_arrays() | {name: np.zeros(3)}))


@pytest.mark.parametrize(
    "name", ["weights/Wy", "weights/Wc", "vocabulary", "header", "history/loss", "weights/bf"]
)
@pytest.mark.parametrize(
    "shape", [(10**8,), (10**6, 10**6), (10**15, 10**15), (2**63,), (-1,), (-2, -2), (3,), (5, 0)], ids=str
)
def test_an_array_that_lies_about_its_shape_is_refused_before_memory_is_asked_for(name, shape):
    data = array_that_lies(shape)
    refusal_of(with_raw(name + ".npy", data))


@pytest.mark.parametrize(
    "header",
    [
        b"{'descr': '<f4', 'fortran_order': False, 'shape': (4,), ",
        b"{'descr': '<f4', 'fortran_order': False, 'shape': ('''",
        b"{'descr': '|O', 'fortran_order': False, 'shape': (4,), }",
        b"{'descr': 'no', 'fortran_order': False, 'shape': (4,), }",
        b"{'descr': [], 'fortran_order': False, 'shape': (4,), }",
        b"{'descr': 7, 'fortran_order': False, 'shape': (4,), }",
        b"{'descr': '<f4', 'fortran_order': False, 'shape': (True, 4L), }",
        b"{'descr': '<f4', 'fortran_order': 1, 'shape': 4, }",
        b"{1: 2, 'a': 3}",
        b"(" * 9000,
        b"-" * 9000 + b"1",
        b"\xff\0\n  (\n x",
        b"",
    ],
    ids=lambda header: repr(header[:60]),
)
@pytest.mark.parametrize("version", [b"\1\0", b"\2\0"], ids=["1", "2"])
@pytest.mark.filterwarnings("error")
def test_an_array_with_a_broken_header_is_refused(header, version):
    length = len(header).to_bytes(2 if version == b"\1\0" else 4, "little")
    refusal_of(with_raw("history/loss.npy", b"\x93NUMPY" + version + length + header + b"\0" * 16))


@pytest.fixture(scope="module")
def bomb():
    """2 MB that unpack to 528 MB of zeros."""
    file, zeros = io.BytesIO(), bytes(2**24)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry, data in [
            ("header.npy", array_that_lies((1,))),
            *((f"{k}.npy", zeros) for k in range(33)),
        ]:
            archive.writestr(entry, data)
    return file.getvalue()


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked(bomb):
    assert len(bomb) < 4_000_000
    assert "unpack" in refusal_of(bomb)


def test_whoever_reads_says_how_much_it_may_be():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    assert read_bytes(GOOD, largest=size).vocabulary == VOCABULARY
    with pytest.raises(InputError, match="unpack to more than"):
        read_bytes(GOOD, largest=size - 1)


def test_compression_alone_is_no_reason_to_refuse():
    data = with_raw("", b"", compression=zipfile.ZIP_DEFLATED)
    assert read(io.BytesIO(data)).vocabulary == VOCABULARY


def directory_byte(name, offset):
    """Where a byte of an entry in the archive's table of contents is (its name begins at 46)."""
    return GOOD.rindex(name) - 46 + offset


@pytest.mark.parametrize(
    "changes",
    [
        [(directory_byte(b"weights/Wy.npy", 8), 1)],
        [(directory_byte(b"weights/Wy.npy", 10), 8)],
        [(directory_byte(b"weights/Wy.npy", 10), 12)],
        [(directory_byte(b"weights/Wy.npy", 10), 14)],
        [(directory_byte(b"weights/Wy.npy", 9), 8), (directory_byte(b"weights/Wy.npy", 46), 255)],
    ],
    ids=[
        "encrypted",
        "said to be deflated",
        "said to be bzip2",
        "said to be lzma",
        "a name that is not UTF-8",
    ],
)
def test_an_archive_that_lies_about_an_entry_is_refused(changes):
    refusal_of(mutate(GOOD, changes))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_compressed_bytes_are_refused(method, rng):
    packed = with_raw("", b"", compression=method)
    for position in range(30, len(packed), 7):
        loads_or_is_refused(mutate(packed, [(position, int(rng.integers(256)))]))


SMALLEST = checkpoint_of(RNN(1, 1, 1, seed=0), Vocabulary("a"))


@pytest.mark.parametrize("bit", first_fast(1, range(8)))
def test_any_single_bit_may_be_wrong(bit):
    """Of every byte of the smallest file: it loads or is refused, and nothing else comes out."""
    for position, value in enumerate(SMALLEST):
        loads_or_is_refused(mutate(SMALLEST, [(position, value ^ 1 << bit)]))


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    path, vocabulary = tmp_path / "m.npz", Vocabulary("abc")
    good = LSTM(3, 4, 3, seed=0)
    save(path, good, vocabulary)
    before = path.read_bytes()
    ill = LSTM(3, 4, 3, seed=0)
    ill.bf = np.nan
    for net, chars in ((ill, "abc"), (good, "ab"), (LSTM(3, 4, 2, seed=0), "abc")):
        with pytest.raises(InputError):
            save(path, net, Vocabulary(chars))
    for name in ("", ".", "/"):
        with pytest.raises(InputError):
            save(name, good, vocabulary)
    training = train(good, np.arange(300) % 3, epochs=1, seq_length=5, batch_size=2)
    training._optimiser.m[0] = np.inf
    for more in (
        {"notes": {"text": "x" * 2**16}}, {"notes": {"text": "\ud800"}}, {"notes": {"text": 1}},
        {"notes": {1: "x"}}, {"training": training},
    ):  # fmt: skip
        with pytest.raises(InputError):
            save(path, good, vocabulary, **more)
    assert path.read_bytes() == before
