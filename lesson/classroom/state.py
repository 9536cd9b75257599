"""What a room sends: to everybody, to a student of what is theirs, to the lecturer.  Pure.

What everybody is sent carries no vote of anybody's; right answers, replies and counts come with the reveal.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from lesson.classroom.asking import REVEALED, Asking, Value
from lesson.classroom.question import UNSURE, Question
from lesson.classroom.room import Room
from lesson.frame.lessons import LESSONS

RARE, MOST = 35, 70  # percent of right answers: below explain, between discuss, above go on
FEW = 5  # votes: with fewer there is no advice
_TITLES = {lesson.address: lesson.title for lesson in LESSONS}


def public_state(room: Room) -> dict[str, Any]:
    """Return what everybody may see."""
    return {
        "stage_version": room.stage_version,
        "asking": room.asking and _public_asking(room.asking),
        "follow": room.follow,
        "elsewhere": elsewhere(room),
        "led_on": room.led_on,
        "moved_on": room.moved_on,
        "timer": room.timer and {"seconds": room.timer.seconds, "since": room.timer.since},
        "plan": room.plan,
        **tally(room),
    }


def elsewhere(room: Room) -> str:
    """Return the page and its part where all were led, away from a revealed answer; "" if they were not."""
    asking, place = room.asking, room.place
    if asking is None or asking.stage != REVEALED or not room.led_on or place is None:
        return ""
    page, _, query = asking.question.link.partition("?")
    own, now = dict(parse_qsl(query)), dict(parse_qsl(place.get("query", "")))
    own.pop("ask", None)
    if place["page"] == page and own.items() <= now.items():
        return ""
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


def _public_asking(asking: Asking) -> dict[str, Any]:
    question = asking.question
    state: dict[str, Any] = {
        "id": asking.id,
        "question": question.id,
        "kind": question.kind,
        "text": question.text,
        "html": question.html,
        "answers": [answer.to_public() for answer in question.answers],
        "stage": asking.stage,
        "round": asking.round,
        "page": question.page,
        "link": question.link,
        "covers": question.covers,
    }
    if question.scale:
        state["scale"] = question.scale._asdict()
    if asking.stage == REVEALED:
        state |= revealed(question)
        if question.picture:
            state["picture"] = question.picture_text
    if asking.stage == REVEALED or asking.bars:
        state |= {"rounds": rounds(asking), "moved": moves(asking)}
    return state


def revealed(question: Question) -> dict[str, Any]:
    """Return what comes with the reveal: what is right, and a reply to each answer."""
    replies = {answer.id: answer.reply for answer in question.answers}
    if question.reply:
        replies[UNSURE] = question.reply
    return {"right": question.right, "replies": replies}


def rounds(asking: Asking) -> list[dict[str, Any]]:
    """Return the counts of each round: by answer; of numbers the numbers themselves, in order.

    Hands that were counted by eye are part of them.  A last vote that nobody answered is left out.
    """
    return [_counts(asking, number) for number in range(1, asking.last_answered() + 1)]


def _counts(asking: Asking, number: int) -> dict[str, Any]:
    votes = [vote.answer for vote in asking.votes.get(number, {}).values()]
    counts = Counter(votes)
    for (of_round, answer), count in asking.hands.items():
        if of_round == number:
            counts[answer] += count
    if asking.question.scale:
        numbers = sorted(vote for vote in votes if not isinstance(vote, str))
        return {"numbers": numbers, UNSURE: counts[UNSURE]}
    every = [*(answer.id for answer in asking.question.answers), UNSURE]
    return {id: counts[id] for id in every}


def moves(asking: Asking) -> list[tuple[Value, Value, int]]:
    """Return who moved where in the last round that was answered: (answer then, answer now, how many)."""
    last = asking.last_answered()
    if last < 2 or asking.question.scale:
        return []
    before, after = asking.votes.get(last - 1, {}), asking.votes.get(last, {})
    counts = Counter((before[who].answer, after[who].answer) for who in before if who in after)
    return [(start, end, count) for (start, end), count in sorted(counts.items(), key=str)]


def share_right(asking: Asking, number: int) -> float | None:
    """Return the percentage of right answers in a round; None for few votes, or where nobody says."""
    counts = _counts(asking, number)
    total = 0 if asking.question.scale else sum(counts.values())
    if total < FEW or asking.question.right is None:
        return None
    right: float = counts[str(asking.question.right)]
    return 100 * right / total


def advice(asking: Asking, number: int) -> str:
    """Return what research advises after a round: "" where there is too little to judge by.

    Source: Vickrey et al. (2015), Research-based implementation of peer instruction, CBE Life Sci. Educ. 14.
    """
    share = share_right(asking, number)
    if share is None:
        return ""
    if share < RARE:
        return f"{share:.0f}% are right. Below {RARE}% right: explain, then ask again."
    if share <= MOST:
        return f"{share:.0f}% are right. From {RARE}% to {MOST}% right: let them discuss, then vote again."
    return f"{share:.0f}% are right. Above {MOST}% right: reveal, and go on."


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
    return {"handle": room.students[student].handle, "answers": answers, "commits": commits}


def results(room: Room, progress: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the lecturer sees."""
    return {
        **public_state(room),
        "admits": room.admits,
        "devices": len(room.hosts),
        "askings": [_result(asking) for asking in room.askings],
        "progress": progress,
    }


def _result(asking: Asking) -> dict[str, Any]:
    question = asking.question
    return {
        "id": asking.id,
        "question": question.id,
        "kind": question.kind,
        "text": question.text,
        "html": question.html,
        "page": question.page,
        "link": question.link,
        "answers": [answer.to_public() for answer in question.answers],
        "stage": asking.stage,
        "round": asking.round,
        "rounds": rounds(asking),
        "moved": moves(asking),
        "hands": [[number, answer, count] for (number, answer), count in asking.hands.items()],
        "advice": advice(asking, asking.round),
        **revealed(question),
    }
