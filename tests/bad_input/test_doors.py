"""What tests of bad input rely on: a door that lets through is noticed, and so is a file that is written."""

import pytest

from lesson.frame.files import ROOT
from tests.bad_input import conftest
from tests.bad_input.doors import ACCEPTED, is_one_sentence, outcome


def test_a_door_that_lets_through_is_noticed():
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        outcome(lambda data: data, b"", "is empty")
    assert outcome(lambda data: data, b"x", ACCEPTED) == b"x"


@pytest.mark.parametrize("message", ["no full stop", "two\nlines.", "Traceback.", "x" * 400 + "."])
def test_what_is_no_sentence_for_people_is_noticed(message):
    with pytest.raises(AssertionError):
        is_one_sentence(message)


def test_a_file_that_is_written_into_the_course_is_noticed(tmp_path):
    path = ROOT / "tests" / "written_by_mistake.part"
    try:
        path.write_text("x")
        (tmp_path / "allowed").write_text("x")
        (ROOT / "README.md").read_text("utf-8")
    finally:
        path.unlink(missing_ok=True)
    assert set(conftest.written) == {str(path)} and len(conftest.written) == 2  # made, removed
    conftest.written.clear()
