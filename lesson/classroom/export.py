"""What a lecturer takes away: a row for each vote, and everything as JSON."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from lesson.classroom.asking import Asking, Value, Vote
from lesson.classroom.counts import has_moves
from lesson.classroom.progress import progress
from lesson.classroom.question import UNSURE
from lesson.classroom.room import Room
from lesson.classroom.state import results

# A cell that begins so is computed by a spreadsheet; some take the full-width signs for the same.  Where
# numbers have a decimal comma, spreadsheets separate cells by semicolons, and a cell begins behind each.
_FORMULA = re.compile(r"""((?:^|;)[\s"]*)(?=[=+@＝＋－＠-])""")


def as_csv(room: Room, with_handles: bool = False) -> str:
    """Return a row for each vote: asking, question, round, student, answer, whether it is right.

    test: "before" or "after" for an item of a test.  outcome: what a number comes from that was answered to
    a student's own numbers; the settings of a sweep are said as an address says them.

    A hand that was counted by eye is a vote of the student "hand".  Students are numbered in an order that
    says nothing of when they joined: by the hashes of their tokens.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    column = ["handle"] if with_handles else []
    rows.writerow(
        [
            "asking",
            "question",
            "text",
            "test",
            "round",
            "student",
            *column,
            "answer",
            "answer_text",
            "outcome",
            "right",
        ]
    )
    for asking in room.askings:
        question = asking.question
        texts: dict[Value, str] = {answer.id: answer.text for answer in question.answers}
        part = asking.test.part if asking.test else ""
        for number, who, handle, vote in _votes(room, asking):
            right = "" if question.right is None or not has_moves(asking) else vote.counted == question.right
            name = [handle] if with_handles else []
            words = _settings(asking, vote.answer) or texts.get(vote.answer, "")
            outcome = texts.get(vote.outcome, "")
            rows.writerow(
                [
                    asking.id, _safe(question.id), _safe(question.text), part, number, who, *name,
                    vote.answer, _safe(words), _safe(outcome), right,
                ]
            )  # fmt: skip
    return text.getvalue()


def _settings(asking: Asking, answer: Value) -> str:
    """Return what somebody has set in a sweep, as an address says it; "" where it is none."""
    settings = asking.question.settings
    if not settings or answer == UNSURE:
        return ""
    places = map(int, str(answer).split(","))
    return "&".join(
        f"{setting.parameter}={setting.values[place]}"
        for setting, place in zip(settings, places, strict=True)
    )


def _votes(room: Room, asking: Asking) -> Iterator[tuple[int, int | str, str, Vote]]:
    """Yield the round, the student's number, their handle and each vote, and each hand."""
    numbers = {student: place for place, student in enumerate(sorted(room.students), 1)}
    for number in sorted({*asking.votes, *(of_round for of_round, _ in asking.hands)}):
        for student, vote in sorted(asking.votes.get(number, {}).items()):
            yield number, numbers[student], room.students[student].handle, vote
        for (of_round, answer), count in asking.hands.items():
            for _ in range(count if of_round == number else 0):
                yield number, "hand", "", Vote(answer, 0)


def _safe(text: str) -> str:
    return _FORMULA.sub(r"\1'", text)


def as_report(room: Room) -> dict[str, Any]:
    """Return what was asked, how all answered, and how far they came; nobody's token or handle."""
    return results(room, progress(room))
