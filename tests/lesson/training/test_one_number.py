"""The room as a whole: one number in one place, nothing given away, advice and verdicts that agree."""

import re

import pytest

from lesson.course.decks import DECKS
from lesson.frame.files import ROOT
from lesson.frame.query import Query
from lesson.training.live.questions import questions as live_questions
from lesson.training.parameters import ADAM_RATES, CONTROLS, SGD_RATE, SGD_RATES, UPDATE_BIAS, span
from lesson.training.replay.answers import film_answer
from lesson.training.replay.film import catalogue, film_of
from lesson.training.replay.questions import questions as replay_questions
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.training.troubles.loss_questions import COVERS, arrival
from lesson.training.troubles.part import CAUSES
from lstm.diagnosis.checklist import checklist
from tests.app import open_page, words_of
from tests.lstm.diagnosis.observing import recorded, until

QUESTIONS = {question.id: question for question in DECKS["Training"]()}
# What stays on the page beside it says nothing of its answer.
NEEDS_NO_COVER = {"when_to_stop"}


def replies(question):
    return " ".join(answer.reply for answer in question.answers)


# -- one number, one place --


def test_the_grus_best_step_and_losses_are_the_same_wherever_they_are_quoted():
    best, (*_, overfits), (*_, stop) = film_of("fables_gru").best, replay_questions(), live_questions()
    alt = film_answer(Query({"model": "fables_gru", "moment": "11"}))["frames"][0]["alt"]
    row = next(row for row in catalogue() if row["model"] == "fables_gru")
    for text in (replies(overfits), replies(stop), alt, row["validation loss"]):
        assert f"{best.loss:.2f}" in text
    for text in (replies(stop), alt):
        assert f"{best.step:,}" in text
    moments = film_of("fables_gru").checkpoint.snapshots
    for text in (overfits.text, replies(stop)):
        assert f"{moments.loss[-1]:.2f}" in text
    for text in (replies(overfits), replies(stop)):
        assert f"{moments.validation_loss[-1]:.2f}" in text


def test_what_arrives_at_the_first_symbol_is_the_same_in_the_question_and_beside_the_runs():
    experiment = next(e for e in EXPERIMENTS if e.name == "forget_bias")
    for run in (experiment.faulty, experiment.cured):
        assert f"{arrival(run.bias, run.seq):.2g} with" in replies(experiment.question)


def test_a_question_is_asked_once():
    texts = [question.text for question in QUESTIONS.values()]
    assert len(set(texts)) == len(texts) == len(QUESTIONS)
    sampling = {answer.text for question in DECKS["Sampling"]() for answer in question.answers}
    assert not sampling & {question.right_answer.text for question in QUESTIONS.values()} - {"About as long"}


# -- nothing is given away --


@pytest.mark.parametrize("id", QUESTIONS)
def test_every_question_says_what_shows_its_answer(id):
    names = set(QUESTIONS[id].covers)
    rooms = ("r*/[rl]*.js", "truncation/*.js", "lengths/*.js")
    paths = [path for room in rooms for path in (ROOT / "assets").glob(room)]
    scripts = "".join(path.read_text("utf-8") for path in paths)
    in_python = {"explanation", "checkpoint", "table"}
    assert all(f'"{name}"' in scripts for name in names - in_python)
    assert bool(names) == (id not in NEEDS_NO_COVER)


def test_what_needs_no_cover_is_nowhere_on_its_page():
    question = QUESTIONS["when_to_stop"]
    page = words_of(open_page("4_training.py", {"tab": "Live", "ask": question.id}))
    best = film_of("fables_gru").best
    assert question.text in page
    assert not [text for text in (f"{best.step:,}", f"{best.loss:.2f}", "first third is") if text in page]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.name)
def test_no_label_has_the_answer_of_an_experiment(experiment):
    question = experiment.question
    assert set(COVERS) <= set(question.covers)
    labels = f"{experiment.title} {CAUSES[experiment.title]}".lower()
    right = set(re.findall(r"[a-z]{4,}", question.right_answer.text.lower()))
    others = {
        word for answer in question.answers if answer.id != question.right
        for word in re.findall(r"[a-z]{4,}", answer.text.lower())
    }  # fmt: skip
    others |= set(re.findall(r"[a-z]{4,}", question.text.lower()))
    assert not [word for word in right - others if re.search(rf"\b{word}\b", labels)]


def test_the_text_about_training_waits_while_it_answers_the_question():
    asked = open_page("4_training.py", {"tab": "Live", "ask": "first_loss"})
    assert "guesses evenly among V" not in words_of(asked)
    other = open_page("4_training.py", {"tab": "Live", "ask": "when_to_stop"})
    assert "guesses evenly among V" in words_of(other)


# -- advice and verdicts agree --


@pytest.mark.parametrize("option", CONTROLS["bias"].options)
def test_live_comments_on_a_forget_bias_where_the_checklist_is_red(option):
    run = recorded("fables, Adam 0.01")
    run.examined["forget_bias"], before = float(option), run.examined["forget_bias"]
    try:
        check = next(check for check in checklist(until(run, 200)) if "forget bias" in check.item)
    finally:
        run.examined["forget_bias"] = before
    assert check.passed == (CONTROLS["bias"].comment(option) == "")


@pytest.mark.parametrize(
    ("kind", "says"), [("gru", "Update-gate bias 8"), ("rnn", ""), ("lstm", "Forget bias 8")]
)
def test_the_advice_for_a_bias_is_the_cells_own(kind, says):
    page = words_of(open_page("4_training.py", {"tab": "Live", "kind": kind, "bias": "8"}))
    assert (f"{says} is above the typical range" in page) == bool(says)
    assert ("bias 8 is" in page) == bool(says)
    assert UPDATE_BIAS.comment("0") == "" != CONTROLS["bias"].comment("0")


def test_plain_sgd_is_said_to_need_the_rates_of_its_own_range():
    usual = CONTROLS["rate"].usual
    assert usual.endswith(f"{span(SGD_RATES)} are usual here.") and usual.startswith(span(ADAM_RATES))
    assert SGD_RATE.typical == SGD_RATES and SGD_RATES[0] > ADAM_RATES[1]
