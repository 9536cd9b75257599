"""A visitor's own run or upload writes, is read and is operated on like our models."""

import dataclasses
import time

import pytest
from streamlit.testing.v1 import AppTest

from lesson.sampling.sources import RUN, UPLOAD, source
from lesson.training.live import own_checkpoint
from lesson.widgets.catalogue import model
from tests.lesson.sampling.opening import ROOT, healthy, opened, press, shown, told

MEMORY, SURGERY = "Read its memory", "Gate surgery"


def training_page(**query):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    app.query_params.update(query)
    return healthy(app.switch_page("pages/4_training.py").run())


@pytest.fixture(scope="module")
def with_run():
    """The page of somebody who has trained a network for an epoch and brought it along."""
    app = training_page(tab="Live", hidden="8", budget="1 epoch", text="places")
    press(app, "Start")
    viewer = app.session_state["viewer"]
    end = time.monotonic() + 60
    while not viewer.runs[0].recording.finished:
        assert time.monotonic() < end
        time.sleep(0.1)
    app.query_params.clear()
    app.query_params["tab"] = app.session_state["tab"] = "Write"
    healthy(app.switch_page("pages/5_sampling.py").run())
    label = next(button.label for button in app.button if button.label.startswith("Take my run"))
    press(app, label)
    yield app
    viewer.leave()


def test_a_run_of_ones_own_writes(with_run):
    assert with_run.session_state["network"] == RUN
    kept = with_run.session_state["own_run"]
    assert kept.checkpoint.net.hidden_size == 8 and kept.held_out
    assert len(shown(with_run, "paper")["texts"][0]["chars"]) == 300


@pytest.mark.parametrize("part", [MEMORY, SURGERY])
def test_it_is_read_and_operated_on(with_run, part):
    with_run.session_state["tab"] = part
    healthy(with_run.run())
    data = shown(with_run, {MEMORY: "memory", SURGERY: "surgery_pair"}[part])
    assert len(data["units"]) == 8
    assert part == MEMORY or "Held all along" in told(with_run)


def test_an_upload_can_be_chosen_and_one_that_is_gone_is_not_missed():
    app = opened("Write", network=UPLOAD, n="100")
    assert "`network` is nothing this page can show; shown is fables" in told(app)
    kept = model("brackets")
    app.session_state[own_checkpoint.MODEL] = kept
    healthy(app.run())
    app.selectbox(key="network").set_value(UPLOAD)
    healthy(app.run())
    assert shown(app, "paper")["details"]["chars"] == list(kept.vocabulary.chars)
    del app.session_state[own_checkpoint.MODEL]
    healthy(app.run())
    assert app.session_state["network"] == "fables"


def test_two_uploads_of_one_name_are_told_apart(monkeypatch):
    first, second = model("fables"), model("fables_gru")
    keys = []
    for kept in (first, second):
        monkeypatch.setattr("streamlit.session_state", {own_checkpoint.MODEL: kept}, raising=False)
        keys.append(source(UPLOAD).key)
    assert keys[0] != keys[1]


def test_an_upload_that_only_says_it_learned_our_text_has_none(monkeypatch):
    liar = dataclasses.replace(model("brackets"), notes={"text": "fables"})
    monkeypatch.setattr("streamlit.session_state", {own_checkpoint.MODEL: liar}, raising=False)
    assert source(UPLOAD).text is None and source(UPLOAD).fresh(100) == ""
