"""What a room sends: to everybody, to a student of what is theirs, to the lecturer.  Pure.

What everybody is sent carries no vote of anybody's; right answers, replies and counts come with the reveal.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from lesson.classroom.asking import AFTER, REVEALED, Asking
from lesson.classroom.counts import advice, moves, moves_between, rounds
from lesson.classroom.gain import gain, pairs
from lesson.classroom.question import DEALT, UNSURE, Question
from lesson.classroom.room import Room
from lesson.frame.lessons import LESSONS

_TITLES = {lesson.address: lesson.title for lesson in LESSONS}


def public_state(room: Room) -> dict[str, Any]:
    """Return what everybody may see."""
    return {
        "stage_version": room.stage_version,
        "asking": room.asking and _public_asking(room, room.asking),
        "follow": room.follow,
        "elsewhere": elsewhere(room),
        "led_on": room.led_on,
        "moved_on": room.moved_on,
        "timer": room.timer and {"seconds": room.timer.seconds, "since": room.timer.since},
        "plan": room.plan,
        **tally(room),
    }


def elsewhere(room: Room) -> str:
    """Return the page and its part where all were led since a question is over; "" if they were not.

    That may be the question's own page: there they work on, and a phone says where.
    """
    asking, place = room.asking, room.place
    if asking is None or not asking.is_over or not room.led_on or place is None:
        return ""
    now = dict(parse_qsl(place.get("query", "")))
    title = str(_TITLES.get(place["page"], place["page"]))
    # An address names the part before the other settings, and a part has a name that begins as names do.
    name, part = next(iter(now.items()), ("", ""))
    if name == "ask" or part == title or not part[:1].isupper():
        return title
    challenge = now.get("challenge", "").replace("-", " ").replace("_", " ").capitalize()
    return f"{title}: {part} ({challenge})" if challenge else f"{title}: {part}"


def shows_votes(room: Room) -> bool:
    """Return whether the public state says how the votes are spread, so that each vote changes it."""
    return room.asking is not None and (room.asking.bars or room.asking.stage == REVEALED)


def tally(room: Room) -> dict[str, Any]:
    """Return how many there are, and how many have answered."""
    return {"tally_version": room.tally_version, "joined": room.present(), "voted": room.voted()}


def _described(asking: Asking) -> dict[str, Any]:
    """Return what is the same for everybody at every stage."""
    question = asking.question
    state: dict[str, Any] = {
        "id": asking.id,
        "question": question.id,
        "kind": question.kind,
        "text": question.text,
        "html": question.html,
        "stage": asking.stage,
        "round": asking.round,
        "page": question.page,
        "link": question.link,
    }
    if question.scale:
        state["scale"] = question.scale._asdict()
    if question.digits is not None:
        state["digits"] = question.digits
    if question.deals:
        state["deals"] = [deal.texts for deal in question.deals]
    if question.settings:
        state["settings"] = [setting._asdict() for setting in question.settings]
    if question.experiment:
        _, setups, seeds = question.experiment
        state["experiment"] = {"setups": setups, "seeds": seeds, "first": asking.first}
    if asking.test:
        state["test"] = asking.test._asdict()
    return state


def _public_asking(room: Room, asking: Asking) -> dict[str, Any]:
    question, is_revealed = asking.question, asking.stage == REVEALED
    # The outcomes of dealt numbers are the mistakes that somebody could make: they come with the reveal.
    answers = question.answers if question.kind != DEALT or is_revealed or asking.bars else ()
    state = _described(asking) | {
        "answers": [answer.to_public() for answer in answers],
        "covers": question.covers,
    }
    if is_revealed:
        state |= revealed(question) | _measured(asking)
        if question.picture:
            state["picture"] = question.picture_text
    if is_revealed or asking.bars:
        state |= {"rounds": rounds(asking), "moved": moves(asking)}
    if is_revealed and asking.test and asking.test.part == AFTER:
        state |= _before_and_after(room, asking)
    return state


def _measured(asking: Asking) -> dict[str, Any]:
    """Return what an experiment has come to; before that nobody knows what is right."""
    if asking.measured is None:
        return {}
    return {"right": asking.right, "replies": {UNSURE: asking.measured["reply"]}}


def _before_and_after(room: Room, asking: Asking) -> dict[str, Any]:
    """Return the votes on an item at both ends of the lesson, and what the class has learned."""
    state: dict[str, Any] = {"gain": gain(room)}
    pair = next((each for each in pairs(room) if each.after is asking), None)
    if pair is not None:
        first, last = pair.before.last_answered(), asking.last_answered()
        state["rounds"] = [rounds(pair.before)[-1], rounds(asking)[-1]]
        state["moved"] = moves_between(pair.before, first, asking, last)
    return state


def revealed(question: Question) -> dict[str, Any]:
    """Return what comes with the reveal: what is right, a reply to each answer, what the model does."""
    replies = {answer.id: answer.reply for answer in question.answers if answer.reply}
    if question.reply:
        replies[UNSURE] = question.reply
    state: dict[str, Any] = {"right": question.right, "replies": replies}
    if opening := _opening(question.reply, [reply for reply in replies.values() if reply != question.reply]):
        state["opening"] = opening
    if question.deals:
        state["truths"] = [deal.truth for deal in question.deals]
        state["keys"] = [deal.keys for deal in question.deals]
    for name in ("errors", "curve", "surface"):
        if part := getattr(question, name):
            state[name] = part._asdict()
    return state


def _opening(reply: str, others: Sequence[str]) -> str:
    """Return the sentences with which a reply begins as one of the others does, with the space after them."""
    shared = ""
    for end in re.finditer(r"[.!?][)”]?\s+", reply):
        beginning = reply[: end.end()]
        if not any(other.startswith(beginning) for other in others):
            break
        shared = beginning
    return shared


def own_state(room: Room, student: str) -> dict[str, Any]:
    """Return what a student has committed."""
    answers = [
        {"asking": asking.id, "round": number, "answer": votes[student].answer, "n": votes[student].n}
        for asking in room.askings
        for number, votes in asking.votes.items()
        if student in votes
    ]
    commits = {
        kind: {"value": commit.value, "n": commit.n} for kind, commit in room.commits.get(student, {}).items()
    }
    handle, _, seat = room.students[student]
    return {"handle": handle, "seat": seat, "answers": answers, "commits": commits}


def results(room: Room, progress: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the lecturer sees."""
    return {
        **public_state(room),
        "admits": room.admits,
        "devices": len(room.hosts),
        "askings": [_result(asking) for asking in room.askings],
        "gain": gain(room),
        "progress": progress,
    }


def _result(asking: Asking) -> dict[str, Any]:
    question = asking.question
    return {
        **_described(asking),
        "answers": [answer.to_public() for answer in question.answers],
        "again": question.again,
        "rounds": rounds(asking),
        "moved": moves(asking),
        "hands": [[number, answer, count] for (number, answer), count in asking.hands.items()],
        "advice": advice(asking, asking.round),
        **revealed(question),
        **_measured(asking),
    }
