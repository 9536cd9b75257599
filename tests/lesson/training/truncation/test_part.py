"""The part Truncation: it opens by its links, with its questions, and says what is compared."""

import pytest

from lesson.training.truncation.questions import questions
from tests.app import open_page, words_of


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
