"""For teachers: plans fit, the projector shows and reveals, worksheets have every question."""

import re

import pytest

from lesson.course.decks import DECKS
from lesson.course.plan import CHALLENGE, PLANS, PREDICTION
from lesson.course.worksheet import SIGNS, plain_formula, sheet_html
from lesson.widgets.questions import Answer, Question
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
    app = press(open_at(START, section="Plan a lesson"), "Open it")
    assert app.session_state["section"] == "Start" and "unrolled" in words_of(app)


@pytest.mark.parametrize("deck", DECKS)
def test_the_projector_shows_every_question_and_reveals_it(deck):
    questions = DECKS[deck]()
    app = open_at(START, section="Projector", deck=deck)
    for number, question in enumerate(questions, 1):
        assert all(answer in words_of(app) for answer in (a.text for a in question.answers))
        assert question.right_answer.reply not in words_of(app)
        press(app, "Reveal")
        assert question.right_answer.reply in words_of(app)
        press(app, "Next")
        assert app.session_state["q"] == number % len(questions) + 1


def test_questions_have_names_of_their_own():
    names = [question.id for deck in DECKS.values() for question in deck()]
    assert len(names) == len(set(names)) and len(names) > 25


@pytest.mark.parametrize("deck", DECKS)
def test_a_worksheet_has_every_question_and_no_answer_and_the_answer_sheet_has_them(deck):
    questions = DECKS[deck]()
    blank, answers = (sheet_html(deck, questions, "t = <b>", with_answers) for with_answers in (False, True))
    assert blank.count("<section>") == answers.count("<section>") == len(questions)
    assert "My guess" in blank and 'class="right"' not in blank
    assert answers.count('class="right"') == len(questions) and "My guess" not in answers
    for html in (blank, answers):
        assert "t = &lt;b&gt;" in html and "$" not in html and "**" not in html and "\\" not in html


def _texts(question):
    return [question.text, *(text for answer in question.answers for text in (answer.text, answer.reply))]


@pytest.mark.parametrize("deck", DECKS)
def test_every_command_of_a_formula_has_its_sign_on_paper(deck):
    texts = [text for question in DECKS[deck]() for text in _texts(question)]
    formulas = [tex for text in texts for tex in re.findall(r"\$([^$]+)\$", text)]
    for command in {command for tex in formulas for command in re.findall(r"\\[a-z]+", tex)} - {r"\tilde"}:
        assert command in SIGNS, command
    assert not any("\\" in plain_formula(tex) for tex in formulas)


def test_a_worksheet_writes_markdown_as_markup_and_tags_as_text():
    text = "is *f* **wide** `open` at $C_{t-1} \\odot f$ <b>?"
    question = Question("q", text, (Answer("less", "a < b", "2 * 3 * 4"),), "less")
    html = sheet_html("Gates", [question], "", answers=True)
    assert "Is <em>f</em> <strong>wide</strong> <code>open</code> at C_t-1 ⊙ f &lt;b&gt;?" in html
    assert ">a &lt; b</li>" in html and "<p>2 * 3 * 4</p>" in html
