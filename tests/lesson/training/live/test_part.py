"""The part Live of the training page: its controls, the runs they start, and what is said of them."""

from dataclasses import replace

import numpy as np
import pytest

from lesson.training.engine.run_names import what_differs
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Viewer, Watched
from lesson.training.live import challenges, session
from lesson.training.live import part as live_part
from lesson.training.live.challenges import CHALLENGES, FAULTY, GOAL, note_solved, verdicts
from lesson.training.live.controls import GOOD_START, settings_of, values_of
from lesson.training.parameters import COMPARED, CONTROLS
from lesson.widgets.catalogue import sample_text
from lstm import Vocabulary, train
from tests.app import open_page, open_script, press, rerun, words_of
from tests.lesson.training.live.recording import SMALL, recorded_run
from tests.waiting import wait_until

QUICK = {"hidden": "8", "budget": "1 epoch", "text": "places"}


def open_live(**query):
    """Open the training page at its part Live."""
    return open_page("4_training.py", {"tab": "Live"} | query)


def finish(app):
    """Wait until the visitor's run has ended; return it."""
    (run,) = app.session_state["viewer"].runs
    wait_until(lambda: run.finished)
    return run


# -- controls --


@pytest.mark.parametrize("name", list(CONTROLS))
def test_every_control_has_advice_and_starts_within_its_own_range(name):
    control = CONTROLS[name]
    assert control.start in control.options and control.usual
    assert control.comment(control.start) == ""
    if control.typical:
        assert control.too_low and control.too_high
        ends = [control.options[0], control.options[-1]]
        numbers = [float(option) for option in control.options]
        assert numbers == sorted(numbers)
        said = [bool(control.comment(end)) for end in ends]
        low, high = control.typical
        assert said == [numbers[0] < low, numbers[-1] > high]


def test_controls_stand_for_settings_and_settings_for_controls():
    for changes in (
        {},
        {"cell": "gru", "rate": 0.0001, "clip": "off", "budget": "seconds", "amount": 30},
        {"clip": "value", "clip_at": 1.0, "bias": -3.0, "amount": 1, "temperature": 1.0},
    ):
        settings = RunSettings(**changes)
        values = values_of(settings)
        assert set(CONTROLS) <= set(values)
        back = settings_of(settings.text, "", values | {"seed": values["run_seed"]})
        assert back == settings


def test_the_good_starting_point_is_the_cheat_sheets():
    values = values_of(RunSettings()) | GOOD_START | {"seed": 1}
    settings = settings_of("fables", "", values)
    assert (settings.hidden, settings.seq, settings.rate, settings.amount) == (128, 50, 0.001, 50)
    assert settings.budget == "epochs" and settings.temperature == 0.8
    app = press(open_live(), "Set the good starting point")
    assert app.session_state["hidden"] == "128" and app.session_state["rate"] == "0.001"


def test_an_unusual_value_is_commented_with_the_advice():
    app = open_live(rate="0.3", hidden="4")
    assert "Learning rate 0.3 is above the typical range, 0.0003 to 0.01" in words_of(app)
    assert "Hidden units 4 is below the typical range, 64 to 256" in words_of(app)
    assert "typical range" not in words_of(open_live())
    assert "0.01 is below the typical range, 0.3 to 3" in words_of(open_live(optimiser="sgd"))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("rate", "0.0029", "0.003"), ("hidden", "100", "96"), ("hidden", "many", "64"), ("seq", "-5", "5"),
        ("text", "no such text", "fables"), ("kind", "LSTM", "lstm"), ("budget", "5 Epochs", "5 epochs"),
        ("differs", "what", "no second run"), ("run_seed", "1e9", "9999"),
    ],
)  # fmt: skip
def test_a_link_that_asks_for_what_there_is_not_gets_the_nearest(name, value, shown):
    app = open_live(**{name: value})
    assert str(app.session_state[name]) == shown


