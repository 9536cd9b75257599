"""What the drawing of runs is answered: what is new, who watches, what is said at a step, what is refused."""

import json

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.training.engine.line import ACTIVE
from lesson.training.engine.settings import RECALL, RunSettings
from lesson.training.engine.viewer import Watched
from lesson.training.live import run_curves
from lesson.training.live.answers import GONE
from lesson.training.live.challenges import FAULTY
from lesson.training.live.registry import interval, registry
from lesson.training.troubles.experiments import EXPERIMENTS
from lstm.diagnosis.doctor import verdict
from tests.lesson.training.engine.conftest import Hall
from tests.lesson.training.live.recording import SMALL, recorded_run
from visualization.drawings.loss_codes import loss_codes


@pytest.fixture
def hall(monkeypatch):
    """A registry in the test's hands, in the place of the server's."""
    hall = Hall()
    monkeypatch.setitem(registry._results, (), hall.registry)
    run_curves._picture_news.clear()
    return hall


def ask(name, **values):
    return json.loads(answers()[name].reply(Query({key: str(value) for key, value in values.items()})))


def news(runs, since="-1", watcher="a", goal="all", width=1):
    ids = ",".join(run.id for run in runs)
    return ask("runs/news", runs=ids, since=since, watcher=watcher, goal=goal, width=width)


def keep(hall, *recordings):
    """Let the registry know runs that were recorded elsewhere."""
    for recording in recordings:
        hall.registry._add("somebody", recording)
    return recordings


def test_all_that_is_known_comes_first_and_then_what_is_new(hall):
    run = hall.join("a")
    news([run])
    hall.work(run, 30)
    answer = news([run])
    (points,) = answer["picture"]["points"]
    losses = [10.0 / (n + 1) for n in range(30)]
    assert points["step"] == list(range(1, 31)) and points["norm"] == [0] * 30
    assert points["loss"] == loss_codes(losses, 2 * np.log(4)).tolist()
    assert [step for step, _ in answer["runs"][0]["samples"]] == [0, 10, 20, 30]
    assert answer["picture"]["axes"]["x"]["last"] == 100
    hall.work(run, 12)
    answer = news([run], since=30)
    (points,) = answer["picture"]["points"]
    assert (points["after"], points["step"]) == (29, list(range(30, 43)))
    assert answer["runs"][0]["samples"] == [[40, "text 40"]]
    answer = news([run], since=42)
    assert answer["picture"] is None and answer["runs"][0]["samples"] == []


