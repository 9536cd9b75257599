"""One asking of a question: its stage, its round, and what was answered in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lesson.classroom.question import Question

BEFORE, AFTER = "before", "after"  # the lesson
WAITING, VOTE, TALK, REVEALED = STAGES = ("waiting", "vote", "talk", "revealed")
Value = str | float


class Vote(NamedTuple):
    """An answer, and the counter of the client that gave it: of one student's votes the highest counts.

    outcome, error: of an answer to dealt numbers what it comes from, and how far it is off.
    """

    answer: Value
    n: int
    outcome: str = ""
    error: float | None = None

    @property
    def counted(self) -> Value:
        """Return what it counts as."""
        return self.outcome or self.answer


class Test(NamedTuple):
    """Which item of a test an asking is: BEFORE the lesson or AFTER it, the item's number from 1, of how
    many."""

    part: str
    item: int
    items: int


@dataclass(frozen=True)
class Asking:
    """A question in a room.  Asked again it is another asking.

    votes: by round, then by student.  bars: the lecturer lets everybody see how the votes are spread.
    test: the item of a test that it is.  first: the first seed of its experiment.  measured: what that has
    come to (right, reply, table).
    """

    id: str
    question: Question
    stage: str = WAITING
    round: int = 1
    bars: bool = False
    votes: Mapping[int, Mapping[str, Vote]] = field(default_factory=dict)
    hands: Mapping[tuple[int, Value], int] = field(default_factory=dict)
    test: Test | None = None
    first: int = 1
    measured: Mapping[str, Any] | None = None

    @property
    def right(self) -> Value | None:
        """Return what is right: the id of an answer, a number, or None where nobody says, or not yet."""
        return self.measured["right"] if self.measured else self.question.right

    @property
    def is_over(self) -> bool:
        """Return whether the class goes on from it: an item of the test before the lesson stays hidden."""
        return self.stage == REVEALED or (self.stage == TALK and self.test is not None)

    def raised(self, number: int) -> int:
        """Return how many hands were counted by eye in a round."""
        return sum(count for (of_round, _), count in self.hands.items() if of_round == number)

    def answered(self, number: int) -> int:
        """Return how many have answered in a round, by their device or by hand."""
        return len(self.votes.get(number, ())) + self.raised(number)

    def last_answered(self) -> int:
        """Return the last round that somebody has answered, the first if nobody has."""
        return next((number for number in range(self.round, 1, -1) if self.answered(number)), 1)
