"""The command `lstm` in this process: its words, what it says, and what becomes of files."""

import numpy as np
import pytest

import lstm
from lstm import LSTM, Vocabulary, load, save, train
from lstm.storage.checkpoint import read
from lstm.terminal import start
from lstm.terminal.command import main
from lstm.training.recipe import default_recipe

TEXT = "the cat sat on the mat and the dog sat on the log.\n" * 60
SMALL = "--hidden-size 8 --seq-length 10"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder with a text in it, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "input.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def run(place, capsys):
    """A function that runs a line: exit code, standard output, standard error."""

    def run(line):
        capsys.readouterr()
        return main(line.split()), *capsys.readouterr()

    return run


def test_a_text_is_named_with_or_without_an_option(run):
    for line in (f"train input.txt --epochs 1 {SMALL}", f"train --data input.txt --epochs 1 {SMALL}"):
        code, _, err = run(line)
        assert code == 0 and "lstm generate lstm_model.npz writes more" in err


def test_a_checkpoint_is_named_with_or_without_an_option(run):
    assert run(f"train input.txt --epochs 1 --checkpoint m.npz {SMALL}")[0] == 0
    texts = {run(f"generate {name} --length 20 --seed 1")[1] for name in ("m.npz", "--checkpoint m.npz")}
    assert len(texts) == 1 and len(texts.pop()) == 21


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "Give a command: train, generate or info"),
        ("sing", "invalid choice: 'sing'"),
        ("train", "Give a text to learn from: lstm train FILE."),
        ("train input.txt --data other.txt", "Two files are named, input.txt and --data other.txt"),
        ("generate a.npz --checkpoint b.npz", "Two files are named"),
        ("generate", "no file lstm_model.npz"),
        ("info input.txt", "not a checkpoint"),
        ("info --length", "Unrecognized arguments: --length"),
        ("train input.txt --schedule never", "invalid choice: 'never'"),
        ("train input.txt --warm-up -1", "warm_up"),
        ("train input.txt --weight-decay 2", "weight_decay"),
        ("train input.txt --patience -1", "patience"),
        ("train input.txt --layers 0", "layers"),
        ("train input.txt --dropout 1", "dropout"),
        ("train input.txt --batch-size 2 --processes 3", "--processes must be a whole number from 1 to 2"),
        ("train one.txt --shuffle --seq-length 5", "no second line"),
    ],
)
def test_bad_lines_get_one_sentence(place, run, line, words):
    (place / "one.txt").write_text("word " * 200, "utf-8")
    code, out, err = run(line)
    assert code == 2 and out == "" and err.startswith("lstm: ") and err.count("\n") == 1
    assert words in err and err.endswith(".\n")
    assert not (place / "lstm_model.npz").exists()


def test_help_says_what_an_exit_code_means(capsys):
    for words in (["--help"], ["train", "--help"], ["generate", "-h"]):
        with pytest.raises(SystemExit) as end:
            main(words)
        out = " ".join(capsys.readouterr().out.split())
        assert end.value.code == 0
        for piece in ("0 done", "1 the loss became NaN", "2 an input", "130 stopped"):
            assert piece in out


