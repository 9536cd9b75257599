"""The lists of the whole course leave out nothing: no question, and no challenge that can be solved."""

import ast

import pytest

from lesson.course.challenges import CHALLENGES
from lesson.course.decks import all_questions
from lesson.course.self_test import self_test
from lesson.frame.files import ROOT
from tests.app import open_page, words_of

# Class mode asks the same questions, and what a lecturer has typed, by a `Question` of its own.
CLASS_MODE = (
    "lesson/classroom/", "lesson/course/variants/", "lesson/catalogue.py", "lesson/networks.py",
)  # fmt: skip


def first_arguments(function, rooms="lesson"):
    """The first argument of every call of a function in some rooms, as an expression."""
    for path in sorted(ROOT.glob(f"{rooms}/**/*.py")):
        if path.relative_to(ROOT).as_posix().startswith(CLASS_MODE):
            continue
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == function:
                yield call.args[0] if call.args else next(k.value for k in call.keywords if k.arg == "name")


def test_every_question_of_the_course_is_in_a_deck_or_in_the_self_test():
    """Wherever one is made, that is; its id is written there, so that it stays."""
    ids = [ast.literal_eval(id) for id in first_arguments("Question")]
    assert sorted(ids) == sorted([*all_questions(), *(question.id for question in self_test())])


@pytest.mark.parametrize("page", CHALLENGES)
def test_every_challenge_of_a_page_is_listed(page):
    names = [ast.literal_eval(name) for name in first_arguments("Challenge", f"lesson/{page}")]
    assert not names or sorted(names) == sorted(CHALLENGES[page])


@pytest.mark.parametrize("page", CHALLENGES)
def test_what_a_page_marks_as_solved_is_listed(page):
    for path in ROOT.glob(f"lesson/{page}/**/*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "mark_solved":
                constants = [name.value for name in call.args[1:] if isinstance(name, ast.Constant)]
                assert set(constants) <= CHALLENGES[page].keys(), path


def test_a_challenge_of_the_gradients_page_counts_in_my_course():
    state = {"record_entries": {"solved/gradients/tenth": "yes"}}
    app = open_page("1_start.py", {"section": "My course"}, state)
    assert app.metric[2].value.startswith("1 of")
    assert f":green[:material/check:] {CHALLENGES['gradients']['tenth']}" in words_of(app)
