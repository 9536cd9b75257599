"""What an event makes of a room: `apply`, a pure function."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from lesson.classroom.asking import VOTE, Asking, Test, Vote
from lesson.classroom.event import Event, Kind
from lesson.classroom.question import Question
from lesson.classroom.room import Commit, Room, Student, Timer


def apply(room: Room, event: Event) -> Room:
    """Return the room after an event; what can't be applied changes nothing but the number and `used`."""
    number, after = event.number, _STEPS[event.kind](room, event)
    if after is None:
        return replace(room, number=number, used=event.at)
    return replace(
        after,
        number=number,
        used=event.at,
        stage_version=number if event.kind in _STAGE_EVENTS else room.stage_version,
        tally_version=number if event.kind in _TALLY_EVENTS else room.tally_version,
        acted=number if event.kind in _STAGE_EVENTS and event.kind is not Kind.MEASURED else room.acted,
    )


def replay(events: Iterable[Event]) -> Room:
    """Return the room that a log leads to."""
    room = Room()
    for event in events:
        room = apply(room, event)
    return room


def _opened(room: Room, event: Event) -> Room:
    return replace(room, hosts=frozenset([event.body["host"]]))


def _paired(room: Room, event: Event) -> Room:
    return replace(room, hosts=room.hosts | {event.body["host"]})


def _joined(room: Room, event: Event) -> Room | None:
    if event.student in room.students or event.student in room.gone:
        return None
    student = Student(event.body["handle"], event.at, event.body.get("seat", 0))
    return replace(room, students={**room.students, event.student: student})


def _left(room: Room, event: Event) -> Room:
    """Nothing of a student stays: no vote, no commit."""
    students, commits = dict(room.students), dict(room.commits)
    students.pop(event.student, None)
    commits.pop(event.student, None)
    askings = tuple(replace(asking, votes=_votes_without(asking, event.student)) for asking in room.askings)
    gone = room.gone | {event.student}
    return replace(room, students=students, commits=commits, askings=askings, gone=gone)


def _votes_without(asking: Asking, student: str) -> dict[int, Mapping[str, Vote]]:
    """Return the votes of all others; a round that nobody is left in is as one in which nobody voted."""
    rounds = {
        number: {who: vote for who, vote in votes.items() if who != student}
        for number, votes in asking.votes.items()
    }
    return {number: votes for number, votes in rounds.items() if votes}


def _question(room: Room, event: Event) -> Room:
    body = event.body
    test = Test(*body["test"]) if body.get("test") else None
    asking = Asking(body["id"], Question.from_json(body["question"]), test=test, first=body.get("first", 1))
    return _with_stop(
        replace(room, askings=(*room.askings, asking), timer=None, led_on=False, moved_on=False), event
    )


def _staged(room: Room, event: Event) -> Room | None:
    asking, body = room.asking, event.body
    if asking is None or asking.id != body["asking"]:
        return None
    seconds = body.get("seconds")
    timer = Timer(seconds, event.at) if seconds else None
    asking = replace(asking, stage=body["stage"], round=body["round"], bars=body.get("bars", False))
    # Who is to vote looks at their own screen: an open vote ends "eyes up" for everybody.
    follow = _without_eyes_up(room.follow) if asking.stage == VOTE else room.follow
    return replace(
        room, askings=(*room.askings[:-1], asking), timer=timer, follow=follow, led_on=False, moved_on=False
    )


