"""Course files that nobody should bring back: refused in one sentence, or nothing of them is taken."""

import pytest

from lesson.course.challenges import CHALLENGES
from lesson.course.course_file import LARGEST as LARGEST_COURSE
from lesson.course.course_file import from_file
from lesson.course.decks import all_questions
from tests.app import open_page, rerun
from tests.bad_input.doors import ACCEPTED, MARKUP, course, each_case, outcome
from tests.files import GOOD, MB

NOT_OURS = "not saved by this course"
COURSES = {
    "empty": (b"", NOT_OURS),
    "not UTF-8": (b"\xff\xfe\xfd", NOT_OURS),
    "binary": (GOOD, NOT_OURS),
    "half of it": (course()[:-9], NOT_OURS),
    "too large": (lambda: b" " * (LARGEST_COURSE + 1), "too large"),
    "huge": (lambda: b"[" * 100 * MB, "too large"),
    "too deep": (b"[" * 90_000, NOT_OURS),
    "too deep, whole": (course(x=0)[:-2] + b"[" * 40_000 + b"]" * 40_000 + b"}", NOT_OURS),
    "a number of 5,000 digits": (b'{"lstm_course": ' + b"9" * 5_000 + b"}", NOT_OURS),
    "infinity": (course(lstm_course=float("inf")), NOT_OURS),
    "no version": (b"{}", NOT_OURS),
    "another version": (course(lstm_course=3), NOT_OURS),
    "a version in words": (course(lstm_course="1"), NOT_OURS),
    "a list": (b"[1, 2]", NOT_OURS),
    "answers that are a list": (course(answers=[["a", "b"]]), NOT_OURS),
    "solved that is text": (course(solved="gates"), NOT_OURS),
    "answers to no question": (course(answers={"__class__": "x", "": "", "\ud800": "\ud800"}), ACCEPTED),
    "answers that are lists": (course(answers=dict.fromkeys(all_questions(), [1])), ACCEPTED),
    "answers that are markup": (course(answers=dict.fromkeys(all_questions(), MARKUP)), ACCEPTED),
    "challenges that are none": (course(solved={"gates": [MARKUP, None, [], {}], "training": {}}), ACCEPTED),
    "a name twice": (b'{"answers": {}, "answers": 5,' + course()[1:], ACCEPTED),
    "in UTF-16": (course().decode().encode("utf-16"), ACCEPTED),  # JSON may be written so
}  # fmt: skip


@each_case(COURSES)
def test_a_course_file(name):
    given, says = COURSES[name]
    known = CHALLENGES
    found = outcome(lambda data: from_file(data, all_questions(), known), given, says)
    assert found is None or not (found.answers or any(found.solved.values()))


@pytest.mark.slow
def test_a_course_file_on_the_page():
    app = open_page("1_start.py", {"section": "My course"})
    for name, (given, says) in COURSES.items():
        data = given() if callable(given) else given
        if len(data) > MB:
            continue
        app.file_uploader[0].set_value((f"{MARKUP}.json", data, "application/json"))
        assert bool(rerun(app).error) == bool(says), name
        assert app.metric[0].value.startswith("0 of") and MARKUP not in str(app.markdown)
