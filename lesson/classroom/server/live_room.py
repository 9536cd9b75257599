"""A room that is used: what is stored of it, and who listens."""

from collections import Counter

from lesson.classroom.refusals import Refused
from lesson.classroom.room import Room
from lesson.classroom.server.listeners import Listeners

MOST_OF_STUDENT = 3_000  # votes and commits that one student may send


class LiveRoom:
    """A room and its listeners.

    room: with all events that are stored, and that this server has heard of; nobody sees what a killed server
    could lose.  unheard: students who joined through this server and were not heard of since.
    """

    def __init__(self, code: str, room: Room) -> None:
        self.code, self.room = code, room
        self.listeners = Listeners(lambda: self.room)
        self.unheard: set[str] = set()
        self._sent: Counter[str] = Counter()

    def publish(self, after: Room) -> None:
        """Show the room after events, which are stored now, and tell what has changed."""
        before = self.room
        if after.number == before.number:
            return
        self.room = after
        if after.number < before.number:  # the database is another one, which has not stored all of it
            self.listeners.end()  # whoever comes again takes what there is
        elif before.stage_version != after.stage_version:
            self.listeners.tell_stage()
        elif before.tally_version != after.tally_version:
            self.listeners.tell_tally()

    def check_sent(self, student: str) -> None:
        """Refuse a student whose browser sends without end: the log has room for a whole class."""
        if self._sent[student] >= MOST_OF_STUDENT:
            raise Refused(409, "You have sent all that this room can store.")

    def count_sent(self, student: str) -> None:
        """Count what a student has sent and the room has stored."""
        self._sent[student] += 1
