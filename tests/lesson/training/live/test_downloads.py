"""What a visitor takes home of a run works elsewhere."""

import numpy as np
import pytest

import train_minimal
from lesson.training.engine.settings import RECALL, SPEED, RunSettings, digest
from lesson.training.live.downloads import files_of
from lesson.training.live.run_files import history_csv
from lstm.storage.checkpoint import read_bytes
from tests.app import open_script, rerun
from tests.lesson.training.live.recording import OWN, PLACES, SMALL, Server, recorded_run

# -- downloads --


@pytest.fixture(scope="module")
def kept():
    """The files of a short run, and its recording."""
    recording, done = recorded_run(SMALL.but(amount=2))
    return files_of(recording, Server(done)), recording


def test_the_files_of_a_run_are_of_one_moment(kept):
    made, recording = kept
    assert made.step == made.steps == recording.head > 20 and made.trouble == ""
    assert made.history == history_csv(recording)
    assert made.script.startswith('"""Repeats a run of the training page: LSTM, 8 hidden units, places')
    found = read_bytes(made.checkpoint)
    assert int(found.training["step"]) == made.step
    assert found.notes == {"text": "places", "settings": recording.settings.key}


def test_a_run_bounded_by_time_is_repeated_up_to_the_step_it_reached():
    settings = SMALL.but(budget="seconds", amount=600)
    recording, done = recorded_run(settings, steps=17)
    assert "islice(training, 17)" in files_of(recording, Server(done)).script


def test_the_command_line_lets_the_checkpoint_write_and_goes_on_with_it(kept, tmp_path, monkeypatch, capsys):
    made, recording = kept
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places_lstm_8.npz").write_bytes(made.checkpoint)
    (tmp_path / "places.txt").write_text(PLACES, "utf-8")
    command = "--generate --checkpoint places_lstm_8.npz --length 80 --seed 1"
    assert train_minimal.main(command.split()) == 0
    assert len(capsys.readouterr().out) == 81
    command = "--data places.txt --resume --checkpoint places_lstm_8.npz --epochs 3"
    assert train_minimal.main(command.split()) == 0
    assert f"Going on after step {made.step}" in capsys.readouterr().err
    whole, _ = recorded_run(SMALL.but(amount=3))
    found = read_bytes((tmp_path / "places_lstm_8.npz").read_bytes())
    assert found.history["loss"].tolist() == whole.up_to(whole.head).loss.tolist()


def a_page_with_downloads():
    import streamlit as st

    from lesson.training.live.downloads import offer_downloads

    offer_downloads(
        st.session_state["recording"], st.session_state["server"], st.session_state.get("name", "")
    )


def open_downloads(recording, server, **state):
    """Open the page and press its button."""
    app = open_script(a_page_with_downloads, state={"recording": recording, "server": server, **state})
    assert not app.get("download_button") and server.asked == 0
    app.session_state[f"keep_{digest(recording.settings.key)}"] = True
    return rerun(app)


def labels(app):
    return [button.label for button in app.get("download_button")]


def test_files_are_made_when_the_button_is_pressed_and_once():
    recording, done = recorded_run(SMALL)
    server = Server(done)
    app = open_downloads(recording, server)
    assert len(labels(app)) == 3 and labels(app)[0].startswith(f"Checkpoint at step {done.step} (")
    assert f"History of {done.step} steps (CSV)" in labels(app)
    assert "--generate --checkpoint places_lstm_8.npz" in app.caption[0].value
    app.run()
    assert server.asked == 1


def test_the_visitors_own_text_is_kept_beside_the_script_that_reads_it():
    recording, done = recorded_run(SMALL.but(text="my own", digest=digest(OWN), batch=4), OWN)
    assert labels(open_downloads(recording, Server(done)))[-1] == "The text, which the script reads"


def test_without_a_checkpoint_the_rest_is_there_and_it_is_said_why():
    recording, done = recorded_run(SMALL)
    app = open_downloads(recording, Server(done, "This run has ended; start it again to keep it."))
    assert len(labels(app)) == 2
    assert [error.value for error in app.error] == [
        "There is no checkpoint. This run has ended; start it again to keep it."
    ]


def test_weights_that_are_no_numbers_are_not_kept():
    recording, done = recorded_run(SMALL)
    done.training.net.weights.flat[0] = np.nan
    app = open_downloads(recording, Server(done))
    assert "weights that are not numbers" in app.error[0].value and len(labels(app)) == 2


def test_the_recall_task_has_a_history_and_a_script():
    settings = RunSettings(RECALL, hidden=8, seq=2, amount=1, clip_at=1.0)
    recording, done = recorded_run(settings)
    app = open_downloads(recording, Server(done))
    assert len(labels(app)) == 2 and not app.error
    assert files_of(recording, Server(done)).history.startswith(b"step,loss,right,gradient_norm\n1,")


def test_nothing_is_offered_of_a_measurement_or_before_a_run_has_begun():
    recording, done = recorded_run(SMALL)
    recording.begun, server = None, Server(done)
    app = open_downloads(recording, server)
    assert not labels(app) and "the run has not begun" in app.caption[0].value and server.asked == 0
    recording, _ = recorded_run(SMALL)
    recording.settings = SMALL.but(text=SPEED)
    app.session_state["recording"] = recording
    assert not app.run().get("popover") and not app.exception
