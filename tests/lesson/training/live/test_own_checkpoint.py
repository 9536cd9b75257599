"""Checkpoints that visitors bring along: described, gone on with, or refused in one sentence."""

import gzip
import io
import math
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest

import train_minimal
from lesson.training.engine.jobs import work
from lesson.training.engine.settings import RunSettings, digest
from lesson.training.engine.text_work import TextWork
from lesson.training.live.going_on import run_that_resumes, what_ends
from lesson.training.live.own_checkpoint import (
    LARGEST,
    checked_model,
    describe_model,
)
from lesson.training.live.own_text import MOST_CHARACTERS
from lstm import GRU, LSTM, RNN, InputError, ResetAfterGRU, Vocabulary, train
from lstm.exchange import to_torch
from lstm.exchange.files import dump_safetensors
from lstm.storage.checkpoint import dump, read_bytes
from tests.app import open_script, without_entries
from tests.files import GOOD, MB, archive, bomb, entry, good_entries, npz, with_arrays, with_header, zeros
from tests.lesson.training.live.recording import OWN, PLACES, SMALL, give, is_a_sentence, recorded_run

# -- a checkpoint brought along --


def a_page_with_an_upload():
    import streamlit as st

    from lesson.training.live.own_checkpoint import choose_own_checkpoint, show_model

    if st.toggle("elsewhere"):
        st.stop()
    if (model := choose_own_checkpoint()) is not None:
        show_model(model)


def description_of(page):
    return without_entries(page.markdown[0].value)


@pytest.fixture
def page():
    return open_script(a_page_with_an_upload)


@pytest.fixture(scope="module")
def trained():
    """The checkpoint of a short run, and what is known of the run."""
    recording, done = recorded_run(SMALL.but(amount=2))
    return done.checkpoint({"text": "places", "settings": recording.settings.key}), recording


def model(net=None, notes=None, history=None, training=False):
    """A checkpoint's bytes."""
    net = net or LSTM(7, 4, 7, seed=1)
    vocabulary = Vocabulary(chr(97 + k) for k in range(net.input_size))
    going = train(net, np.arange(300) % 7, epochs=1, seq_length=5, batch_size=2) if training else None
    return dump(net, vocabulary, going, history=history, notes=notes)


@pytest.mark.parametrize("make", [LSTM, GRU, RNN])
def test_what_was_uploaded_is_described(page, make):
    assert give(page, model(make(7, 4, 7, seed=1))) == []
    words = description_of(page)
    kind = make.__name__
    assert words.startswith(f"**{'A' if kind == 'GRU' else 'An'} {kind}** with 4 hidden units and ")
    assert (
        "knows 7 characters" in words
        and "does not hold the state of its training" in words
        and "Losses" not in words
    )
    assert len(page.code[0].value) == 240
    assert page.session_state["own_model"].net.kind == kind.lower()
    assert page.session_state["own_model_file"] == b""


def test_a_training_and_the_last_losses_are_told(page, trained):
    data, recording = trained
    assert give(page, data) == []
    seen = recording.up_to(recording.head)
    words = description_of(page)
    assert f"The file also holds the state of its training, after step {recording.head}." in words
    assert f"training {seen.loss[-1]:.2f}, validation {seen.validation_loss[-1]:.2f} nats" in words
    assert page.session_state["own_model_file"] == data
    assert page.text[0].value == "Its training text is called: places"


def test_an_uploaded_checkpoint_stays_while_the_visitor_looks_elsewhere(page, trained):
    give(page, trained[0])
    page.toggle[0].set_value(True).run()
    assert not page.markdown
    page.toggle[0].set_value(False).run()
    assert "8 hidden units" in description_of(page) and page.session_state["own_model"].training


def test_a_note_of_a_stranger_is_shown_as_it_stands(page):
    note = "# <img src=x onerror=alert(1)> :red[**bold**] $x$ [a](javascript:b)\n\n" + "x" * 500
    give(page, model(notes={"text": note}))
    assert page.text[0].value == "Its training text is called: " + " ".join(note.split())[:60]
    assert not any("img" in element.value for element in [*page.markdown, *page.caption, *page.error])