@pytest.mark.parametrize(("label", "name"), COMPARED.items())
def test_two_runs_differ_in_exactly_the_one_setting_that_was_chosen(label, name):
    other = "5" if name == "seed" else next(o for o in CONTROLS[name].options if o != CONTROLS[name].start)
    app = press(open_live(differs=label, text="places", **{f"other_{name}": other}), "Start both")
    one, two = (run.settings for run in app.session_state["viewer"].runs)
    app.session_state["viewer"].leave()
    assert len(what_differs(one, two)) == 1
    assert settings_of("places", "", values_of(one) | {"seed": one.seed} | {name: other}) == two


# -- runs --


def test_a_run_starts_and_ends():
    app = press(open_live(**QUICK), "Start")
    run = finish(app)
    assert run.settings == settings_of("places", "", values_of(RunSettings()) | QUICK | {"seed": 1})
    text = sample_text("places")
    vocabulary = Vocabulary.from_text(text)
    reports = list(
        train(run.settings.network(len(vocabulary)), vocabulary.encode(text), **vars(run.settings.training()))
    )
    assert run.up_to(run.head).loss.tolist() == [r.loss for r in reports]
    app.session_state["viewer"].leave()


def test_each_part_has_its_run_and_only_that_of_the_part_on_the_page_works():
    app = press(open_live(**QUICK), "Start")
    viewer = app.session_state["viewer"]
    (live,), visit = viewer.runs, viewer.visit
    app.session_state["tab"] = "Problems"
    press(rerun(app), next(b.label for b in app.button if b.label.startswith("Run both")))
    pair = viewer.runs
    assert live not in pair and len(pair) == 2 and session.registry().viewers(live) == 0
    app.session_state["tab"] = "Live"
    rerun(app)
    assert (viewer.runs, viewer.visit) == ([live], visit)
    assert "not those of the run below" not in words_of(app)
    assert [session.registry().viewers(run) for run in (live, *pair)] == [1, 0, 0]
    viewer.leave()


def a_page_that_comes_back():
    import streamlit as st

    from lesson.training.live import watch

    watch.come_back("live", st.session_state["sent"])
    st.text(str(bool(watch.runs_of("live"))))


def test_a_page_that_is_loaded_anew_takes_its_runs_up_again_and_no_others():
    viewer = Viewer("somebody", session.registry())
    viewer.start([(RunSettings(hidden=8, amount=1), sample_text("places"))])
    runs = [viewer.runs[0].id]
    for sent, is_running in (
        ({"runs": runs, "visit": viewer.visit}, True), ({"runs": ["unknown"], "visit": "x"}, False),
        ({"runs": runs * 3, "visit": "x"}, False), ({"runs": [7], "visit": "x"}, False), ("runs", False),
        ({"runs": runs, "visit": "x" * 99}, False), (None, False),
    ):  # fmt: skip
        app = open_script(a_page_that_comes_back, state={"sent": sent})
        assert app.text[0].value == str(is_running), sent
        app.session_state["viewer"].leave()
    viewer.leave()


def test_settings_that_have_changed_since_the_start_are_said():
    app = press(open_live(**QUICK), "Start")
    assert "not those of the run below" not in words_of(app)
    app.select_slider(key="hidden").set_value("4")
    rerun(app)
    assert "not those of the run below" in words_of(app)
    app.session_state["viewer"].leave()


def test_what_cannot_be_held_is_refused_in_one_sentence_and_the_run_stays():
    app = press(open_live(**QUICK), "Start")
    run = app.session_state["viewer"].runs[0]
    for name, value in {"hidden": "256", "seq": "200", "batch": "128"}.items():
        app.select_slider(key=name).set_value(value)
    rerun(app)
    assert "more memory than this server has" in app.error[0].value
    assert app.session_state["viewer"].runs[0] is run
    app.session_state["viewer"].leave()


def test_where_the_text_is_cut_is_shown():
    text = sample_text("places")
    app = open_live(text="places")
    cut = len(text) - int(len(text) * 0.1)
    assert [code.value for code in app.code][:2] == [text[cut - 200 : cut], text[cut : cut + 200]]
    assert f"from {cut:,} characters. The last {len(text) - cut:,} are for validation" in words_of(app)


