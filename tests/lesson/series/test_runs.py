"""Runs of the page Series: what the worker does is what the library does, and the picture shows it."""

import json
import math

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.series import news
from lesson.series.challenges import CHALLENGES, check, checked
from lesson.series.measures import LAST, MEAN, NOISE, baselines, learned_after
from lesson.series.own_series import text_of
from lesson.series.part import name_of
from lesson.series.settings import LIMITS, Setting
from lesson.training.engine.run_names import what_is_it
from lesson.training.live import answers as live_answers
from lstm.series.own import read_series
from lstm.series.run import LEARNED, SeriesRun
from tests.lesson.training.live.recording import recorded_run

WAVE = "\n".join(f"{math.sin(k / 5):.4f}" for k in range(400))


def finished(setting, steps=40, text=""):
    return recorded_run(setting.run(text), text, steps)[0]


@pytest.mark.parametrize("cell", ["LSTM", "GRU", "RNN"])
def test_a_run_is_that_of_the_library(cell):
    setting = Setting("sine", cell, 2, 10, 7)
    recording = finished(setting)
    run = SeriesRun("sine", cell.lower(), 2, 10, LIMITS["sine"], 7)
    expected = run.advance(40, math.inf)
    history = recording.up_to(40)
    assert history.loss.tolist() == expected.losses
    assert history.validation_step.tolist() == [0, 20, 40]
    assert history.validation_loss[1:].tolist() == [loss for _, loss in expected.tests]
    drawn = json.loads(history.sample[1])
    np.testing.assert_allclose(drawn, 1000 * expected.pictures[-1][1], atol=0.51)
    assert Setting.of_run(recording.settings) == setting and "sine" in what_is_it(recording.settings)


def test_the_picture_of_a_run_has_its_losses_and_predictions():
    recording = finished(Setting("sine", "LSTM", 1, 10, 1))
    shown = news._run_news(("id", 40, False), recording)
    losses, history = shown["losses"], recording.up_to(40)
    np.testing.assert_allclose(losses["test"], 100 * np.log10(history.validation_loss), atol=0.51)
    means = history.loss.reshape(2, 20).mean(axis=1)
    np.testing.assert_allclose(losses["training"], 100 * np.log10(means), atol=0.51)
    assert losses["steps"] == LIMITS["sine"] // 20 + 1 == len(losses["names"])
    assert len(shown["predictions"]) == 120
    lines = losses["references"]
    names = ", ".join(row["name"] for row in lines if row["name"]).split(", ")
    for name, line, (known, loss) in zip(names, lines, baselines("sine").items(), strict=True):
        assert name.startswith(f"{known} 0.") and line["log"] == round(100 * math.log10(loss))
    json.dumps(shown, allow_nan=False)


def test_a_sequence_ends_with_its_adding_problem():
    long, whole = (finished(Setting("adding", "LSTM", 3, length, 1), 20) for length in (150, 100))
    assert long.up_to(20).loss.tolist() == whole.up_to(20).loss.tolist()
    assert news._run_news(("long", 20, True), long)["cell"]["length"] == "100"
    assert "sequences of 100 steps" in name_of(Setting.of_run(long.settings))


def test_a_run_that_diverges_can_be_drawn():
    recording = finished(Setting("spike", "RNN", 0, 10, 1))
    recording._loss[3], recording._validation[-1] = math.nan, (40, 1e9)
    shown = news._run_news(("other", 40, False), recording)
    assert shown["losses"]["high"] == 9 and shown["cell"] is None  # the map is of LSTMs
    json.dumps(shown, allow_nan=False)


def test_every_loss_is_on_the_axis_or_named_as_below_it():
    recording = finished(Setting("own", "LSTM", 1, 10, 1), 40, WAVE)
    recording._validation[-1] = (40, 23.0)
    known = {MEAN: 0.5, LAST: 1e-32}
    picture = news.losses_picture("own", recording.up_to(40), known, 300)
    ends = 100 * picture["low"], 100 * picture["high"]
    assert ends == (-600, 200)
    for log in (*picture["test"], *picture["training"], *(row["log"] for row in picture["references"])):
        assert ends[0] <= log <= ends[1]
    assert [row["name"].endswith("(below the axis)") for row in picture["references"]] == [False, True]


