"""What can happen in a room."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """Kinds of events, as the log names them."""

    OPENED = "opened"  # host
    RENEWED = "renewed"  # host: every other device of the lecturer's is out
    PAIRED = "paired"  # host: one device more
    JOINED = "joined"  # handle, seat
    LEFT = "left"  # a student is removed, or wants to be forgotten
    QUESTION = "question"  # id, question, plan?, test?, first?
    STAGED = "staged"  # asking, stage, round, bars?, seconds?
    VOTED = "voted"  # asking, round, answer, n
    COMMITTED = "committed"  # kind, value, n
    FOLLOWED = "followed"  # follow?, plan?
    HANDS = "hands"  # asking, round, answer, count
    ADMISSION = "admission"  # open
    MEASURED = "measured"  # asking, right, reply, table: what the networks of an experiment have come to
    UNKNOWN = "unknown"  # of a later version of the course, on another server: it changes nothing here

    @classmethod
    def _missing_(cls, value: object) -> "Kind":
        return cls.UNKNOWN


class Event(NamedTuple):
    """An event.  number: 1, 2, 3, … in its room; at: seconds since 1970.

    student: the hash of a student's token, "" for what the lecturer does.
    """

    number: int
    at: float
    kind: Kind
    student: str
    body: Mapping[str, Any]