ROWS = np.arange(1.0, 4.0)


@pytest.mark.parametrize(
    "history",
    [
        {}, {"loss": ROWS}, {"step": ROWS, "loss": ROWS}, {"step": [], "loss": [], "validation_loss": []},
        {"step": ROWS, "loss": ROWS * np.nan, "validation_loss": ROWS * np.nan},
        {"step": ROWS, "loss": ROWS * np.inf, "validation_loss": -ROWS * np.inf},
        {"step": ROWS, "loss": ROWS * 1e300, "validation_loss": -ROWS * 1e300},
        {"step": [1, 2, 2**31 - 1], "loss": [0, 0, 0], "validation_loss": [0, -0.0, 1e-320]},
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")  # of numbers too large to be added: what is drawn is the same
def test_a_history_with_wild_numbers_breaks_nothing(page, history):
    assert give(page, model(history={k: np.array(v, float) for k, v in history.items()})) == []
    assert "knows 7 characters" in description_of(page)


@pytest.mark.parametrize("make", [LSTM, GRU, RNN])
def test_weights_that_are_huge_break_nothing(page, make):
    net = make(7, 4, 7, seed=1)
    net.weights.flat[:] = 1e30
    net.weights.flat[::2] *= -1
    assert give(page, model(net)) == []
    assert len(page.code[0].value) == 240
    net.weights.flat[0] = np.finfo(np.float32).max
    says = "The file's network has weights too large to compute with; give another."
    assert give(page, model(net)) == [says]


@pytest.mark.parametrize("cell", [LSTM, RNN, ResetAfterGRU])
def test_a_network_of_pytorch_is_taken_and_what_it_lacks_is_said(page, cell):
    net, vocabulary = cell(7, 4, 7, seed=1), Vocabulary("abcdefg")
    state = to_torch(net, "cell.", "head.")
    for data in (dump_safetensors(net, vocabulary), npz(state | {"vocabulary": np.arange(97, 104)})):
        assert give(page, data, "model.safetensors") == []
        assert page.session_state["own_model"].vocabulary == vocabulary
        assert "The file does not hold the state of its training." in description_of(page)
    (sentence,) = give(page, npz(state), "model.npz")
    assert "has no vocabulary" in sentence and is_a_sentence(sentence)


def foreign_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("letter.txt", "dear reader")
    return file.getvalue()


def ten_gigabytes():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
        array = good.read("weights/Wf.npy")
    return archive(good_entries(weights__Wf=bomb(array, len(array))("weights/Wf.npy")))


HOSTILE = {
    "nothing": b"",
    "a pickle": pickle.dumps({"Wf": [1.0]}),
    "an old pickle": pickle.dumps({"Wf": [1.0]}, protocol=0),
    "a pickle in an npz": with_arrays(weights__Wf=np.array([{"a": 1}], object)),
    "ten gigabytes of zeros": ten_gigabytes(),
    "a gigabyte that says so": archive([entry("header.npy", zeros(1_000), 1_000 * MB, zipfile.ZIP_DEFLATED)]),
    "65,535 entries": archive([entry("a.npy", b"")], repeat_table=65_535),
    "another zip": foreign_zip(),
    "another npz": npz({"a": np.arange(3)}),
    "half of a file": GOOD[: len(GOOD) // 2],
    "a file and more": GOOD + bytes(100_000),
    "another shape": with_arrays(weights__Wy=np.zeros((3, 3), np.float32)),
    "NaN weights": with_arrays(weights__by=np.full(7, np.nan, np.float32)),
    "infinite weights": with_arrays(weights__by=np.full(7, np.inf, np.float32)),
    "a later version": with_header(format=7),
    "a version that is markup": with_header(format="**1** :red[x]"),
    "no cell of ours": with_header(cell="transformer"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1_000),
    "a text": b"Once upon a time",
    "a table": b"step,loss\n1,2\n",
    "packed text": gzip.compress(b"x" * 1_000),
    "HDF5": b"\x89HDF\r\n\x1a\n" + bytes(1_000),
    "noise": np.random.default_rng(0).bytes(10_000),
    "ten megabytes of noise": np.random.default_rng(0).bytes(10 * MB),
    "unpacked too large": model(RNN(7, 3_000, 7, seed=0)),
    "2,001 characters": dump(
        RNN(2_001, 1, 2_001, seed=0), Vocabulary(chr(0x4E00 + k) for k in range(MOST_CHARACTERS + 1))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_of_ours_is_refused_and_nothing_is_lost(page, trained, name):
    give(page, trained[0], "good.npz")
    before = page.session_state["own_model"]
    said = give(page, HOSTILE[name], f"**{name}**<b>.npz")
    assert len(said) == 1 and is_a_sentence(said[0])
    assert page.session_state["own_model"] is before and "8 hidden units" in description_of(page)
    assert give(page, trained[0], "good.npz") == []


def test_our_largest_model_fits_with_its_training():
    net = LSTM(65, 512, 65, seed=0)
    training = train(net, np.arange(4_000) % 65, seq_length=50, batch_size=32)
    data = dump(net, Vocabulary(chr(97 + k) for k in range(65)), training)
    assert len(data) < LARGEST and checked_model(data).net.hidden_size == 512


# -- going on with it --


def test_a_run_of_ours_goes_on_where_it_was(trained):
    data, recording = trained
    settings, text = run_that_resumes(read_bytes(data))
    assert text == PLACES
    assert settings == recording.settings.but(amount=12)  # it was done: ten more
    resumed = TextWork(settings.but(amount=3), text, data)
    resumed.advance(2**53, math.inf)
    whole, done = recorded_run(recording.settings.but(amount=3))
    assert resumed.training.net.weights.flat.tobytes() == done.training.net.weights.flat.tobytes()


@pytest.mark.parametrize(
    "settings",
    [
        SMALL.but(cell="gru", bias=2.0, clip="value", clip_at=1.0, temperature=0.5, amount=50),
        SMALL.but(cell="rnn", bias=0.0, clip="off", optimiser="sgd", rate=0.3, seed=9, amount=50),
    ],
)
def test_settings_come_back_from_the_file(settings):
    done = work(settings, PLACES)
    done.advance(3, math.inf)
    notes = {"text": settings.text, "settings": settings.key}
    assert run_that_resumes(read_bytes(done.checkpoint(notes))).settings == settings
    without = run_that_resumes(read_bytes(done.checkpoint({}))).settings
    assert without == settings.but(bias=0.0, temperature=RunSettings.temperature)


def test_a_run_bounded_by_time_goes_on_for_ten_epochs():
    done = work(SMALL.but(budget="seconds", amount=600), PLACES)
    done.advance(30, math.inf)
    settings = run_that_resumes(read_bytes(done.checkpoint({}))).settings
    assert settings.budget == "epochs"
    assert settings.amount == math.ceil(30 / done.training.chunks) + 10


def test_a_checkpoint_of_the_command_line_goes_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.txt").write_text(PLACES, "utf-8")
    command = "--data t.txt --epochs 2 --hidden-size 8 --checkpoint m.npz"
    assert train_minimal.main(command.split()) == 0
    found = read_bytes((tmp_path / "m.npz").read_bytes())
    settings = run_that_resumes(found).settings
    assert (settings.text, settings.hidden, settings.rate, settings.amount) == ("places", 8, 0.004, 12)
    assert (settings.dropout, settings.decay) == (found.settings.dropout, found.settings.weight_decay)
    assert what_ends(found) == (
        "Here it goes on with the learning rate 0.004 in every step. A run on this page does without the "
        f"cosine schedule, the warm-up and the patience of {found.settings.patience} epochs."
    )


def test_of_a_run_of_this_page_nothing_ends(trained):
    found = read_bytes(trained[0])
    assert what_ends(found) == "" == what_ends(replace(found, training=None, settings=None))
    assert "does without the warm-up." in what_ends(
        replace(found, settings=replace(found.settings, warm_up=3))
    )


@pytest.mark.parametrize("net", [LSTM(47, 8, 47, seed=1, layers=2), ResetAfterGRU(47, 8, 47, seed=1)])
def test_what_the_page_cannot_train_does_not_go_on_there(net):
    vocabulary = Vocabulary.from_text(PLACES)
    training = train(net, vocabulary.encode(PLACES), epochs=2, seq_length=50, batch_size=8)
    next(training)
    data = dump(net, vocabulary, training)
    with pytest.raises(InputError, match="settings that cannot be chosen here"):
        run_that_resumes(read_bytes(data))
    with pytest.raises(InputError, match="another cell, size or vocabulary"):
        TextWork(SMALL.but(hidden=8), PLACES, data)


def test_the_visitors_own_text_is_recognised():
    settings = SMALL.but(text="my own", digest=digest(OWN), batch=4, amount=50)
    done = work(settings, OWN)
    done.advance(3, math.inf)
    found = read_bytes(done.checkpoint({"settings": settings.key}))
    assert run_that_resumes(found, OWN) == (settings, OWN)
    for other in (None, OWN + "x", PLACES):
        with pytest.raises(InputError, match="learned from a text that is not here") as caught:
            run_that_resumes(found, other)
        assert str(caught.value).endswith(".")


def test_what_cannot_go_on_here_says_why(trained):
    found = read_bytes(trained[0])
    with pytest.raises(InputError, match="holds only a network"):
        run_that_resumes(replace(found, training=None, settings=None))
    for changes in ({"decay": 0.9}, {"clip_value": 1.0}):
        with pytest.raises(InputError, match="cannot be chosen here"):
            run_that_resumes(replace(found, settings=replace(found.settings, **changes)))


def test_a_list_whose_lines_were_put_in_another_order_cannot_go_on_here():
    vocabulary = Vocabulary.from_text(PLACES)
    net = LSTM(len(vocabulary), 4, len(vocabulary), seed=1)
    training = train(net, vocabulary.encode(PLACES), line_end=vocabulary.char_to_idx["\n"])
    next(training)
    with pytest.raises(InputError, match="cannot be chosen here"):
        run_that_resumes(read_bytes(dump(net, vocabulary, training)))


def test_to_look_whether_a_training_can_go_on_leaves_the_best_weights_in_the_model(trained):
    found = read_bytes(trained[0])
    state = found.training | {"weights": found.net.weights.flat + 1}
    run_that_resumes(replace(found, training=state))
    np.testing.assert_array_equal(found.net.weights.flat, state["best_weights"])


@pytest.mark.parametrize(
    "note",
    ["", "null", "3", "[]", "{", "[" * 10_000, '{"rm": 1}', '{"bias": "x"}', '{"bias": NaN}',
     '{"bias": 1e99}', '{"temperature": null}', '{"hidden": 1000000}', '{"bias": ' + "9" * 5_000 + "}"],
    ids=lambda note: note[:20],
)  # fmt: skip
def test_settings_noted_by_a_stranger_may_be_anything(note):
    done = work(SMALL.but(amount=50), PLACES)
    done.advance(3, math.inf)
    assert run_that_resumes(read_bytes(done.checkpoint({"settings": note}))).settings == SMALL.but(amount=50)


def test_words_about_a_model_hold_nothing_of_its_own():
    for history in ({"loss": np.array([1e300])}, {"loss": np.array([np.inf])}):
        words = describe_model(read_bytes(model(history=history, notes={"text": "**x**"})))
        assert "x" not in words.replace("next", "").replace("**An LSTM**", "")
