"""A question with its answers and replies."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

# The draw for the order of answers, on screens and on paper: one that spreads the right ones evenly.
COURSE_DRAW = "73"


@dataclass(frozen=True)
class Answer:
    """An answer to a question, and the reply to it.

    id: names the answer in the files that visitors keep, so it stays when the wording is mended.
    former: earlier wordings; files of the time when an answer was kept by its wording are read by them.
    Whoever rewords an answer adds its old wording there; the reply may change freely.
    """

    id: str
    text: str
    reply: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question and its answers; `in_random_order` has the order in which they are shown.

    id: names the question in kept files and in links.  right: the id of the right answer.
    setting: what the page's cell is set to for "Show me", as changes to its start; None where there is
    nothing to set.  covers: names of what shows its answer on its page; it stays covered until the visitor
    has committed to an answer, asked for the right one or passed on.  covers_ahead: those of them that say it
    outright; they stay covered while an earlier question of the part stands, too.
    """

    id: str
    text: str
    answers: tuple[Answer, ...]
    right: str
    setting: Mapping[str, float] | None = None
    covers: tuple[str, ...] = ()
    covers_ahead: tuple[str, ...] = ()

    def in_random_order(self, draw: str = COURSE_DRAW) -> tuple[Answer, ...]:
        """Return the answers in a random order: the same for all who ask with the same draw."""
        return tuple(Random(f"{draw}/{self.id}").sample(self.answers, len(self.answers)))

    def answer(self, id: str) -> Answer:
        """Return the answer with this id; raises KeyError if there is none."""
        return {answer.id: answer for answer in self.answers}[id]

    @property
    def right_answer(self) -> Answer:
        """Return the right answer."""
        return self.answer(self.right)

    def id_of(self, wording: str) -> str | None:
        """Return the id of the answer that is, or once was, worded so; None if there is none."""
        return next((a.id for a in self.answers if wording in (a.text, *a.former)), None)


def answers_with(texts: Mapping[str, str], right: str, result: str, is_right: str) -> tuple[Answer, ...]:
    """Return the answers to a question of which what was measured says which one is right.

    texts: the answers by their ids; result: what was measured, the reply to the right one; is_right: which
    one it is, before the result in the replies to the others.
    """
    return tuple(Answer(id, text, result if id == right else is_right + result) for id, text in texts.items())
