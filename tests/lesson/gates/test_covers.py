"""What stays covered on the cell: each question's own case is among it, and no name is out of use."""

import pytest

from lesson.gates import questions as gate_questions
from lesson.gates.covers import CURVES, EQUATIONS, HIDDEN_NUMBERS, LABELS, cover_data
from lesson.gates.sliders import START
from lesson.widgets.questions import COVERED, WORDS
from lstm.scalar import scalar_step

QUESTIONS = [*gate_questions.one_step(), *gate_questions.over_time()]
# One set of sliders is to be seen whatever is asked: nothing on the page counts the sets of weights.
WITHOUT = {"time_steps"}


def test_every_question_covers_something_or_is_known_to_need_nothing():
    assert {question.id for question in QUESTIONS if not question.covers} == WITHOUT
    names = {name for question in QUESTIONS for name in question.covers}
    assert names - {WORDS, EQUATIONS, LABELS, CURVES} == set(HIDDEN_NUMBERS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_in_its_own_case_the_numbers_that_answer_a_question_are_covered(question):
    if question.setting is None:
        return
    step = scalar_step({**START, **question.setting})
    covered = {
        value
        for row in cover_data(question.covers)["hidden"]
        if not row["of"] or any(a <= 100 * getattr(step, row["of"]) <= b for a, b in row["ranges"])
        for value in row["values"]
    }
    needed = {
        "keep": {"kept_part", "C", "half_life"}, "hide": {"C", "kept_part"}, "constants": set(),
        "squash": {"h", "tanh_C"}, "half_life": {"half_life", "C", "h", "C_prev"},
    }  # fmt: skip
    assert needed[question.id] <= covered


def test_without_a_question_nothing_is_covered():
    assert cover_data(frozenset()) == {"covered": [], "hidden": [], "cover": COVERED}
