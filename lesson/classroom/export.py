"""What a lecturer takes away: a row for each vote, and everything as JSON."""

import csv
import io
from typing import Any

from lesson.classroom.asking import Value
from lesson.classroom.progress import progress
from lesson.classroom.room import Room
from lesson.classroom.state import results

# A cell that begins so is computed by a spreadsheet; some take the full-width signs for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(room: Room, with_handles: bool = False) -> str:
    """Return a row for each vote: asking, question, round, student, answer, whether it is right.

    Students are numbered in an order that says nothing of when they joined: by the hashes of their tokens.
    """
    numbers = {student: place for place, student in enumerate(sorted(room.students), 1)}
    text = io.StringIO()
    rows = csv.writer(text)
    handle = ["handle"] if with_handles else []
    rows.writerow(
        ["asking", "question", "text", "round", "student", *handle, "answer", "answer_text", "right"]
    )
    for asking in room.askings:
        question = asking.question
        texts: dict[Value, str] = {answer.id: answer.text for answer in question.answers}
        for number, votes in sorted(asking.votes.items()):
            for student, vote in sorted(votes.items()):
                right = "" if question.right is None or question.scale else vote.answer == question.right
                name = [room.students[student].handle] if with_handles else []
                rows.writerow(
                    [
                        asking.id, _safe(question.id), _safe(question.text), number, numbers[student], *name,
                        vote.answer, _safe(texts.get(vote.answer, "")), right,
                    ]
                )  # fmt: skip
    return text.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def as_report(room: Room) -> dict[str, Any]:
    """Return what was asked, how all answered, and how far they came; nobody's token or handle."""
    return results(room, progress(room))
