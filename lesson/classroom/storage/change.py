"""A change to a room, and what several of them come to: pure, but for what a change makes of chance."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lesson.classroom.apply import apply
from lesson.classroom.event import Event, Kind
from lesson.classroom.refusals import Refused
from lesson.classroom.room import Room

Body = Mapping[str, Any]
Make = Callable[[Room], Body]


class Change(NamedTuple):
    """What somebody wants to happen in a room, at a time in seconds since 1970.

    make: returns the event's body, from the room as it is then; raises Refused where the room does not do
    it.  It is called in the store's thread, and may be called again.
    """

    kind: Kind
    student: str
    at: float
    make: Make


@dataclass
class Group:
    """Changes to one room that are stored together.  outcomes: the room after each, or why it is refused;
    events: what they have come to; both of the newest attempt."""

    changes: Sequence[Change]
    outcomes: list[Room | Refused] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def apply_all(room: Room, group: Group) -> Room:
    """Return the room after a group's changes, whose outcomes and events are in the group from now on."""
    group.outcomes, group.events = [], []
    for kind, student, at, make in group.changes:
        try:
            event = Event(room.number + 1, at, kind, student, make(room))
        except Refused as refused:
            group.outcomes.append(refused)
        else:
            room = apply(room, event)
            group.events.append(event)
            group.outcomes.append(room)
    return room