def test_a_visitor_who_leaves_is_gone_from_the_registry():
    press(open_live(**QUICK), "Start")
    registry = session.registry()
    assert registry.viewer_count() > 0
    viewer = Viewer("somebody", registry)
    viewer.start([(RunSettings(hidden=8, amount=1), sample_text("places"))])
    before = registry.viewer_count()
    viewer.leave()
    assert registry.viewer_count() == before - 1


# -- challenges --


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "passed"),
    [({}, False), ({"optimiser": "adam"}, True), ({"rate": 3.0}, True), ({"rate": 1.0}, False)],
)
def test_the_patient_is_cured_by_one_setting_and_not_by_any(changes, passed):
    settings = FAULTY.but(**changes)
    text = sample_text(settings.text)
    vocabulary = Vocabulary.from_text(text)
    net = settings.network(len(vocabulary))
    *_, report = train(net, vocabulary.encode(text), **vars(settings.training()))
    assert (report.validation_loss <= GOAL) == passed


def test_a_patient_with_three_changes_is_not_cured():
    app = open_live()
    press(app, "Set the faulty run")
    assert app.session_state["optimiser"] == "sgd" and app.session_state["budget"] == "5 epochs"
    app.select_slider(key="hidden").set_value("8")
    app.select_slider(key="rate").set_value("3")
    app.selectbox(key="text").set_value("places")
    press(app, "Start")
    run = finish(app)
    words, names = verdicts([Watched(run, run.head)], "cure")
    assert "differs from the faulty run in 3 settings: text, number of units, learning rate" in words
    assert names == []
    app.session_state["viewer"].leave()


def test_a_challenge_that_the_browser_calls_solved_is_checked_again(monkeypatch):
    marked = []
    monkeypatch.setattr(challenges, "mark_solved", lambda page, *names: marked.append((page, names)))
    recording, _ = recorded_run(SMALL)
    note_solved([recording])
    easy = replace(CHALLENGES[0], check=lambda run: (run.ended, "It has ended."))
    monkeypatch.setattr(challenges, "CHALLENGES", (easy,))
    note_solved([recording])
    assert marked == [("training", ()), ("training", ("cure",))]


class Ran:
    """A run that ended with these numbers, in the place of one that was trained."""

    def __init__(self, settings, validation=(), loss=()):
        self.recording, self.settings, self.cursor, self.history = self, settings, len(loss), self
        self.loss, self.step = np.array(loss), np.arange(1, len(loss) + 1)
        self.validation_step = np.array([step for step, _ in validation])
        self.validation_loss = np.array([loss for _, loss in validation])

    def up_to(self, cursor):
        return self


ADAM = FAULTY.but(optimiser="adam")


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (Ran(ADAM), "was never measured"),
        (Ran(ADAM, [(1, np.nan)]), "loss ends at nan, above"),
        (Ran(ADAM, [(1, GOAL + 0.01)]), f"above {GOAL}"),
    ],
)
def test_a_run_that_measured_nothing_or_no_number_is_no_cure(run, says):
    passed, words = CHALLENGES[0].check(run)
    assert not passed and says in words


def test_losses_that_both_rise_are_not_overfitting():
    validation = [(50, 1.5), (100, 2.0)]
    rising = np.linspace(1.0, 3.0, 100)
    passed, words = CHALLENGES[1].check(Ran(ADAM, validation, rising))
    assert not passed and "That is not overfitting" in words
    passed, words = CHALLENGES[1].check(Ran(ADAM, validation, rising[::-1]))
    assert passed and "while the training loss fell from" in words


def test_a_run_of_another_part_is_not_compared_with_the_controls(monkeypatch):
    monkeypatch.setattr(live_part, "runs_of", lambda about: [])
    app = press(open_live(**QUICK), "Start")
    app.select_slider(key="hidden").set_value("16")
    assert "are not those of the run below" not in words_of(rerun(app))
    monkeypatch.undo()
    assert "are not those of the run below" in words_of(rerun(app))
    app.session_state["viewer"].leave()