def test_the_version_is_that_of_the_library(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"lstm {lstm.__version__}\n"


# -- what is saved --


def test_a_new_run_keeps_the_model_that_was_there(place, run):
    line = f"train input.txt --epochs 1 {SMALL}"
    assert run(line)[0] == 0
    old = (place / "lstm_model.npz").read_bytes()
    code, _, err = run(f"{line} --seed 1")
    assert code == 0 and "lstm_model.npz holds a model already, which will be kept under another name" in err
    assert "The model that was in lstm_model.npz is kept as lstm_model.bak.npz." in err
    assert (place / "lstm_model.bak.npz").read_bytes() == old
    assert "will be replaced" in run(f"{line} --seed 2 --overwrite")[2]
    assert run("train input.txt --resume --epochs 2")[0] == 0
    assert len(list(place.glob("*.npz"))) == 2


@pytest.mark.slow
def test_the_best_epoch_is_saved_and_said(place, run, monkeypatch):
    losses = iter([1.5, 1.25, 2.0, 2.5])
    monkeypatch.setattr("lstm.training.training.evaluate", lambda net, ids: next(losses))
    line = f"train input.txt --schedule constant --warm-up 0 {SMALL}"
    code, _, err = run(f"{line} --epochs 9 --patience 2")
    assert code == 0 and "No better validation loss for 2 epochs; the best was 1.25 at epoch 2." in err
    assert "The last epoch's validation loss is 2.500; saved is epoch 2, the best, with 1.250." in err
    monkeypatch.undo()
    monkeypatch.chdir(place)
    assert run(f"{line} --epochs 2 --checkpoint two.npz")[0] == 0
    best, two = read("lstm_model.npz"), read("two.npz")
    assert np.array_equal(best.net.weights.flat, two.training["weights"])
    assert "best epoch  2, validation loss 1.250" in run("info")[1]


@pytest.mark.slow
def test_a_training_goes_on_with_another_rate_and_schedule(run):
    assert run(f"train input.txt --epochs 2 --lr 0.002 {SMALL}")[0] == 0
    code, _, err = run("train input.txt --resume --epochs 3 --lr 0.0005 --schedule linear --weight-decay 0.1")
    assert code == 0 and "Going on after step" in err and "epoch 3/3" in err
    settings = read("lstm_model.npz").settings
    assert (settings.learning_rate, settings.schedule, settings.weight_decay) == (0.0005, "linear", 0.1)
    for option, words in (
        ("--optimiser sgd", "--optimiser adam, not sgd; leave --optimiser out"),
        ("--shuffle", "leave --shuffle out"),
        ("--seq-length 9", "--seq-length 10, not 9"),
    ):
        code, _, err = run(f"train input.txt --resume --epochs 4 {option}")
        assert code == 2 and words in err


@pytest.mark.slow
def test_a_training_goes_on_to_its_own_last_epoch_or_beyond_it_to_the_usual_one(run, monkeypatch):
    monkeypatch.setattr(start, "_EPOCHS", 5)
    vocabulary = Vocabulary.from_text(TEXT)
    net = LSTM(len(vocabulary), 4, len(vocabulary), seed=0)
    for epochs, last in ((7, 7), (10**6, 5)):  # a run of the course that is bounded by time has a million
        training = train(net, vocabulary.encode(TEXT), epochs=epochs)
        next(training)
        save("m.npz", net, vocabulary, training)
        assert f"epoch {last}/{last}" in run("train input.txt --resume --checkpoint m.npz")[2]
    assert run(f"train input.txt --epochs 3 {SMALL}")[0] == 0
    assert "epoch 5/5" in run("train input.txt --resume")[2]
    code, _, err = run("train input.txt --resume")
    assert code == 2 and "The 5 epochs are done already" in err


def test_what_is_not_asked_for_is_the_recipe(run):
    code, _, err = run(f"train input.txt --epochs 2 {SMALL}")
    checkpoint = read("lstm_model.npz")
    recipe = default_recipe(
        len(TEXT) - len(TEXT) // 10, len(checkpoint.vocabulary), 8, seq_length=10, epochs=2
    )
    assert code == 0
    assert vars(checkpoint.settings).items() >= recipe.items()
    assert f"learning rate {recipe['learning_rate']:.3g}, cosine schedule" in err
    assert "patience of 10 epochs" in err and f"patience of {recipe['patience']} epochs" in run("info")[1]
    assert run(f"train input.txt --epochs 1 --patience 0 {SMALL}")[0] == 0
    assert read("lstm_model.npz").settings.patience is None


@pytest.mark.slow
def test_a_training_that_patience_has_ended_goes_on_when_more_is_given(run, monkeypatch):
    monkeypatch.setattr("lstm.training.training.evaluate", lambda net, ids: 2.0)
    assert run(f"train input.txt --epochs 5 --patience 1 {SMALL}")[0] == 0
    code, _, err = run("train input.txt --resume")
    assert code == 2 and "the best was 2.00 at epoch 1; give a larger --patience to go on" in err
    assert "epoch 5/5" in run("train input.txt --resume --patience 0")[2]


def test_overfitting_is_said_once_where_it_begins(run, monkeypatch):
    said = iter([None, "It overfits.", "It overfits still."])
    monkeypatch.setattr("lstm.terminal.run.describe_overfitting", lambda history: next(said))
    code, _, err = run(f"train input.txt --epochs 4 {SMALL}")
    lines = err.splitlines()
    assert code == 0 and [line for line in lines if "overfits" in line] == ["It overfits."]
    assert lines[lines.index("It overfits.") - 1].startswith("epoch 2/4")


def test_the_lines_of_a_sorted_list_are_put_in_another_order(place, run):
    names = sorted(
        f"{first}{rest}" for first in "ABCDEFGHKLMNOPRSTUVW" for rest in ("anna", "lena", "orin", "uta")
    )
    (place / "names.txt").write_text("\n".join(names), "utf-8")
    line = f"train names.txt --epochs 1 --batch-size 1 {SMALL}"
    code, _, err = run(line)
    assert code == 0 and "as in a list: they are put in another one (--no-shuffle leaves them)" in err
    assert read("lstm_model.npz").settings.line_end is not None
    assert run(f"{line} --no-shuffle --overwrite")[0] == 0
    assert read("lstm_model.npz").settings.line_end is None


def test_lines_in_another_order(run):
    assert run(f"train input.txt --epochs 1 --shuffle {SMALL}")[0] == 0
    checkpoint = read("lstm_model.npz")
    assert checkpoint.settings.line_end == checkpoint.vocabulary.char_to_idx["\n"]
    assert run("train input.txt --resume --epochs 2 --shuffle")[0] == 0


def test_every_option_reaches_its_setting(run):
    options = {
        "schedule": "cosine", "warm_up": 5, "weight_decay": 0.01, "patience": 3, "optimiser": "sgd",
        "learning_rate": 0.2, "batch_size": 2, "dropout": 0.2, "seq_length": 10, "seed": 4, "epochs": 1,
    }  # fmt: skip
    words = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in options.items())
    assert run(f"train input.txt --hidden-size 4 --layers 2 --cell gru {words}")[0] == 0
    checkpoint = read("lstm_model.npz")
    assert {name: getattr(checkpoint.settings, name) for name in options} == options
    net = checkpoint.net
    assert (net.kind, net.hidden_size, net.layers) == ("gru", 4, 2)
    assert "GRU, 2 layers of 4 hidden units" in run("info")[1]
    assert run(f"train input.txt --epochs 1 --optimiser sgd {SMALL}")[0] == 0
    assert read("lstm_model.npz").settings.learning_rate == 2


