"""What a room can be asked: a question of the course, a number on a scale, or what a lecturer has typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

UNSURE = "unsure"  # the id of "I don't know", which is an answer to every question
CHOICE, NUMBER, TYPED = "choice", "number", "typed"


class Answer(NamedTuple):
    """An answer, and the reply to it.

    html: the same text with its formulas, and reply: both made by the course, never by what somebody typed.
    """

    id: str
    text: str
    html: str = ""
    reply: str = ""

    def to_public(self) -> dict[str, str]:
        """Return what is sent of it before the reveal."""
        return {"id": self.id, "text": self.text} | ({"html": self.html} if self.html else {})


class Scale(NamedTuple):
    """Where a number may lie; logarithmic: equal steps are equal factors."""

    low: float
    high: float
    logarithmic: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its answers in the order in which all see them.

    html: its text with formulas, made by the course; "" for a typed one.  right: the id of the right answer,
    for a number the true number; None where nobody says.  reply: the explanation of what is right.
    picture: an SVG of what is right, with the words for whoever does not see it; "" where there is none.
    page, link: the title of its page and the address of its part, in the question's state; "" for a typed
    one.  covers: names of what gives its answer away there.
    """

    id: str
    text: str
    html: str = ""
    kind: str = CHOICE
    answers: tuple[Answer, ...] = ()
    right: str | float | None = None
    reply: str = ""
    scale: Scale | None = None
    page: str = ""
    link: str = ""
    covers: tuple[str, ...] = ()
    picture: str = ""
    picture_text: str = ""

    def has_answer(self, value: object) -> bool:
        """Return whether a value can be an answer to it."""
        if value == UNSURE:
            return True
        if self.scale is None:
            return value in {answer.id for answer in self.answers}
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and self.scale.low <= value <= self.scale.high  # type: ignore[operator]

    def to_json(self) -> dict[str, Any]:
        """Return it as the log holds it, whole: a log is read by later versions of the course, too."""
        return {
            "id": self.id, "text": self.text, "html": self.html, "kind": self.kind,
            "right": self.right, "reply": self.reply,
            "answers": [list(answer) for answer in self.answers],
            "scale": self.scale and list(self.scale),
            "page": self.page, "link": self.link, "covers": list(self.covers),
            "picture": self.picture, "picture_text": self.picture_text,
        }  # fmt: skip

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> "Question":
        """Return what `to_json` has written."""
        return cls(
            **{
                **table,
                "answers": tuple(Answer(*row) for row in table["answers"]),
                "scale": Scale(*table["scale"]) if table["scale"] else None,
                "covers": tuple(table["covers"]),
            }
        )


# Makes all that can be asked, in the course's order; called at the first question.
Catalogue = Callable[[], Sequence[Question]]
