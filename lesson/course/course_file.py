"""What a visitor has solved and guessed, as a small file that can be saved and loaded again.

Version 1 kept an answer by its wording; since version 2 it is kept by its id.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from lesson.widgets.question import Question
from lstm import InputError

VERSION = 2
LARGEST = 100_000  # bytes


class Course(NamedTuple):
    """The first guesses and solved challenges of a visitor.

    answers: ids of answers by ids of questions.  solved: names of challenges by page.  left_out: how many
    entries of its file this course does not know.
    """

    answers: dict[str, str]
    solved: dict[str, frozenset[str]]
    left_out: int = 0


def to_file(course: Course) -> bytes:
    """Return the file."""
    solved = {page: sorted(names) for page, names in course.solved.items()}
    return json.dumps(
        {"lstm_course": VERSION, "answers": course.answers, "solved": solved}, indent=1, ensure_ascii=False
    ).encode()


def from_file(
    data: bytes, questions: Mapping[str, Question], challenges: Mapping[str, Mapping[str, str]]
) -> Course:
    """Return what a file holds of today's questions and challenges; other entries are left out.

    Raises InputError, in one sentence, for what is no such file.
    """
    if len(data) > LARGEST:
        raise InputError("This file is too large for this course. Choose the one named my_lstm_course.json.")
    version, answers, names_by_page = _contents(data)
    known_answers = {
        id: choice
        for id, value in answers.items()
        if id in questions and (choice := _choice(questions[id], value, version)) is not None
    }
    names = {page: names if isinstance(names, list) else [None] for page, names in names_by_page.items()}
    solved = {
        page: frozenset(name for name in names.get(page, ()) if isinstance(name, str) and name in titles)
        for page, titles in challenges.items()
    }
    count = len(answers) + sum(map(len, names.values()))
    return Course(known_answers, solved, count - len(known_answers) - sum(map(len, solved.values())))


def _contents(data: bytes) -> tuple[int, dict[str, Any], dict[str, Any]]:
    """Return the version, the answers and what is solved, as the file has them."""
    refusal = InputError("This file was not saved by this course. Choose the one named my_lstm_course.json.")
    try:
        contents = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refusal from error
    if not isinstance(contents, dict) or contents.get("lstm_course") not in range(1, VERSION + 1):
        raise refusal
    answers, solved = contents.get("answers"), contents.get("solved")
    if not isinstance(answers, dict) or not isinstance(solved, dict):
        raise refusal
    return int(contents["lstm_course"]), answers, solved


def _choice(question: Question, value: object, version: int) -> str | None:
    """Return the id of an answer as a file has it; None if the question has no such answer."""
    if not isinstance(value, str):
        return None
    if version == 1:
        return question.id_of(value)
    return value if value in {answer.id for answer in question.answers} else None
