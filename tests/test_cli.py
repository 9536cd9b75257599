"""The command line: the lines of the README, what it says, and what it refuses."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import train_minimal
from lstm import LSTM, Vocabulary, load, save
from lstm.exchange import save_safetensors
from lstm.storage.checkpoint import read
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[1]
TEXT = "the cat sat on the mat and the dog sat on the log.\n" * 60


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder with a text in it, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input.txt").write_text(TEXT, "utf-8")
    old = signal.getsignal(signal.SIGINT)
    yield tmp_path
    signal.signal(signal.SIGINT, old)


def cli(line):
    return train_minimal.main(line.split())


SMALL = "--data input.txt --epochs 2 --hidden-size 8 --seq-length 10"


def test_the_lines_of_the_design_work_as_they_stand(place, capsys):
    assert cli("--data input.txt --epochs 2 --hidden-size 128") == 0
    assert cli("--data input.txt --hidden-size 256 --seq-length 100 --lr 0.001 --epochs 1") == 0
    capsys.readouterr()
    assert cli("--generate --checkpoint lstm_model.pkl --length 500 --temperature 0.8") == 0
    out, err = capsys.readouterr()
    assert len(out) == 501  # 500 characters and the end of the last line
    assert "lstm_model.npz" in err


def test_it_says_what_it_read_and_how_it_goes(place, capsys):
    assert cli(SMALL) == 0
    out, err = capsys.readouterr()
    net, vocabulary = load("lstm_model.npz")
    assert f"{len(TEXT):,} characters, {len(vocabulary)} different" in err
    assert f"{net.weights.flat.size:,} parameters" in err
    for word in ("epoch 2/2", "loss", "validation", "characters/s", "left"):
        assert word in err
    assert out.strip(), "a sample goes to standard output"
    assert set(out) <= set(vocabulary.chars) | {"\n"}


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_every_cell_can_be_trained_and_written_with(place, capsys, cell):
    assert cli(f"{SMALL} --cell {cell} --checkpoint m.bin") == 0
    capsys.readouterr()
    assert cli("--generate --checkpoint m.bin --length 20 --prompt the --top-k 3 --seed 1") == 0
    first = capsys.readouterr().out
    assert cli("--generate --checkpoint m.bin --length 20 --prompt the --top-k 3 --seed 1") == 0
    assert capsys.readouterr().out == first
    assert first.startswith("the") and len(first) == 3 + 20 + 1


def test_the_same_seed_gives_the_same_model_and_another_seed_another(place):
    for seed, name in ((1, "a"), (1, "b"), (2, "c")):
        assert cli(f"{SMALL} --seed {seed} --checkpoint {name}.npz") == 0
    a, b, c = (load(f"{name}.npz")[0].weights.flat for name in "abc")
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_a_run_resumed_equals_one_that_was_not_stopped(place):
    line = f"{SMALL} --schedule constant --warm-up 3 --dropout 0.1"  # any other falls over all epochs
    assert cli(f"{line} --checkpoint whole.npz") == 0
    assert cli(f"{line} --checkpoint parts.npz --epochs 1") == 0
    assert cli("--data input.txt --resume --checkpoint parts.npz --epochs 2") == 0
    whole, parts = read("whole.npz"), read("parts.npz")
    assert np.array_equal(whole.net.weights.flat, parts.net.weights.flat)
    assert np.array_equal(whole.history["loss"], parts.history["loss"])


def test_ctrl_c_saves_and_says_where(place):
    command = [sys.executable, str(ROOT / "train_minimal.py"), *SMALL.split(), "--epochs", "100000"]
    process = subprocess.Popen(
        command, cwd=place, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    wait_until((place / "lstm_model.npz").exists)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "saved in lstm_model.npz" in err
    assert "Traceback" not in err
    stopped = read(place / "lstm_model.npz")
    assert stopped.training["step"] == stopped.history["step"][-1] or len(stopped.history["step"]) > 1000


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The checkpoint of a small run that came to its end."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "input.txt").write_text(TEXT, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        old = signal.getsignal(signal.SIGINT)
        assert cli(f"{SMALL} --checkpoint good.npz") == 0
        signal.signal(signal.SIGINT, old)
    return (folder / "good.npz").read_bytes()


def bad_files(folder):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "latin.txt").write_bytes("Füße über Äpfel".encode("latin-1") * 100)
    (folder / "utf16.txt").write_bytes(TEXT.encode("utf-16")[:-1])
    (folder / "short.txt").write_text("abc", "utf-8")
    (folder / "one.txt").write_text("a" * 5000, "utf-8")
    (folder / "pickle.pkl").write_bytes(b"\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00]\x94.")
    (folder / "notes.txt").write_text("my notes", "utf-8")
    (folder / "folder").mkdir()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "--data"),
        ("--data missing.txt", "no file missing.txt"),
        ("--data folder", "is a folder"),
        ("--data empty.txt", "is empty"),
        ("--data blank.txt", "white space"),
        ("--data binary.txt", "binary"),
        ("--data latin.txt", "not UTF-8"),
        ("--data utf16.txt", "not UTF-16"),
        ("--data short.txt", "too short"),
        ("--data input.txt --seq-length 5000", "too short"),
        ("--data input.txt --epochs 0", "epochs"),
        ("--data input.txt --epochs two", "two"),
        ("--data input.txt --hidden-size 0", "hidden_size"),
        ("--data input.txt --hidden-size -3", "hidden_size"),
        ("--data input.txt --hidden-size 10000000", "hidden_size"),
        ("--data input.txt --batch-size 0", "batch_size"),
        ("--data input.txt --batch-size 100000", "too short"),
        ("--data input.txt --seq-length 0", "seq_length"),
        ("--data input.txt --lr 0", "learning_rate"),
        ("--data input.txt --lr nan", "learning_rate"),
        ("--data input.txt --lr -1", "learning_rate"),
        ("--data input.txt --lr inf", "learning_rate"),
        ("--data input.txt --temperature -1", "temperature"),
        ("--data input.txt --temperature nan", "temperature"),
        ("--data input.txt --seed -1", "seed"),
        ("--data input.txt --cell transformer", "transformer"),
        ("--data input.txt --checkpoint notes.txt", "not a checkpoint"),
        ("--data input.txt --checkpoint folder", "is a folder"),
        ("--data input.txt --checkpoint nowhere/model.npz", "no folder nowhere"),
        ("--data input.txt --checkpoint pickle.pkl", "pickle"),
        ("--data input.txt --resume", "no file lstm_model.npz"),
        ("--data input.txt --resume --checkpoint good.npz --hidden-size 9", "--hidden-size 8"),
        ("--data input.txt --resume --checkpoint good.npz --epochs 2", "done already"),
        ("--data one.txt --resume --checkpoint good.npz --epochs 9", "another text"),
        ("--generate", "no file lstm_model.npz"),
        ("--generate --checkpoint notes.txt", "not a checkpoint"),
        ("--generate --checkpoint pickle.pkl", "pickle"),
        ("--generate --checkpoint half.npz", "damaged"),
        ("--generate --checkpoint folder", "is a folder"),
        ("--generate --checkpoint good.npz --length -5", "length"),
        ("--generate --checkpoint good.npz --length 99999999", "length"),
        ("--generate --checkpoint good.npz --temperature inf", "temperature"),
        ("--generate --checkpoint good.npz --top-k 0", "top_k"),
        ("--generate --checkpoint good.npz --seed -1", "seed"),
        ("--generate --checkpoint good.npz --prompt Zebra!", "'Z'"),
        ("--generate --data input.txt", "--data"),
        ("--nonsense", "--nonsense"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_sentence_and_nothing_is_overwritten(place, good, capsys, line, words):
    bad_files(place)
    (place / "good.npz").write_bytes(good)
    (place / "half.npz").write_bytes(good[: len(good) // 2])
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert cli(line) == 2
    out, err = capsys.readouterr()
    last = err.strip().splitlines()[-1]
    assert out == "" and words in last and last.startswith("train_minimal.py: ") and last.endswith(".")
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_run_that_diverges_says_so_and_keeps_the_last_checkpoint(place, capsys, monkeypatch):
    assert cli(SMALL) == 0
    before = (place / "lstm_model.npz").read_bytes()
    monkeypatch.setattr("lstm.training.training.evaluate", lambda net, ids: 1.0)
    monkeypatch.setattr("lstm.network.Network.forward", lambda *a: float("nan"), raising=False)
    monkeypatch.setattr("lstm.network.LSTM.forward", lambda self, x, y, *s: self._forward(x, y, *s) * np.nan)
    assert cli(SMALL) == 1
    assert "no longer a number" in capsys.readouterr().err
    assert (place / "lstm_model.npz").read_bytes() == before


def test_a_run_that_learns_nothing_says_so(place, capsys):
    assert cli(f"{SMALL} --lr 1000 --weight-decay 0") == 0
    assert "above that of guessing" in capsys.readouterr().err


def test_a_reader_that_closes_early_is_no_error(place):
    assert cli(SMALL) == 0
    line = f"{sys.executable} {ROOT / 'train_minimal.py'} --generate --length 100000 | head -c 10"
    done = subprocess.run(["sh", "-c", line], cwd=place, capture_output=True, text=True, env=os.environ)
    assert len(done.stdout) == 10 and "Traceback" not in done.stderr


def test_a_file_for_pytorch_is_read_as_a_checkpoint_is(place, capsys):
    net, vocabulary = LSTM(5, 4, 5, seed=1, layers=2), Vocabulary("\nabcd")
    save("m.npz", net, vocabulary)
    save_safetensors("m.safetensors", net, vocabulary)
    written = []
    for name in ("m.npz", "m.safetensors"):
        assert cli(f"--generate --checkpoint {name} --length 40 --seed 1 --prompt a") == 0
        written.append(capsys.readouterr().out)
    assert written[0] == written[1] and len(written[0]) == 42


def test_a_damaged_checkpoint_is_named(place, capsys):
    save("m.npz", LSTM(5, 4, 5, seed=1), Vocabulary("\nabcd"))
    Path("half.npz").write_bytes(Path("m.npz").read_bytes()[:900])
    assert cli("--generate --checkpoint half.npz") == 2
    assert "half.npz is damaged" in capsys.readouterr().err
