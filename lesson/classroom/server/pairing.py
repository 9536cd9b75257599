"""Codes by which one more device becomes the lecturer's."""

from collections.abc import Callable

from lesson.classroom.codes import hash_of, new_code
from lesson.classroom.refusals import Refused

SECONDS = 60.0  # that a code works


class Pairing:
    """The codes of all rooms; each works once, for a minute.  They are stored nowhere.

    clock: seconds since 1970.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rooms: dict[str, tuple[str, float]] = {}  # by the code's hash: the room, and until when

    def new(self, room: str) -> str:
        """Return another code for a room."""
        now = self._clock()
        self._rooms = {key: value for key, value in self._rooms.items() if value[1] > now}
        once = new_code(()) + new_code(())[:2]
        self._rooms[hash_of(once)] = (room, now + SECONDS)
        return once

    def use(self, once: str) -> str:
        """Return the room of a code, which works no more; refused where it does not work."""
        once = once.replace(" ", "").replace("-", "").upper()
        room, until = self._rooms.pop(hash_of(once), ("", 0.0))
        if until <= self._clock():
            raise Refused(403, "This code has been used, or its minute is over.")
        return room

    def forget(self, room: str) -> None:
        """Let a room's codes work no more."""
        self._rooms = {key: value for key, value in self._rooms.items() if value[0] != room}