def _without_eyes_up(follow: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return where all are to be, the place that they were led to before they looked up."""
    return {name: value for name, value in (follow or {}).items() if name != "eyes_up"} or None


def _voted(room: Room, event: Event) -> Room | None:
    asking, body = room.asking, event.body
    if event.student not in room.students or asking is None:
        return None
    if (asking.id, asking.stage, asking.round) != (body["asking"], VOTE, body["round"]):
        return None
    votes = asking.votes.get(asking.round, {})
    if event.student in votes and votes[event.student].n >= body["n"]:
        return None
    votes = {**votes, event.student: _read(asking, room.students[event.student], body)}
    asking = replace(asking, votes={**asking.votes, asking.round: votes})
    return replace(room, askings=(*room.askings[:-1], asking))


def _read(asking: Asking, student: Student, body: Mapping[str, Any]) -> Vote:
    """Return a student's vote, with what it comes from where they have numbers of their own."""
    answer, question = body["answer"], asking.question
    deal = question.deal(student.seat, asking.id)
    if deal is None or isinstance(answer, str):
        return Vote(answer, body["n"])
    return Vote(answer, body["n"], deal.outcome(answer), question.error(deal, answer))


def _committed(room: Room, event: Event) -> Room | None:
    body = event.body
    own = room.commits.get(event.student, {})
    if event.student not in room.students or (body["kind"] in own and own[body["kind"]].n >= body["n"]):
        return None
    own = {**own, body["kind"]: Commit(body["value"], body["n"], event.at)}
    return replace(room, commits={**room.commits, event.student: own})


def _followed(room: Room, event: Event) -> Room:
    follow = event.body.get("follow", room.follow)
    if follow is not None and "eyes_up" in follow:
        before = _without_eyes_up(room.follow)
        follow = {**(before or {}), **follow} if follow["eyes_up"] else before
    is_led = follow is not None and "page" in (event.body.get("follow") or {})
    place = follow if is_led else room.place
    led = replace(room, follow=follow, place=place, led_on=room.led_on or is_led)
    return _with_stop(led, event)


def _with_stop(room: Room, event: Event) -> Room:
    """Return the room at the stop of a plan that an event names; None: without a plan.

    since: when it came to this stop.  begun: when it began with this plan.
    """
    if "plan" not in event.body:
        return room
    plan, before = event.body["plan"], room.plan or {}
    if plan is None:
        return replace(room, plan=None)
    if all(before.get(name) == value for name, value in plan.items()):
        return room
    begun = before["begun"] if before.get("minutes") == plan["minutes"] else event.at
    at_stop = {**plan, "since": event.at, "begun": begun}
    return replace(room, plan=at_stop, moved_on=event.kind is Kind.FOLLOWED)


def _measured(room: Room, event: Event) -> Room | None:
    askings = tuple(
        replace(each, measured=event.body) if each.id == event.body["asking"] else each
        for each in room.askings
    )
    return replace(room, askings=askings)


def _counted(room: Room, event: Event) -> Room | None:
    body = event.body
    at = next((place for place, each in enumerate(room.askings) if each.id == body["asking"]), None)
    if at is None:
        return None
    asking = room.askings[at]
    asking = replace(asking, hands={**asking.hands, (body["round"], body["answer"]): body["count"]})
    return replace(room, askings=(*room.askings[:at], asking, *room.askings[at + 1 :]))


def _admission(room: Room, event: Event) -> Room:
    return replace(room, admits=event.body["open"])


_STEPS: Mapping[Kind, Callable[[Room, Event], Room | None]] = {
    Kind.OPENED: _opened,
    Kind.RENEWED: _opened,
    Kind.PAIRED: _paired,
    Kind.JOINED: _joined,
    Kind.LEFT: _left,
    Kind.QUESTION: _question,
    Kind.STAGED: _staged,
    Kind.VOTED: _voted,
    Kind.COMMITTED: _committed,
    Kind.FOLLOWED: _followed,
    Kind.HANDS: _counted,
    Kind.ADMISSION: _admission,
    Kind.MEASURED: _measured,
    Kind.UNKNOWN: lambda room, event: None,
}
_STAGE_EVENTS = {Kind.OPENED, Kind.QUESTION, Kind.STAGED, Kind.FOLLOWED, Kind.MEASURED}
_TALLY_EVENTS = {Kind.JOINED, Kind.LEFT, Kind.VOTED, Kind.HANDS}
