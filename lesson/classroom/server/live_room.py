"""A room that is used: what is stored of it, what is about to be, and who listens."""

from collections import Counter

from lesson.classroom.refusals import Refused
from lesson.classroom.room import Room
from lesson.classroom.server.listeners import Listeners

MOST_OF_STUDENT = 3_000  # votes and commits that one student may send


class LiveRoom:
    """A room and its listeners.

    room: with all events that are stored; nobody sees what a killed server could lose.  head: with those,
    too, that are about to be stored; the next event is checked against it.  heard: students who were heard
    of after joining.
    """

    def __init__(self, code: str, room: Room) -> None:
        self.code, self.room, self.head = code, room, room
        self.listeners = Listeners(lambda: self.room)
        self.heard: set[str] = set(room.students)
        self._sent: Counter[str] = Counter()

    def publish(self, after: Room) -> None:
        """Show the room after an event, which is stored now, and tell what has changed."""
        before, self.room = self.room, after
        if before.stage_version != after.stage_version:
            self.listeners.tell_stage()
        elif before.tally_version != after.tally_version:
            self.listeners.tell_tally()

    def count_sent(self, student: str) -> None:
        """Refuse a student whose browser sends without end: the log has room for a whole class."""
        self._sent[student] += 1
        if self._sent[student] > MOST_OF_STUDENT:
            raise Refused(409, "You have sent all that this room can store.")
