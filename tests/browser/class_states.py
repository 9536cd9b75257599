"""Every stage of a room with every kind of question, and how a page is told that its room is there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from playwright.sync_api import Page

from lesson.catalogue import catalogue
from lesson.classroom.asking import AFTER, BEFORE, REVEALED, STAGES, TALK, VOTE, WAITING, Value
from lesson.classroom.asking import Test as Item
from lesson.classroom.question import CHOICE, TYPED, Answer, Question
from lesson.classroom.room import Room, Timer
from lesson.classroom.state import public_state
from tests.browser.class_votes import class_of

SIZE = 30  # students
TYPED_QUESTION = Question(
    "", "What is hardest?", kind=TYPED, answers=(Answer("a", "Gates"), Answer("b", "Gradients")), right="b"
)


def kinds() -> dict[str, Question]:
    """Return a question of the course of each kind of answer, and a typed one, by the name of the kind."""
    found: dict[str, Question] = {}
    for question in (*catalogue(), TYPED_QUESTION):
        kind = [question.kind]
        kind += ["logarithmic"] if question.scale and question.scale.logarithmic else []
        kind += [f"{len(question.settings)} settings"] if question.settings else []
        kind += ["experiment"] if question.experiment else []
        found.setdefault(" ".join(kind), question)
    return found


def rooms() -> Iterator[tuple[str, Room, Value | None]]:
    """Yield each stage of a question of each kind, of a test's item, and what else a class goes through: its
    name, the room, and what a student has answered in it, None if nothing.

    Each is an asking of its own: no answer to one is an answer to another.
    """
    for place, (name, room) in enumerate(_rooms()):
        assert room.asking is not None
        ids = (str(2 * place + 1), str(2 * place + 2))[-len(room.askings) :]
        askings = [replace(each, id=id) for id, each in zip(ids, room.askings, strict=True)]
        room = replace(room, askings=tuple(askings))
        own = room.asking.votes[room.asking.round]["0"].answer if room.asking.stage != WAITING else None
        if room.asking.stage in (VOTE, TALK):
            yield f"{name}, no answer", room, None
        yield name, room, own


def _rooms() -> Iterator[tuple[str, Room]]:
    for kind, question in kinds().items():
        for stage in STAGES:
            rounds = (1,) if stage in (WAITING, TALK) else (1, 2)
            yield from ((f"{kind}: {stage} {n}", class_of(question, stage, SIZE, n)) for n in rounds)
        yield f"{kind}: bars", class_of(question, TALK, SIZE, bars=True)
        if question.experiment:
            room = class_of(question, REVEALED, SIZE)
            measured = {"right": 7, "reply": "7 of thirty learned it.", "table": {}}
            yield f"{kind}: measured", replace(room, askings=(replace(room.asking, measured=measured),))
        if question.is_test:
            yield from (
                (f"{kind}: test {part}, {stage}", _test(question, part, stage))
                for part, stages in ((BEFORE, STAGES[1:3]), (AFTER, STAGES[1:]))
                for stage in stages
            )
    question = kinds()[CHOICE]
    yield "eyes up", replace(class_of(question, TALK, SIZE), follow={"eyes_up": True})
    yield "time is up", replace(class_of(question, VOTE, SIZE), timer=Timer(1, 0.0))
    led = {"page": "gradients", "query": "view=The+race"}
    yield "elsewhere", replace(class_of(question, REVEALED, SIZE), follow=led, place=led, led_on=True)


def _test(question: Question, part: str, stage: str) -> Room:
    room = class_of(question, stage, SIZE, 2)
    assert room.asking is not None
    votes = room.asking.votes
    first = replace(room.asking, stage=TALK, round=1, votes={1: votes[1]}, test=Item(BEFORE, 1, 1))
    last = replace(room.asking, round=1, votes={1: votes[2]}, test=Item(AFTER, 1, 1))
    return replace(room, askings=(replace(first, stage=stage),) if part == BEFORE else (first, last))


_versions = count(1_000)
_TELL = """([code, state, own]) => new Promise((done) => {
  // What was opened first hears first: when the second hears, the page has drawn.
  const votes = new BroadcastChannel("lstm-votes")
  const [channel, last] = [1, 2].map(() => new BroadcastChannel(`lstm-room-${code}`))
  last.onmessage = ({ data }) => {
    if (data.state?.stage_version !== state.stage_version) return
    for (const one of [votes, channel, last]) one.close()
    done()
  }
  for (const [key, vote] of own) votes.postMessage({ code, key, own: vote })
  channel.postMessage({ state })
})"""


def tell(page: Page, code: str, room: Room, own: Value | None = None, **more: object) -> None:
    """Let a tab of the same browser tell a page a room's state, and wait until it is drawn.

    The newest version counts: what the page's own stream has told must be older.  own: what I have answered
    in each round so far.  more: of the state.
    """
    version = next(_versions)
    state = {**public_state(room), "stage_version": version, "tally_version": version, **more}
    mine = []
    if own is not None and room.asking:
        vote = {"answer": own, "n": version, "sent": True}
        mine = [(f"{room.asking.id}/{number}", vote) for number in range(1, room.asking.round + 1)]
    page.evaluate(_TELL, [code, json.loads(json.dumps(state)), mine])
