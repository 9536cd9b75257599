"""The part Truncation: it opens by its links, with its questions, and says what is compared."""

import pytest

from lesson.training.truncation.questions import questions
from tests.app import open_page, press, words_of


def test_it_opens_by_its_link_and_asks():
    app = open_page("4_training.py", {"tab": "Truncation"})
    assert not app.exception
    assert questions()[0].text[:40] in words_of(app)[: 10**6]


@pytest.mark.parametrize("query", [{"cut": "5", "cut_model": "programs"}, {"trained_length": "50"}])
def test_it_opens_in_a_state(query):
    app = open_page("4_training.py", {"tab": "Truncation", **query})
    assert not app.exception


def test_every_reply_is_its_own():
    for question in questions():
        assert len({answer.reply for answer in question.answers}) == 3
        assert question.text.strip().endswith("?")


def test_what_the_state_is_for_is_not_said_while_a_question_asks_for_it():
    app = open_page("4_training.py", {"tab": "Truncation", "ask": "further_back"})
    assert "carries the state on" not in words_of(app)
    press(app, "Show the answer")
    assert "carries the state on" in words_of(app)
