"""A visitor's own run or upload writes, is read and is operated on like our models."""

import dataclasses

import pytest

from lesson.frame.query import QueryError
from lesson.sampling.networks import RUN, UPLOAD, network_named
from lesson.sampling.parameters import MEMORY, SURGERY, TASK, WRITE
from lesson.training.live import own_checkpoint
from lesson.widgets.catalogue import model
from tests.app import open_page, press, rerun, without_error, words_of
from tests.lesson.sampling.opening import ask, asked_by, open_sampling, panel_of
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def with_run():
    """The page of somebody who has trained a network for an epoch and brought it along."""
    query = {"tab": "Live", "hidden": "8", "budget": "1 epoch", "text": "places"}
    app = open_page("4_training.py", query)
    press(app, "Start")
    viewer = app.session_state["viewer"]
    wait_until(lambda: viewer.runs[0].finished)
    app.query_params.clear()
    app.query_params[TASK.name] = WRITE
    without_error(app.switch_page("pages/5_sampling.py").run())
    label = next(button.label for button in app.button if button.label.startswith("Load my run"))
    press(app, label)
    yield app
    viewer.leave()


def test_a_run_of_ones_own_writes(with_run):
    assert with_run.session_state["network"] == RUN
    kept = with_run.session_state["own_run"]
    assert kept.checkpoint.net.hidden_size == 8 and kept.held_out
    assert panel_of(with_run, "write")["channel"], "only the visitor's own session has it"
    assert len(asked_by(with_run, "write")["text"]) == 300


@pytest.mark.parametrize("part", [MEMORY, SURGERY])
def test_it_is_read_and_operated_on(with_run, part):
    with_run.session_state[TASK.name] = part
    rerun(with_run)
    frame = asked_by(with_run, {MEMORY: "memory", SURGERY: "surgery"}[part])
    assert len(frame["units"]) == 8
    own = with_run.session_state["own_network"]
    assert part == MEMORY or "at every character" in ask("loss", own, network=RUN)["words"]


def test_who_has_no_network_of_their_own_gets_one_sentence():
    with pytest.raises(QueryError, match="no longer here"):
        ask("write", network=UPLOAD)


def test_an_upload_can_be_chosen_and_one_that_is_gone_is_not_missed():
    app = open_sampling(WRITE, network=UPLOAD, n="100")
    assert "`network` that does not exist; showing fables" in words_of(app)
    kept = model("brackets")
    app.session_state[own_checkpoint.MODEL] = kept
    rerun(app)
    app.selectbox(key="network").set_value(UPLOAD)
    rerun(app)
    assert asked_by(app, "write")["chars"] == list(kept.vocabulary.chars)
    del app.session_state[own_checkpoint.MODEL]
    rerun(app)
    assert app.session_state["network"] == "fables"


def test_two_uploads_of_one_name_are_told_apart(monkeypatch):
    first, second = model("fables"), model("fables_gru")
    keys = []
    for kept in (first, second):
        monkeypatch.setattr("streamlit.session_state", {own_checkpoint.MODEL: kept}, raising=False)
        keys.append(network_named(UPLOAD).key)
    assert keys[0] != keys[1]


def test_an_upload_that_only_says_it_learned_our_text_has_none(monkeypatch):
    liar = dataclasses.replace(model("brackets"), notes={"text": "fables"})
    monkeypatch.setattr("streamlit.session_state", {own_checkpoint.MODEL: liar}, raising=False)
    assert network_named(UPLOAD).text is None and network_named(UPLOAD).unseen_text(100) == ""