@pytest.mark.slow
def test_two_processes_train_the_same_network(run):
    weights = []
    for processes in (1, 2):
        line = f"train input.txt --epochs 2 --batch-size 3 --processes {processes} --overwrite {SMALL}"
        assert run(line)[0] == 0
        weights.append(read("lstm_model.npz").net.weights.flat)
    np.testing.assert_allclose(*weights, atol=1e-4)
    assert not np.array_equal(*weights)  # a sum in another order: there were two


# -- what is written --


def blank_model():
    """A network that expects a blank after everything."""
    net = LSTM(3, 4, 3, seed=0)
    net.weights.flat[:] = 0
    net.by[:] = 30, 0, 0
    return net, Vocabulary([" ", "a", "\n"])


def test_many_blanks_get_a_word(run):
    save("blank.npz", *blank_model())
    code, out, err = run("generate blank.npz --length 250")
    assert code == 0 and out == " " * 250 + "\n"
    assert err.splitlines()[-1].startswith("250 blanks in a row: ")
    assert "blanks" not in run("generate blank.npz --length 199")[2]


def test_info_says_what_a_checkpoint_holds(run):
    assert run(f"train input.txt --epochs 2 --lr 0.002 --checkpoint m.npz {SMALL}")[0] == 0
    code, out, err = run("info m.npz")
    facts = dict(line.split("  ", 1) for line in out.splitlines())
    facts = {name: fact.strip() for name, fact in facts.items()}
    net, vocabulary = load("m.npz")
    assert (code, err, facts["file"]) == (0, "", "m.npz")
    assert facts["network"] == f"LSTM, 8 hidden units, {net.weights.flat.size:,} parameters"
    assert facts["vocabulary"] == f"{len(vocabulary)} characters: {''.join(vocabulary.chars)!r}"
    history = read("m.npz").history
    losses = history["validation_loss"][np.isfinite(history["validation_loss"])]
    assert (
        facts["best epoch"] == f"{losses.argmin() + 1}, validation loss {losses.min():.3f} nats per character"
    )
    assert facts["last epoch"] == f"2, validation loss {losses[-1]:.3f}"
    steps = int(history["step"][-1])
    assert facts["training"].startswith(
        f"can be resumed after step {steps} of 2 epochs; adam, learning rate 0.002"
    )


def test_info_of_a_network_alone(run):
    save("alone.npz", *blank_model(), notes={"text": "blanks\n\x1b[2J"})
    out = run("info alone.npz")[1]
    assert "none to resume" in out and "epoch" not in out and r"blanks\n\x1b[2J" in out


# -- when it is saved --


def test_a_long_epoch_is_saved_in_its_middle(place, run, monkeypatch):
    monkeypatch.setattr("lstm.terminal.run._UNSAVED", 0.0)
    steps = []
    monkeypatch.setattr(
        "lstm.terminal.run.save", lambda path, net, vocabulary, training, **_: steps.append(training.step)
    )
    assert run(f"train input.txt --epochs 1 {SMALL}")[0] == 0
    assert steps == list(range(1, steps[-1] + 1)) and len(steps) > 10


def test_a_place_that_can_not_be_written_to_is_said_before_the_first_step(place, run):
    """A name that a file can have, but not the file beside it that is written first."""
    code, out, err = run(f"train input.txt --epochs 1 {SMALL} --checkpoint {'m' * 246}.npz")
    assert code == 2 and out == "" and "epoch 1/" not in err
    assert err.splitlines()[-1].endswith(
        "(File name too long); make room, or name another file with --checkpoint."
    )
    assert [path.name for path in place.iterdir()] == ["input.txt"]