@pytest.mark.slow
def test_a_long_run_comes_as_means_that_stay(hall):
    recording, _ = recorded_run(RunSettings(text="places", hidden=4, batch=1, seq=5, amount=1))
    keep(hall, recording)
    assert recording.head > 600
    axes, (points,) = news([recording])["picture"].values()
    width = axes["width"]
    assert width == 2 ** int(np.ceil(np.log2(recording.head / 300))) > 1
    loss = recording.up_to(recording.head).loss
    means = [loss[k : k + width].mean() for k in range(0, len(loss), width)]
    expected = loss_codes([loss[0], *means, loss[-1]], 2 * np.log(recording.vocabulary_size))
    np.testing.assert_allclose(points["loss"], expected, atol=1)
    (later,) = news([recording], since=10 * width + 3, width=width)["picture"]["points"]
    assert later["after"] == 10 * width and later["loss"][:-1] == points["loss"][11:-1]
    (again,) = news([recording], since=10 * width + 3, width=width // 2)["picture"]["points"]
    assert again == points  # of an axis that has grown


def test_the_same_question_is_computed_once_for_all_who_watch(hall, monkeypatch):
    run = hall.join("a")
    hall.registry.request("a", run)
    hall.work(run, 30)
    computed = []
    compute = run_curves.news
    monkeypatch.setattr(run_curves, "news", lambda *args: computed.append(args) or compute(*args))
    first = [news([run], watcher=f"w{n}")["picture"] for n in range(100)]
    assert len(computed) == 1 and all(picture == first[0] for picture in first)


def test_who_asks_is_who_watches(hall):
    run = hall.join("a")
    news([run], watcher="a")
    assert hall.works(run)
    assert news([run], watcher="b")["runs"][0]["status"][-1] == "1 other visitor looks at this run"
    hall.work(run, 5)
    news([run], watcher="a", goal=3, since=5)
    news([run], watcher="b", goal=5, since=5)
    assert not hall.works(run)  # both stand, at steps that are known
    news([run], watcher="b", goal=6, since=5)
    hall.work(run, 50)
    assert run.head == 6  # one step more
    news([run], watcher="b", since=6)
    assert hall.works(run)
    ask("runs/leave", watcher="b")
    assert not hall.works(run) and hall.registry.viewers(run) == 1


def test_many_who_watch_ask_less_often(hall):
    run = hall.join("a")
    assert news([run])["again"] == 0.25
    for number in range(100):
        hall.registry.request(f"w{number}", run)
    assert 1 < interval() == news([run])["again"] <= 2.5


def test_the_place_in_the_queue_counts_the_runs_of_all_workers(hall):
    hall.most = 2
    runs = [hall.join(f"v{seed}", seed) for seed in range(2 * ACTIVE + 1)]
    for seed, run in enumerate(runs):
        hall.registry.request(f"v{seed}", run)
    state = news(runs[-1:], watcher=f"v{2 * ACTIVE}")["runs"][0]
    assert f"place 1 in the queue: {2 * ACTIVE} other runs are computed first" in state["status"]


def test_progress_is_said(hall):
    runs = [hall.join(f"v{seed}", seed) for seed in range(ACTIVE + 1)]
    for seed, run in enumerate(runs):
        hall.registry.request(f"v{seed}", run)
    state = news(runs[-1:], watcher=f"v{ACTIVE}")["runs"][0]
    assert (state["step"], state["epoch"], state["chunks"]) == ("step {} of 100", "epoch {}", 10)
    assert f"place 1 in the queue: {ACTIVE} other runs are computed first" in state["status"]
    hall.work(runs[0], 100)
    state = news(runs[:1], watcher="v0")["runs"][0]
    assert state["finished"] and state["end"] == "done" and "16,000 characters/s" in state["status"]
    runs[1].fail("It broke.")
    assert news(runs[1:2])["runs"][0]["error"] == "It broke."


def test_a_run_that_nobody_holds_any_more_is_gone_in_one_sentence(hall):
    with pytest.raises(QueryError) as refusal:
        ask("runs/news", runs="0123456789abcdef", since="-1", watcher="a", goal="all")
    assert str(refusal.value) == GONE == "This run is no longer on the server; start it again."


@pytest.mark.parametrize(
    "changes",
    [
        {"runs": ""}, {"runs": "../etc"}, {"runs": "a" * 100}, {"runs": "RUN,RUN,RUN"}, {"runs": "é"},
        {"since": ""}, {"since": "-2"}, {"since": "1,2"}, {"since": "NaN"}, {"since": "1e3"}, {"since": "٣"},
        {"since": "9" * 30}, {"watcher": ""}, {"watcher": "<b>"}, {"watcher": "w" * 61}, {"goal": "more"},
        {"goal": "-5"}, {"goal": ""}, {"width": "-1"}, {"width": "many"},
    ],
)  # fmt: skip
def test_hostile_questions_are_refused(hall, changes):
    run = hall.join("a")
    question = {"runs": run.id, "since": "-1", "watcher": "w", "goal": "all"} | changes
    question["runs"] = question["runs"].replace("RUN", run.id)
    with pytest.raises(QueryError):
        ask("runs/news", **question)
    assert hall.registry.viewers(run) == 1


def test_what_is_said_at_a_step_is_what_the_library_says_of_it(hall):
    recording, _ = recorded_run(SMALL.but(amount=30))
    keep(hall, recording)
    at = recording.head - 1
    answer = ask("runs/sentences", runs=recording.id, at=at, exact="true", checklist="true")
    assert answer["at"] == [at] and verdict(recording.observed(at)) in answer["diagnoses"][0]["words"]
    history = recording.up_to(at)
    last = history.validation_loss[-1]
    perplexity = f"A validation loss of {last:.2f} is a perplexity of {np.exp(last):.2f}."
    assert perplexity in answer["diagnoses"][0]["words"]
    assert answer["points"][0][0] == round(1000 * history.loss[-1])
    assert f"training from {history.loss[0]:.2f}" in answer["alt"]
    assert '<th scope="row">Does the loss begin near ln V?</th>' in answer["checklist"]
    assert "<b>f</b> forget" in answer["checklist"]
    answer = ask("runs/sentences", runs=recording.id, at=at)
    assert answer["at"] == [at // 10 * 10] and answer["checklist"] == ""


def test_a_run_that_ended_too_early_to_tell_is_told_what_to_do(hall):
    recording, _ = recorded_run(SMALL)
    keep(hall, recording)
    (said,) = ask("runs/sentences", runs=recording.id, at=recording.head, exact="true")["diagnoses"]
    assert said["words"].startswith("<p>Too early") and "take more epochs" in said["words"]


def test_the_recall_task_comes_as_shares_of_right_answers(hall):
    settings = RunSettings(text=RECALL, hidden=8, seq=2, batch=8, amount=1, clip_at=1.0)
    runs = keep(hall, *(recorded_run(settings.but(seed=seed), "")[0] for seed in (1, 2)))
    picture = news(runs, since="-1,-1")["picture"]
    right = runs[0].up_to(runs[0].head).right
    assert picture["points"][0]["loss"] == [round(1000 * share) for _, share in right]
    assert picture["axes"]["guess"] == [125, "guessing: 1 / 8"] and picture["axes"]["norm"] is None
    answer = ask("runs/sentences", runs=f"{runs[0].id},{runs[1].id}", at="100,100", exact="true")
    assert f"seed 1: {right[-1][1]:.0%} right after {right[-1][0]} updates" in answer["alt"]
    assert answer["diagnoses"] == []


def test_challenges_are_judged_when_the_run_has_ended(hall):
    recording, _ = recorded_run(FAULTY.but(text="places", hidden=8, amount=1))
    keep(hall, recording)
    said = ask("runs/live", runs=recording.id, at=recording.head, exact="true", tried="cure")
    assert "<b>Repair the faulty run.</b> This run differs from the faulty run in 3 settings" in said["words"]
    assert said["solved"] == []
    said = ask("runs/live", runs=recording.id, at=recording.head - 1, exact="true", tried="cure")
    assert said["words"] == ""
    assert ask("runs/live", runs=recording.id, at=recording.head, exact="true")["words"] == ""


def test_an_experiment_says_what_its_two_runs_measured_and_of_no_others(hall):
    experiment = next(e for e in EXPERIMENTS if e.name == "too_few_units")
    runs = keep(hall, *(hall.join("v", n) for n in (1, 2)))
    for run, settings in zip(runs, (experiment.faulty, experiment.cured), strict=True):
        hall.registry.request("v", run)
        hall.work(run, 50)
        run.settings = settings
    question = {"runs": ",".join(run.id for run in runs), "at": "40,40", "experiment": experiment.name}
    said = ask("troubles/sentences", **question)["words"]
    words = experiment.describe(*(Watched(run, 40) for run in runs))
    assert words and said.startswith("<p>So far: <b>2 units</b>")
    with pytest.raises(QueryError, match="not the runs of this experiment"):
        ask("troubles/sentences", **question | {"experiment": "rate_too_high"})
    with pytest.raises(QueryError, match="experiment is one of"):
        ask("troubles/sentences", **question | {"experiment": "<b>"})
