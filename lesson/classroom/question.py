"""What a room can be asked: a question of the course, a number on a scale, a setting, or what a lecturer has
typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

UNSURE = "unsure"  # the id of "I don't know", which is an answer to every question
CHOICE, NUMBER, TYPED = "choice", "number", "typed"
DEALT = "dealt"  # a number, too, but each student gets other numbers in the question
SWEEP = "sweep"  # each student chooses a setting; what comes of it is computed
RIGHT, OTHER = "right", "other"  # outcomes of a dealt question, beside the mistakes that have a name


class Answer(NamedTuple):
    """An answer, and the reply to it; of a dealt question an outcome: right, a mistake, or another number.

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


class Deal(NamedTuple):
    """The numbers of one student's question.

    texts: fill the gaps {0}, {1}, … of its text.  keys: (outcome, low, high), the right one first: the first
    that holds an answer says what it comes from.
    """

    texts: tuple[str, ...]
    truth: float
    keys: tuple[tuple[str, float, float], ...]

    def fill(self, text: str) -> str:
        """Return a text with these numbers in its gaps."""
        for place, number in enumerate(self.texts):
            text = text.replace(f"{{{place}}}", number)
        return text

    def outcome(self, answer: float) -> str:
        """Return the id of what an answer comes from; OTHER if that has no name."""
        return next((id for id, low, high in self.keys if low <= answer <= high), OTHER)


class Curve(NamedTuple):
    """What the model does, drawn through the class's numbers.

    points: (number on the question's scale, height from 0 to 1), in the order in which it is drawn.  title,
    ticks: of the heights, (height, text).  words: for whoever does not see it.
    """

    title: str
    points: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    words: str


class Setting(NamedTuple):
    """A control of a sweep.  values: as an address says them under the parameter's name, in order."""

    text: str
    html: str
    parameter: str
    values: tuple[str, ...]


class Surface(NamedTuple):
    """What comes of each setting of a sweep, computed.

    heights: from 0 to 1, and words: what came of it.  Both have a row for each value of the first control
    and, where there are two, in it a column for each of the second.  title, ticks: of the heights,
    (height, text).
    """

    title: str
    heights: tuple[float, ...]
    words: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]


class Experiment(NamedTuple):
    """Networks that the server trains once their question is revealed: one of each setup for each seed."""

    id: str
    setups: tuple[str, ...]
    seeds: int


@dataclass(frozen=True)
class Question:
    """A question with its answers in the order in which all see them.

    html: its text with formulas, made by the course; "" for a typed one.  right: the id of the right answer,
    for a number the true number, for a sweep the best setting; None where nobody says.  reply: the
    explanation of what is right.  picture: an SVG of what is right, with the words for whoever does not see
    it; "" where there is none.  page, link: the title of its page and the address of its part, in the
    question's state; "" for a typed one.  covers: names of what gives its answer away there.  again: the id
    of the question that asks for the same with other numbers, "" if none does.
    deals: of a dealt question; digits: to how many after the point its number is asked for; errors: the
    scale on which its errors lie, as a difference (0 is right) or, logarithmic, as a ratio (1 is right).
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
    again: str = ""
    deals: tuple[Deal, ...] = ()
    errors: Scale | None = None
    digits: int | None = None
    curve: Curve | None = None
    settings: tuple[Setting, ...] = ()
    surface: Surface | None = None
    experiment: Experiment | None = None

    @property
    def is_test(self) -> bool:
        """Return whether it can be an item of a test: an answer to it is right or not."""
        return self.right is not None and (self.kind == DEALT or not (self.scale or self.settings))

    def has_answer(self, value: object) -> bool:
        """Return whether a value can be an answer to it; to a sweep "7", or "7,12": positions of controls."""
        if value == UNSURE:
            return True
        if self.settings:
            return isinstance(value, str) and self._has_setting(value)
        if self.scale is None:
            return value in {answer.id for answer in self.answers}
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and self.scale.low <= value <= self.scale.high  # type: ignore[operator]

    def _has_setting(self, value: str) -> bool:
        places = value.split(",")
        return len(places) == len(self.settings) and all(
            place in map(str, range(len(setting.values)))
            for place, setting in zip(places, self.settings, strict=True)
        )

    def deal(self, seat: int, asking: str) -> Deal | None:
        """Return a student's numbers in an asking; None where all have the same.

        Neighbours get other ones, and each student gets others when it is asked again.
        """
        return self.deals[(seat + 7 * int(asking)) % len(self.deals)] if self.deals else None

    def error(self, deal: Deal, answer: float) -> float:
        """Return how far an answer is off, on the scale of errors, at its end what lies beyond."""
        assert self.errors is not None
        low, high, is_ratio, _ = self.errors
        error = answer / deal.truth if is_ratio else answer - deal.truth
        return min(high, max(low, error))

    def to_json(self) -> dict[str, Any]:
        """Return it as the log holds it, whole: a log is read by later versions of the course, too."""
        return asdict(self)

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> "Question":
        """Return what `to_json` has written, or an earlier version of it."""
        rows = {name: table[name] for name in _ROWS if name in table}
        parts = {name: table[name] for name in _PARTS if name in table}
        return cls(
            **{
                **table,
                "covers": tuple(table["covers"]),
                **{name: tuple(_ROWS[name](*_frozen(row)) for row in each) for name, each in rows.items()},
                **{name: each and _PARTS[name](*_frozen(each)) for name, each in parts.items()},
            }
        )


_ROWS: Mapping[str, type] = {"answers": Answer, "deals": Deal, "settings": Setting}
_PARTS: Mapping[str, type] = {
    "scale": Scale, "errors": Scale, "curve": Curve, "surface": Surface, "experiment": Experiment,
}  # fmt: skip


def _frozen(row: Any) -> Any:
    """Return lists of JSON as the tuples that they were."""
    return tuple(map(_frozen, row)) if isinstance(row, list | tuple) else row


# Makes all that can be asked, in the course's order; called at the first question.
Catalogue = Callable[[], Sequence[Question]]