def test_words_name_the_baselines_that_are_not_beaten():
    known = {MEAN: 0.5, LAST: 0.2, NOISE: 0.09}
    assert "below the mean and the last value." in news._comparison("sine", 0.1, known)
    assert "below the mean, not below the last value." in news._comparison("sine", 0.3, known)
    assert "not below the mean and the last value." in news._comparison("sine", 0.6, known)
    assert "noise" in news._comparison("sine", 0.1, known) and "noise" not in news._comparison(
        "own", 0.1, {MEAN: 1}
    )


def test_baselines_are_in_the_order_that_they_have_on_paper():
    sine = baselines("sine")
    weighted = next(loss for name, loss in sine.items() if "weighted" in name)
    assert sine[NOISE] < weighted < sine[LAST] < sine[MEAN]
    assert set(baselines("spike")) == {MEAN} and baselines("adding")[MEAN] == pytest.approx(1 / 24, rel=0.25)


def test_a_series_of_ones_own_is_learned_and_measured_against_itself():
    own = read_series(WAVE.encode())
    text = text_of(own)
    setting = Setting("own", "LSTM", 1, 10, 1)
    recording = finished(setting, 60, text)
    assert read_series(text.encode()) == own  # to the bit
    known = baselines("own", text)
    assert known[LAST] < known[MEAN]
    assert "those of the training part" in news._comparison("own", 0.1, known)
    shown = news._run_news(("own", 60, False), recording)
    assert len(shown["predictions"]) == len(own.test_chunks()[0].inputs) <= 200
    assert setting.run(text) != setting.run(text + "\n1.5")  # another series is another run
    assert learned_after("own", recording.up_to(60)) is None


def test_the_mean_of_ones_own_series_is_that_of_its_training_part():
    values = [*(k % 2 for k in range(320)), *(5 + k % 2 for k in range(80))]  # the test is far from the mean
    own = read_series("\n".join(map(str, values)).encode())
    known = baselines("own", text_of(own))
    assert known[MEAN] == pytest.approx((9**2 + 11**2) / 2) and known[LAST] == pytest.approx(
        (4 * 79 + 64) / 80
    )
    run = SeriesRun("own", "lstm", 1, 10, 5, 1, own)
    assert run.test()[0] / run.test_share == pytest.approx(known[MEAN])


def test_a_challenge_is_solved_by_its_task_its_seed_and_few_updates():
    spike, total = CHALLENGES
    recording = finished(Setting("spike", "LSTM", 5, 10, 123))
    assert check(spike, 123, recording, 300) == (True, "It learned the task after 300 updates.")
    assert not check(spike, 123, recording, 320)[0] and not check(spike, 124, recording, 300)[0]
    assert not check(total, 123, recording, 300)[0]
    assert check(spike, 123, recording, None) == (False, "Not yet.")
    assert checked(recording, "", 0) == {"verdict": "", "solved": []} == checked(recording, "nonsense", 5)
    assert checked(recording, spike.name, 123)["solved"] == []
    recording._validation.append((60, 0.5 * LEARNED["spike"] * baselines("spike")[MEAN]))
    recording._head = 60
    assert checked(recording, spike.name, 123)["solved"] == [spike.name]
    assert checked(recording, spike.name, 122)["solved"] == []


def test_only_runs_of_this_page_have_news_here(monkeypatch):
    from lesson.training.engine.settings import RECALL, RunSettings

    recording, _ = recorded_run(RunSettings(text=RECALL, hidden=4, seq=3, batch=4, amount=1), "", 2)
    monkeypatch.setattr(news, "watched_runs", lambda query: [recording])
    with pytest.raises(QueryError, match="no series"):
        news.series_news(None)


def test_the_training_page_refuses_runs_of_this_page(monkeypatch):
    recording = finished(Setting("sine", "LSTM", 1, 5, 1), 1)
    monkeypatch.setattr(live_answers, "watched_runs", lambda query: [recording])
    monkeypatch.setattr(live_answers, "_recordings", lambda query: [recording])
    query = Query({"runs": recording.id, "since": "-1", "at": "1"})
    for answer in (live_answers.runs_news, live_answers.runs_sentences, live_answers.live_sentences):
        with pytest.raises(QueryError, match="learns no text"):
            answer(query)
