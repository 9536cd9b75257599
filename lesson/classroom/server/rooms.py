"""All rooms of a server: what happens in them is checked, stored, applied and told to all who listen."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from lesson.classroom.codes import hash_of, new_code, new_handle, new_secret
from lesson.classroom.event import Event, Kind
from lesson.classroom.refusals import MOST_STUDENTS, Refused, check_joining, check_room_for_more
from lesson.classroom.room import Room, apply, replay
from lesson.classroom.server.listeners import Listeners
from lesson.classroom.server.log import Log, LogError

MOST_ROOMS = 200
HOURS = 12  # after its last use a room is deleted
PAIRING = 60.0  # seconds that a code for pairing works
_SWEEP = 300.0  # seconds between two looks for rooms that are over
BUSY = "The server has much to store; it will be asked again in a moment."
Check = Callable[[Room], None]


class LiveRoom:
    """A room that is used: its state, and who listens to it."""

    def __init__(self, code: str, room: Room) -> None:
        self.code, self.room = code, room
        self.listeners = Listeners(lambda: self.room)
        self.heard: set[str] = set(room.students)  # students who were heard of after joining


class Rooms:
    """The rooms.  For one event loop; clock: seconds since 1970."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.time) -> None:
        self._log, self._clock = log, clock
        self._live: dict[str, LiveRoom] = {}
        self._loading: dict[str, asyncio.Task[LiveRoom | None]] = {}
        self._codes: dict[str, float] | None = None  # of all rooms, with the time of their last use
        self._once: dict[str, tuple[str, float]] = {}  # hash of a pairing code: room, until when
        self._sweeping: asyncio.Task[None] | None = None

    async def open(self) -> tuple[str, str]:
        """Open a room; returns its code and the host's secret."""
        codes = await self._all_codes()
        if len(codes) >= MOST_ROOMS and not await self._make_way(codes):
            raise Refused(503, f"This server holds {MOST_ROOMS} rooms; try again later.")
        code, secret = new_code(codes), new_secret()
        codes[code] = self._clock()
        live = self._live[code] = LiveRoom(code, Room())
        await self._change(live, Kind.OPENED, "", {"host": hash_of(secret)})
        return code, secret

    async def room(self, code: str) -> LiveRoom:
        """Return a room; refused with 404 where there never was one, with 410 where it is over."""
        live = self._live.get(code)
        if live is None and code:
            task = self._loading.get(code)
            if task is None:
                task = self._loading[code] = asyncio.create_task(self._load(code))
                task.add_done_callback(lambda _: self._loading.pop(code, None))
            live = await asyncio.shield(task)
        if live is not None:
            return live
        if code and await self._log.has_ended(code):
            raise Refused(410, "This room is over.")
        raise Refused(404, "There is no room with this code.")

    async def _load(self, code: str) -> LiveRoom | None:
        events = await self._log.read(code)
        if not events:
            return None
        # An open that came meanwhile, or another load, must not be overwritten.
        return self._live.setdefault(code, LiveRoom(code, replay(events)))

    async def change(
        self, live: LiveRoom, kind: Kind, student: str, body: Mapping[str, Any], check: Check | None = None
    ) -> Room:
        """Let something happen; returns the room after it, once that is stored.

        check: refuses what the room does not do.
        """
        if check is not None:
            check(live.room)
        if kind is not Kind.LEFT:
            check_room_for_more(live.room)
        return await self._change(live, kind, student, body)

    async def _change(self, live: LiveRoom, kind: Kind, student: str, body: Mapping[str, Any]) -> Room:
        event = Event(live.room.number + 1, self._clock(), kind, student, body)
        before, after = live.room, apply(live.room, event)
        live.room = after
        try:
            await self._log.append(live.code, event)
        except LogError as error:
            # What was not stored has not happened: the next who asks reads the room from the log.
            if self._live.get(live.code) is live:
                del self._live[live.code]
            live.listeners.end()
            raise Refused(503, BUSY) from error
        if self._codes is not None:
            self._codes[live.code] = event.at
        if before.stage_version != after.stage_version:
            live.listeners.tell_stage()
        elif before.tally_version != after.tally_version:
            live.listeners.tell_tally()
        return after

    async def join(self, live: LiveRoom) -> tuple[str, str]:
        """Let a student in; returns their token and their handle."""
        if len(live.room.students) >= MOST_STUDENTS:
            await self._let_unheard_go(live)
        token = new_secret()
        handle = new_handle({student.handle for student in live.room.students.values()})
        await self.change(live, Kind.JOINED, hash_of(token), {"handle": handle}, check_joining)
        return token, handle

    async def _let_unheard_go(self, live: LiveRoom) -> None:
        """Let the student go who joined first of those who never listened afterwards."""
        unheard = [who for who in live.room.students if who not in live.heard]
        if unheard:
            await self.leave(live, min(unheard, key=lambda who: live.room.students[who].joined))

    async def leave(self, live: LiveRoom, student: str) -> None:
        """Forget a student: nothing of what they have done stays, here or in the database."""
        await self.change(live, Kind.LEFT, student, {})
        live.heard.discard(student)
        await self._log.forget(live.code, student)

    def pairing_code(self, live: LiveRoom) -> str:
        """Return a code by which one more device becomes the lecturer's: once, within a minute."""
        now = self._clock()
        self._once = {key: value for key, value in self._once.items() if value[1] > now}
        once = new_code(()) + new_code(())[:2]
        self._once[hash_of(once)] = (live.code, now + PAIRING)
        return once

    async def pair(self, once: str) -> tuple[str, str]:
        """Use a code for pairing; returns the room's code and a secret for this device."""
        code, until = self._once.pop(hash_of(once.strip().upper()), ("", 0.0))
        if until <= self._clock():
            raise Refused(403, "This code has been used, or its minute is over.")
        live, secret = await self.room(code), new_secret()
        await self.change(live, Kind.PAIRED, "", {"host": hash_of(secret)})
        return code, secret

    async def renew(self, live: LiveRoom) -> str:
        """Give the lecturer's device another secret; those of all others end."""
        secret = new_secret()
        await self.change(live, Kind.RENEWED, "", {"host": hash_of(secret)})
        return secret

    async def end(self, code: str) -> None:
        """Delete a room and all that happened in it."""
        await self._log.end(code, self._clock())
        if self._codes is not None:
            self._codes.pop(code, None)
        if live := self._live.pop(code, None):
            live.listeners.end()

    async def _all_codes(self) -> dict[str, float]:
        if self._codes is None:
            codes = await self._log.codes()
            self._codes = codes if self._codes is None else self._codes
        if self._sweeping is None or self._sweeping.done():
            self._sweeping = asyncio.create_task(self._sweep())
        return self._codes

    async def _make_way(self, codes: dict[str, float]) -> bool:
        """Delete the oldest room that nobody has joined and nobody listens to; whether there was one."""
        for code in sorted(codes, key=lambda each: codes[each]):
            live = await self.room(code)
            if not (live.room.students or live.listeners.count):
                await self.end(code)
                return True
        return False

    async def _sweep(self) -> None:
        """From time to time, delete what was not used for half a day."""
        while True:
            for code, used in list((await self._log.codes()).items()):
                if used < self._clock() - HOURS * 3600:
                    await self.end(code)
            await asyncio.sleep(_SWEEP)

    def end_streams(self) -> None:
        """End all streams: the server is about to stop; browsers come again by themselves."""
        for live in self._live.values():
            live.listeners.end()

    async def stop(self) -> None:
        """Store what is on its way."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        await self._log.close()
