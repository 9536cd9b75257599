"""Every question declares what has to be covered while it stands unanswered, or is listed with its reason."""

import re

from lesson.course.decks import all_questions
from lesson.course.self_test import self_test

# Questions whose answer nothing on their part of a page shows, in any state that a link can open; and why.
NEEDS_NOTHING = {
    "time_steps": "no picture and no number of the page counts sets of weights over time",
    "when_to_stop": "it is about the GRU's curves in Replay; Live shows the visitor's own runs",
    "unsorted_rows": "no number and no text of the page is of a network whose rows were not sorted",
    "shuffled_units": "no number and no text of the page is of a network whose units were shuffled",
}


def test_every_question_covers_something_or_is_listed():
    uncovered = {id for id, question in all_questions().items() if not question.covers}
    assert uncovered == NEEDS_NOTHING.keys()


def test_every_listed_question_has_its_reason():
    assert all(len(reason.split()) > 5 for reason in NEEDS_NOTHING.values())


def test_covers_are_names():
    """One word each, as the style sheets and the pages know them."""
    for question in all_questions().values():
        assert len(set(question.covers)) == len(question.covers)
        assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", name) for name in question.covers), question.id


def test_the_self_test_has_nothing_beside_it():
    assert not any(question.covers for question in self_test())
