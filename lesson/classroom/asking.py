"""One asking of a question: its stage, its round, and what was answered in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lesson.classroom.question import Question

WAITING, VOTE, TALK, REVEALED = STAGES = ("waiting", "vote", "talk", "revealed")
Value = str | float


class Vote(NamedTuple):
    """An answer, and the counter of the client that gave it: of one student's votes the highest counts."""

    answer: Value
    n: int


@dataclass(frozen=True)
class Asking:
    """A question in a room.  Asked again it is another asking.

    votes: by round, then by student.  bars: the lecturer lets everybody see how the votes are spread.
    """

    id: str
    question: Question
    stage: str = WAITING
    round: int = 1
    bars: bool = False
    votes: Mapping[int, Mapping[str, Vote]] = field(default_factory=dict)
    hands: Mapping[tuple[int, Value], int] = field(default_factory=dict)

    def raised(self, number: int) -> int:
        """Return how many hands were counted by eye in a round."""
        return sum(count for (of_round, _), count in self.hands.items() if of_round == number)

    def answered(self, number: int) -> int:
        """Return how many have answered in a round, by their device or by hand."""
        return len(self.votes.get(number, ())) + self.raised(number)

    def last_answered(self) -> int:
        """Return the last round that somebody has answered, the first if nobody has."""
        return next((number for number in range(self.round, 1, -1) if self.answered(number)), 1)
