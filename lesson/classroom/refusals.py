"""What a room does not do, and with which words.  Pure: it looks at the room and at what is wanted."""

from collections.abc import Mapping
from typing import Any

from lesson.classroom.asking import BEFORE, REVEALED, STAGES, TALK, VOTE, Asking
from lesson.classroom.question import Question
from lesson.classroom.room import Room

MOST_STUDENTS = 1_000
MOST_ASKINGS = 300
MOST_COMMITS = 60  # kinds that one student's commits may have
MOST_EVENTS = 60_000  # of one room
RESERVE = 2_000  # events more that are the lecturer's alone: no student can bring a lesson to a halt


class Refused(Exception):
    """A request that is not carried out: an HTTP status, and one sentence for whoever has sent it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def check_length(room: Room, student: str) -> None:
    """Refuse whatever would make a log longer than a server can read in a moment.  student: "" for the
    lecturer."""
    if room.number >= MOST_EVENTS + (0 if student else RESERVE):
        raise Refused(409, "This room has stored all it can; open a new one.")


def check_joining(room: Room) -> None:
    """Refuse a student where the lecturer lets nobody in, or where it is full."""
    if not room.admits:
        raise Refused(409, "The lecturer lets nobody in at present.")
    if len(room.students) >= MOST_STUDENTS:
        raise Refused(409, f"This room is full: it holds {MOST_STUDENTS:,} students.")


def check_idle(student: str, room: Room) -> Mapping[str, Any]:
    """Refuse to let a student go in place of another who has voted or committed anything; else return what
    the event says of it, which is nothing."""
    if room.has_done(student):
        raise Refused(409, "This student takes part.")
    return {}


def check_asking(room: Room) -> None:
    """Refuse a question where too many were asked."""
    if len(room.askings) >= MOST_ASKINGS:
        raise Refused(409, f"This room has asked {MOST_ASKINGS} questions; open a new one.")


def check_test(question: Question, more: Mapping[str, Any]) -> None:
    """Refuse an item of a test that does not say who is right."""
    if "test" in more and not question.is_test:
        raise Refused(422, "An item of a test is a question with one right answer.")


def check_after(room: Room, after: int | None) -> None:
    """Refuse what a device of the lecturer's wants that has not seen what another has done.  after: the
    stage version that it has seen, None where it does not say."""
    if after is not None and not room.acted <= after <= room.number:
        raise Refused(409, "Another of your devices has acted meanwhile; look again.")


def check_stage(room: Room, body: Mapping[str, Any]) -> None:
    """Refuse a stage that another device has overtaken, or that this asking can't have."""
    check_after(room, body["after"])
    asking = room.asking
    if asking is None or asking.id != body["asking"]:
        raise Refused(409, "This question is no longer asked.")
    if body["stage"] not in STAGES:
        raise Refused(422, f"A stage is one of: {', '.join(STAGES)}.")
    if asking.test and (body["round"] > 1 or (asking.test.part == BEFORE and body["stage"] == REVEALED)):
        raise Refused(409, "An item of a test is voted on once; both ends are revealed together, at the end.")
    # A round is opened once: from the one before it, with or without talk between them.
    further = body["stage"] == VOTE and asking.stage in (VOTE, TALK) and body["round"] == asking.round + 1
    if not (1 <= body["round"] <= asking.round or further):
        raise Refused(422, f"Round {body['round']} can't follow round {asking.round} at this stage.")


def check_picture(room: Room, asking: str) -> str:
    """Return the picture of what is right; refused before the reveal, and where there is none."""
    question = next(
        (each.question for each in room.askings if each.id == asking and _is_revealed(each)), None
    )
    if question is None or not question.picture:
        raise Refused(409, "There is no picture, or not yet.")
    return question.picture


def _is_revealed(asking: Asking) -> bool:
    return asking.stage == REVEALED


def check_vote(room: Room, student: str, body: Mapping[str, Any]) -> None:
    """Refuse a vote outside the round that is open, or for an answer that the question does not have."""
    asking = room.asking
    if student not in room.students:
        raise Refused(403, "This room does not know you; join it again.")
    if asking is None or (asking.id, asking.round) != (body["asking"], body["round"]):
        raise Refused(409, "This question is no longer open.")
    if asking.stage != VOTE:
        raise Refused(409, "The vote is closed.")
    if not asking.question.has_answer(body["answer"]):
        raise Refused(422, "The question does not have this answer.")


def check_commit(room: Room, student: str, body: Mapping[str, Any]) -> None:
    """Refuse commits of too many kinds."""
    if student not in room.students:
        raise Refused(403, "This room does not know you; join it again.")
    own = room.commits.get(student, {})
    if body["kind"] not in own and len(own) >= MOST_COMMITS:
        raise Refused(409, "You have committed all that this room can store.")


def check_hands(room: Room, body: Mapping[str, Any]) -> None:
    """Refuse hands for what was not asked."""
    asking = next((each for each in room.askings if each.id == body["asking"]), None)
    if asking is None or not 1 <= body["round"] <= asking.round:
        raise Refused(409, "This question was not asked in this round.")
    if not asking.question.has_answer(body["answer"]):
        raise Refused(422, "The question does not have this answer.")
