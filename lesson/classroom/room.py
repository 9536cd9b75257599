"""A room as a value: who is there, what is asked, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lesson.classroom.asking import REVEALED, Asking


class Student(NamedTuple):
    """A student: the handle that only they see, and when they joined, in seconds since 1970.

    seat: 0, 1, 2, … in the order of joining; it says which numbers and which seed are theirs.
    """

    handle: str
    joined: float
    seat: int = 0


class Commit(NamedTuple):
    """What a student has set, reached or tried, and the counter of their client."""

    value: Any
    n: int
    at: float


class Timer(NamedTuple):
    """Seconds that something may take, and since when; nothing closes by itself."""

    seconds: int
    since: float


@dataclass(frozen=True)
class Room:
    """A room after its event with this number.

    hosts, students: hashes of tokens.  gone: of students who were removed or have left for good.
    place: the page and query where all were led last, also once they are free again.
    led_on: all were led to a page since the question that is asked had its last stage.
    moved_on: the plan has gone to another stop since then.
    stage_version: the number of the last event that changed what all are shown; tally_version: of the last
    that changed how many have joined and voted; acted: of the last thing of these that the lecturer did.
    """

    number: int = 0
    used: float = 0.0  # when something was last wanted of it, in seconds since 1970
    hosts: frozenset[str] = frozenset()
    students: Mapping[str, Student] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    admits: bool = True
    askings: tuple[Asking, ...] = ()
    commits: Mapping[str, Mapping[str, Commit]] = field(default_factory=dict)  # by student, then by kind
    follow: Mapping[str, Any] | None = None
    place: Mapping[str, Any] | None = None
    led_on: bool = False
    moved_on: bool = False
    timer: Timer | None = None
    plan: Mapping[str, Any] | None = None
    stage_version: int = 0
    tally_version: int = 0
    acted: int = 0

    @property
    def asking(self) -> Asking | None:
        """Return what is asked, None before the first question."""
        return self.askings[-1] if self.askings else None

    def has_done(self, student: str) -> bool:
        """Return whether a student has voted or committed anything."""
        votes = (votes for asking in self.askings for votes in asking.votes.values())
        return student in self.commits or any(student in round_ for round_ in votes)

    def voted(self) -> int:
        """Return how many have answered in the round that is open, or in the last one with answers."""
        asking = self.asking
        if asking is None:
            return 0
        return asking.answered(asking.last_answered() if asking.stage == REVEALED else asking.round)

    def present(self) -> int:
        """Return how many there are: who has joined, and hands that were counted at the question."""
        asking = self.asking
        hands = max((asking.raised(number) for number, _ in asking.hands), default=0) if asking else 0
        return len(self.students) + hands
