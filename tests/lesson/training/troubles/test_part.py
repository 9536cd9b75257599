"""The part Troubles of the training page: every cause opens by its link, and its pair runs with one click."""

import pytest

from lesson.frame.query import Query
from lesson.training.engine.speed_benchmark import CASES, GRID, UNITS
from lesson.training.engine.viewer import Watched
from lesson.training.live.controls import can_be_set
from lesson.training.troubles.answers import experiment_sentences, speed_news
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES
from lesson.training.troubles.part import CAUSES
from lesson.training.troubles.speed import tables
from lesson.widgets.inline_html import inline_html
from tests.app import open_page, press, rerun
from tests.tiers import first_fast
from tests.waiting import PATIENCE


def open_troubles(**query):
    """Open the training page at its part Troubles."""
    return open_page("4_training.py", {"tab": "Troubles"} | query)


def at(cause):
    return open_troubles(cause=cause)


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_opens_by_its_link_under_its_trouble(cause):
    app = at(cause)
    assert app.session_state["cause"] == cause
    assert app.session_state["trouble"] == CAUSES[cause]


def test_every_trouble_has_a_cause_and_begins_with_its_first():
    assert set(CAUSES.values()) == set(TROUBLES)
    app = at("temperature")
    for trouble in TROUBLES:
        control = next(c for c in app.button_group if c.key == "trouble")
        control.set_value(trouble)
        rerun(app)
        assert CAUSES[app.session_state["cause"]] == trouble


@pytest.mark.parametrize("experiment", first_fast(2, EXPERIMENTS), ids=lambda e: e.name)
def test_one_click_runs_the_pair_and_says_what_is_measured(experiment):
    app = at(experiment.title)
    press(app, next(b.label for b in app.button if b.label.startswith("Run both")))
    viewer = app.session_state["viewer"]
    try:
        assert [run.settings for run in viewer.runs] == [experiment.faulty, experiment.cured]
        for run in viewer.runs:
            assert run.wait(3, PATIENCE) and not run.error
        question = {
            "runs": ",".join(run.id for run in viewer.runs), "at": "3,3", "exact": "true",
            "experiment": experiment.name,
        }  # fmt: skip
        said = experiment.describe(*(Watched(run, 3) for run in viewer.runs))
        assert said and inline_html(said) in experiment_sentences(Query(question))["words"]
    finally:
        viewer.leave()


@pytest.mark.slow
def test_the_faulty_run_can_be_taken_to_the_controls_where_they_can_show_it():
    takeable = [e for e in EXPERIMENTS if can_be_set(e.faulty)]
    assert takeable
    for experiment in EXPERIMENTS:
        labels = [b.label for b in at(experiment.title).button]
        assert ("Change the faulty run in Live" in labels) == (experiment in takeable)
    app = press(at(takeable[0].title), "Change the faulty run in Live")
    press(app, "Start")
    viewer = app.session_state["viewer"]
    assert viewer.runs[0].settings == takeable[0].faulty
    viewer.leave()


@pytest.mark.slow
def test_speed_is_measured_and_said():
    app = press(at("what costs time"), "Measure it here")
    viewer = app.session_state["viewer"]
    assert viewer.runs[0].wait(len(CASES), PATIENCE)
    news = speed_news(Query({"runs": viewer.runs[0].id, "watcher": viewer.name, "goal": "all"}))
    assert news["ended"] and news["progress"] == "" and len(news["tables"]) == 4
    assert "<li>A batch of 32 instead of a single sequence" in news["words"]
    viewer.leave()


def test_a_measurement_of_speed_fills_its_tables():
    rows = [(UNITS, GRID[UNITS][0], 20_000.0), (UNITS, GRID[UNITS][1], 12_345.6)]
    first, second, third, *_ = next(table["rows"] for table in tables(rows) if table["what"] == UNITS)
    assert first == {"value": str(GRID[UNITS][0]), "speed": "20,000", "share": 1.0}
    assert (second["speed"], second["share"]) == ("12,300", 0.6173)
    assert (third["speed"], third["share"]) == ("", None)


def test_the_first_cause_of_every_trouble_has_an_address_of_its_own():
    for trouble in TROUBLES:
        app = open_troubles(trouble=trouble)
        assert CAUSES[app.session_state["cause"]] == trouble == app.session_state["trouble"]
