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
_GAP = re.compile(r"\{\d\}")  # of a text, for a number that is dealt


def as_csv(room: Room, with_handles: bool = False) -> str:
    """Return a row for each vote: asking, question, round, student, answer, whether it is right.

    text: where numbers were dealt, with the student's own.  test: "before" or "after" for an item of a test.
    outcome: what a number comes from that was answered to a student's own numbers; the settings of a sweep
    are said as an address says them.

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
        for number, student, who, vote in _votes(room, asking):
            handle = room.students[student].handle if student else ""
            own_text = _text(room, asking, student)
            right = "" if question.right is None or not has_moves(asking) else vote.counted == question.right
            name = [handle] if with_handles else []
            words = _settings(asking, vote.answer) or texts.get(vote.answer, "")
            outcome = texts.get(vote.outcome, "")
            rows.writerow(
                [
                    asking.id, _safe(question.id), _safe(own_text), part, number, who, *name,
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


def _text(room: Room, asking: Asking, student: str) -> str:
    """Return a question as a student has read it; dots fill the gaps where nobody knows who it was."""
    question = asking.question
    if not question.deals:
        return question.text
    deal = question.deal(room.students[student].seat, asking.id) if student else None
    return deal.fill(question.text) if deal else _GAP.sub("…", question.text)


def _votes(room: Room, asking: Asking) -> Iterator[tuple[int, str, int | str, Vote]]:
    """Yield the round, the student, their number and each vote; each hand is of the student ""."""
    numbers = {student: place for place, student in enumerate(sorted(room.students), 1)}
    for number in sorted({*asking.votes, *(of_round for of_round, _ in asking.hands)}):
        for student, vote in sorted(asking.votes.get(number, {}).items()):
            yield number, student, numbers[student], vote
        for (of_round, answer), count in asking.hands.items():
            for _ in range(count if of_round == number else 0):
                yield number, "", "hand", Vote(answer, 0)


def _safe(text: str) -> str:
    return _FORMULA.sub(r"\1'", text)


def as_report(room: Room) -> dict[str, Any]:
    """Return what was asked, how all answered, and how far they came; nobody's token or handle."""
    return results(room, progress(room))


def as_file(room: Room) -> dict[str, Any]:
    """Return the report for who reads it later: where numbers were dealt, with each answer beside them."""
    report = as_report(room)
    dealt = {asking.question.id for asking in room.askings if asking.question.deals}
    last = [report["asking"]] if report["asking"] else []
    for row in (*last, *report["askings"], *report["gain"]["items"]):
        if row["question"] in dealt:
            row |= {name: _GAP.sub("…", row[name]) for name in ("text", "html")}
    for row, asking in zip(report["askings"], room.askings, strict=True):
        if asking.question.deals:
            row["own"] = list(_own(room, asking))
    return report


def _own(room: Room, asking: Asking) -> Iterator[dict[str, Any]]:
    """Yield each answer to dealt numbers with these numbers, and what is true for them."""
    question = asking.question
    for number, student, _, vote in _votes(room, asking):
        deal = question.deal(room.students[student].seat, asking.id) if student else None
        if deal is not None:
            yield {
                "round": number, "text": deal.fill(question.text), "numbers": deal.texts,
                "truth": deal.truth, "answer": vote.answer, "outcome": vote.counted,
            }  # fmt: skip
