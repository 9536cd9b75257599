"""The part Where it starts: what its questions cover, and what a link opens."""

import pytest

from lesson.course.decks import places
from lesson.frame.files import ROOT
from lesson.gradients.first_weights.questions import RESULTS, questions
from lesson.gradients.questions import CURVES
from lesson.widgets.questions import COVERED, WORDS
from tests.app import open_page, panel_of, press, words_of
from tests.course_texts import texts

QUESTIONS = {question.id: question for question in questions()}


def asked(id, **state):
    place = places()[id]
    return open_page(place.file, {**place.query, "ask": id, **state})


def test_the_results_come_with_the_answer_about_recall():
    app = asked("starts_recall")
    assert COVERED in words_of(app) and "Each dot is one network" not in words_of(app)
    assert panel_of(app)["covered"] == sorted([RESULTS, CURVES, WORDS, *QUESTIONS["two_biases"].covers_ahead])
    assert "Change one thing" not in words_of(app)
    press(app, "Show the answer")
    words = words_of(app)
    assert "Each dot is one network" in words and "**Over 100 steps.**" in words
    # PyTorch's half-lives and its rule answer the next question, and so does how PyTorch's biases are set.
    assert words.count(COVERED) == 1 and "unit_forget_bias" not in words
    assert panel_of(app)["covered"] == sorted(QUESTIONS["two_biases"].covers_ahead)
    assert "**Change one thing:**" in words


def test_the_half_lives_come_with_the_answer_about_two_biases():
    app = asked("two_biases", first="PyTorch", first_bf="0")
    assert panel_of(app)["covered"] == sorted(QUESTIONS["two_biases"].covers)
    press(app, "Show the answer")
    assert panel_of(app)["covered"] == []
    assert COVERED not in words_of(app) and "unit_forget_bias" in words_of(app)


@pytest.mark.parametrize("cover", QUESTIONS["two_biases"].covers)
def test_what_a_question_covers_is_known_to_the_drawing(cover):
    names = ("first_weights/first_weights.css", "first_weights/first_weights.js", "panel/panel.css")
    text = "\n".join((ROOT / "assets" / name).read_text("utf-8") for name in names)
    assert f'[data-covered~="{cover}"]' in text or f'covered.includes("{cover}")' in text


def test_a_link_opens_its_start():
    app = open_page(
        "3_gradients.py", {"view": "Where it starts", "ask": "none", "first": "chrono", "T_max": "500"}
    )
    panel = panel_of(app)
    assert panel["setting"] == {"first": "chrono", "T_max": "500"} and panel["covered"] == []
    words = words_of(app)
    assert "These lines set $b_f = 1$ in PyTorch" in words and "Tallec & Ollivier 2018" in words
    assert "**Change one thing:**" in words


def test_no_symbol_is_lost_on_its_way():
    """Braces of a formula in a formatted text are Python's, unless they are doubled."""
    words = words_of(press(asked("starts_recall"), "Show the answer"))
    assert "built-in" not in words and "$T_{max}$ = 100): left is better" in words


@pytest.mark.slow
def test_no_page_writes_a_function_where_a_symbol_should_stand():
    assert not [place for place, text in texts().items() if "built-in" in text]
