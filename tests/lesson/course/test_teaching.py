"""For teachers: plans fit, the projector shows and reveals."""

import re

import pytest

from lesson.course.decks import DECKS
from lesson.course.stops import CHALLENGE, PLANS, PREDICTION
from tests.app import open_page, press, words_of

START = "1_start.py"


def open_at(file, **query):
    return open_page(file, query)


@pytest.mark.parametrize("minutes", PLANS)
def test_plans_take_the_minutes_they_say(minutes):
    assert sum(stop.minutes for stop in PLANS[minutes]) == minutes
    kinds = [stop.kind for stop in PLANS[minutes]]
    assert kinds.count(CHALLENGE) <= 2
    assert sum(len(stop.asks) for stop in PLANS[minutes]) <= 5
    assert all(stop.asks for stop in PLANS[minutes] if stop.kind == PREDICTION)


def test_a_plan_shows_all_its_stops():
    words = words_of(open_at(START, section="Plan a lesson"))
    assert all(stop.does in words for stop in PLANS[45])


def test_a_plan_leads_back_to_the_start_page_too():
    app = press(open_at(START, section="Plan a lesson", minutes="10"), "Open it")
    assert app.session_state["section"] == "Start" and "unrolled" in words_of(app)


def untied_words(app):
    """What the projector says, with what ends a sentence behind the formula before it."""
    return re.sub(r"\\text\{([.,?])\}\$", r"$\1", words_of(app))


@pytest.mark.slow
@pytest.mark.parametrize("deck", DECKS)
def test_the_projector_shows_every_question_and_reveals_it(deck):
    questions = DECKS[deck]()
    app = open_at(START, section="Projector", deck=deck)
    for number, question in enumerate(questions, 1):
        assert all(answer in untied_words(app) for answer in (a.text for a in question.answers))
        assert question.right_answer.reply not in untied_words(app)
        press(app, "Reveal")
        assert question.right_answer.reply in untied_words(app)
        press(app, "Next")
        assert app.session_state["q"] == number % len(questions) + 1


def test_questions_have_names_of_their_own():
    names = [question.id for deck in DECKS.values() for question in deck()]
    assert len(names) == len(set(names)) and len(names) > 25
