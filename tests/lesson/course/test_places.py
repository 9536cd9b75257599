"""A question's place is where its page asks it."""

import pytest

from lesson.course.decks import all_questions, places
from tests.app import open_page, words_of

QUESTIONS = all_questions()


def test_every_question_has_a_place():
    assert places().keys() == QUESTIONS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("id", QUESTIONS)
def test_the_link_to_a_place_asks_its_question(id):
    app = open_page(*places()[id])
    assert f"** {QUESTIONS[id].text}" in words_of(app)
    assert not [warning.value for warning in app.warning]


def test_a_link_that_asks_a_question_of_another_part_says_so():
    app = open_page("2_gates.py", {"part": "One step", "ask": "three"})
    assert [warning.value for warning in app.warning] == [
        "The link asks a question that this part does not have."
    ]
    assert "1 of" in words_of(app)
