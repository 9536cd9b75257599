"""Every question declares what has to be covered while it stands unanswered, or is listed with its reason."""

import re

from lesson.course.decks import all_questions
from lesson.course.self_test import self_test

# Questions whose answer nothing on their page shows, in any state that a link can open; and why.
NEEDS_NOTHING: dict[str, str] = {
    "time_steps": "no picture and no number of the page counts sets of weights over time",
    "first_loss": "a loss is shown only when a run has been started, and Replay is another part",
    "twice_the_units": "no number of parameters is shown before a run has been started",
    "which_loss": "the answer is a rule, and no picture of the page states it",
}
# Questions whose room has not said yet.  Each moves to the table above with its reason, or declares what it
# covers; then this is empty and goes.
NOT_YET = {
    "keep", "hide", "constants", "squash", "states", "half_life", "three", "without", "radius", "roads",
    "clipping", "learning", "learns_first", "overfits", "rate_too_high", "no_clipping", "clipped_by_value",
    "nan", "rate_too_low", "too_few_units", "forget_bias", "overtraining", "too_many_units", "batch_of_one",
    "greedy", "zero_temperature", "same_luck", "open_gates", "nothing_kept", "costliest_gate",
    "one_unit_less", "unsorted_rows", "shuffled_units",
}  # fmt: skip


def test_every_question_covers_something_or_is_listed():
    uncovered = {id for id, question in all_questions().items() if not question.covers}
    assert uncovered <= NEEDS_NOTHING.keys() | NOT_YET


def test_what_is_listed_is_a_question_that_covers_nothing():
    questions = all_questions()
    for id, reason in NEEDS_NOTHING.items():
        assert id in questions and not questions[id].covers, id
        assert len(reason) > 20
    assert not NEEDS_NOTHING.keys() & NOT_YET


def test_covers_are_names():
    """One word each, as the style sheets and the pages know them."""
    for question in all_questions().values():
        assert len(set(question.covers)) == len(question.covers)
        assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", name) for name in question.covers), question.id


def test_the_self_test_has_nothing_beside_it():
    assert not any(question.covers for question in self_test())
