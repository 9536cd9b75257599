"""The experiments that a class can be asked about: their questions, settings and links."""

from urllib.parse import parse_qsl

import pytest

from lesson.classroom.server.host_routes import MOST_FIRST
from lesson.course.experiments import PLANS, experiment_questions
from lesson.gradients import parameters as gradients
from lesson.gradients.recall_experiment import PAIR
from lesson.training import parameters as training
from lesson.training.engine.seeds.experiments import SEEDS
from lesson.training.live.controls import can_be_set, settings_of, values_of
from lstm import Vocabulary
from lstm.diagnosis.probes import tables
from tests.app import open_page


def test_each_experiment_has_a_question_and_a_plan():
    questions = experiment_questions()
    assert [question.id for question in questions] == list(PLANS)
    for question in questions:
        plan = PLANS[question.id]()
        assert question.setups == plan.setups and len(plan.settings) == len(plan.setups) == 2
        assert (question.low, question.high, question.seeds) == (
            0,
            SEEDS,
            SEEDS,
        ) and "thirty" in question.text


def test_of_seed_one_the_recall_runs_are_the_pair_of_the_gradients_page():
    assert {settings.key for settings in PLANS["seeds_recall"]().settings} == {s.key for s in PAIR}


@pytest.mark.slow
def test_a_recall_run_is_the_pair_that_its_link_opens():
    settings = PLANS["seeds_recall"]().settings[0].but(seed=977)
    page, _, query = PLANS["seeds_recall"]().link(settings).partition("?")
    app = open_page("3_gradients.py", dict(parse_qsl(query)) | {"ask": "none"})
    assert page == "gradients" and not app.warning
    assert app.session_state[gradients.PAIR_SEED.name] == 977
    assert gradients.PAIR_SEED.high >= MOST_FIRST + SEEDS - 1


def test_the_rates_are_runs_of_the_live_part_and_its_address_says_which():
    for start in PLANS["seeds_rates"]().settings:
        settings = start.but(seed=7)
        assert can_be_set(settings)
        page, _, query = PLANS["seeds_rates"]().link(settings).partition("?")
        said = dict(parse_qsl(query))
        assert page == "training"
        assert said.pop(training.TAB.name) == "Live"
        assert said[training.SEED.name] == "7" and said["hidden"] == "32"
        starts = {name: control.default for name, control in training.CONTROLS.items()}
        values = starts | said | {"seed": int(said[training.SEED.name])}
        assert settings_of(settings.text, "", values) == settings
        assert values_of(settings)["rate"] == values["rate"]


def test_the_limit_is_the_loss_of_knowing_how_frequent_each_character_is():
    plan = PLANS["seeds_rates"]()
    vocabulary = Vocabulary.from_text(plan.text)
    assert plan.judge.limit == pytest.approx(tables(vocabulary.encode(plan.text), len(vocabulary))["table_0"])
    assert f"below {plan.judge.limit:.2f}," in experiment_questions()[1].text
    assert plan.last % plan.judge.window < plan.judge.window and plan.last // plan.judge.window <= 40


def test_the_replies_name_both_numbers():
    recall, rates = (PLANS[name]().reply([0, 28], 30) for name in PLANS)
    assert "0 of 30 networks" in recall and "28 of 30" in recall
    assert rates.startswith("With a learning rate of 1, 28 of 30 networks")
