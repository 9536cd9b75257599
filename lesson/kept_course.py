"""What a visitor has solved and guessed, as a small file that can be taken away and brought back."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from lesson.challenges import CHALLENGES
from lesson.questions import Question
from lstm import InputError

VERSION = 1
LARGEST = 100_000  # bytes
SAMPLING = {"closing": "Close it", "quotes": "Who is speaking?"}


class Course(NamedTuple):
    """answers: first guesses by the question's name; solved: names of challenges by page; left_out: how many
    entries of its file this course does not know.
    """

    answers: dict[str, str]
    solved: dict[str, frozenset[str]]
    left_out: int = 0


def known_challenges(training: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Every challenge by page and name, with its title; training: those of the training page."""
    gates = {name: challenge.title for name, challenge in CHALLENGES.items()}
    return {"gates": gates, "training": dict(training), "sampling": SAMPLING}


def to_file(course: Course) -> bytes:
    """The file."""
    solved = {page: sorted(names) for page, names in course.solved.items()}
    return json.dumps(
        {"lstm_course": VERSION, "answers": course.answers, "solved": solved}, indent=1, ensure_ascii=False
    ).encode()


def from_file(
    data: bytes, questions: Mapping[str, Question], challenges: Mapping[str, Mapping[str, str]]
) -> Course:
    """What a file holds of today's questions and challenges; others are left out.

    Raises InputError, in one sentence, for what is no such file.
    """
    if len(data) > LARGEST:
        raise InputError("This file is too large to be one of this course; give the one that was saved here.")
    no = InputError("This is not a file that was saved here; give the one named my_lstm_course.json.")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise no from error
    if not isinstance(found, dict) or found.get("lstm_course") != VERSION:
        raise no
    answers, solved = found.get("answers"), found.get("solved")
    if not isinstance(answers, dict) or not isinstance(solved, dict):
        raise no
    named = {page: names if isinstance(names, list) else [None] for page, names in solved.items()}
    taken = Course(
        {
            name: given
            for name, given in answers.items()
            if name in questions and isinstance(given, str) and given in questions[name].replies
        },
        {
            page: frozenset(name for name in named.get(page, ()) if isinstance(name, str) and name in known)
            for page, known in challenges.items()
        },
    )
    count = len(answers) + sum(map(len, named.values()))
    return taken._replace(left_out=count - len(taken.answers) - sum(map(len, taken.solved.values())))
