"""Codes by which one more device becomes the lecturer's."""

from collections.abc import Callable

from lesson.classroom.codes import hash_of, new_code
from lesson.classroom.refusals import Refused
from lesson.classroom.storage import short_lived
from lesson.classroom.storage.log import Log

SECONDS = 60.0  # that a code works


class Pairing:
    """The codes of all rooms; each works once, for a minute, on whatever server it is sent to.

    Their hashes are stored for that minute.  clock: seconds since 1970.
    """

    def __init__(self, log: Log, clock: Callable[[], float]) -> None:
        self._log, self._clock = log, clock

    async def new(self, room: str) -> str:
        """Return another code for a room."""
        once, now = new_code(()) + new_code(())[:2], self._clock()
        await self._log.ask(
            lambda: short_lived.add_pairing(self._log.store.engine, hash_of(once), room, now, now + SECONDS)
        )
        return once

    async def use(self, once: str) -> str:
        """Return the room of a code, which works no more; refused where it does not work."""
        code, now = hash_of(once.replace(" ", "").replace("-", "").upper()), self._clock()
        room = await self._log.ask(lambda: short_lived.use_pairing(self._log.store.engine, code, now))
        if not room:
            raise Refused(403, "This code has been used, or its minute is over.")
        return room

    async def forget(self, room: str) -> None:
        """Let a room's codes work no more."""
        await self._log.ask(lambda: short_lived.forget_pairings(self._log.store.engine, room))
