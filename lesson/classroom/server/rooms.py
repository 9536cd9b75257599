"""All rooms of a server: what happens in them is checked, stored, applied and told to all who listen.

A room is one server's at a time: where several share a database, a proxy sends each code always to the same.
Of two that write to a room nevertheless the second is refused, reads the log, and goes on.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from lesson.classroom.apply import apply
from lesson.classroom.codes import hash_of, new_code, new_handle, new_secret
from lesson.classroom.event import Event, Kind
from lesson.classroom.refusals import MOST_STUDENTS, Refused, check_joining, check_length
from lesson.classroom.room import Room, Student
from lesson.classroom.server.live_room import LiveRoom
from lesson.classroom.server.log import Log, LogError
from lesson.classroom.server.pairing import Pairing

MOST_ROOMS = 200
MOST_LISTENERS = 4_000  # to all rooms together
HOURS = 12  # after its last use a room is deleted
_SWEEP = 300.0  # seconds between two looks for rooms that are over
BUSY = "The server has much to store; ask again in a moment."
OVER = "This room is over."
Check = Callable[[Room], None]


class Rooms:
    """The rooms.  For one event loop; clock: seconds since 1970."""

    def __init__(self, log: Log, clock: Callable[[], float] = time.time) -> None:
        self._log, self._clock = log, clock
        self._live: dict[str, LiveRoom] = {}
        self._loading: dict[str, asyncio.Task[LiveRoom | None]] = {}
        self._codes: set[str] | None = None  # of all rooms
        self._pairing = Pairing(clock)
        self._sweeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look for rooms that are over, from now on."""
        self._sweeping = asyncio.create_task(self._sweep())

    async def open(self) -> tuple[str, str]:
        """Open a room; returns its code and the host's secret."""
        codes = await self._all_codes()
        if len(codes) >= MOST_ROOMS:
            await self._make_way(codes)
        if len(codes) >= MOST_ROOMS:
            raise Refused(503, f"This server holds {MOST_ROOMS} rooms; try again later.")
        code, secret = new_code(codes), new_secret()
        codes.add(code)
        live = self._live[code] = LiveRoom(code, Room())
        try:
            await self.change(live, Kind.OPENED, "", {"host": hash_of(secret)})
        except Refused:
            codes.discard(code)
            raise
        return code, secret

    async def room(self, code: str) -> LiveRoom:
        """Return a room; refused with 404 where there never was one, with 410 where it is over."""
        live = self._live.get(code) or (await self._loaded(code) if code else None)
        if live is not None and not self._is_over(live.room.used):
            return live
        if live is not None:
            await self.end(code)
        if code and (live is not None or await self._log.has_ended(code)):
            raise Refused(410, OVER)
        raise Refused(404, "There is no class with this code.")

    async def _loaded(self, code: str) -> LiveRoom | None:
        """Return a room from the log, read once for all who ask for it meanwhile."""
        task = self._loading.get(code)
        if task is None:
            task = self._loading[code] = asyncio.create_task(self._load(code))
            task.add_done_callback(lambda _: self._loading.pop(code, None))
        return await asyncio.shield(task)

    async def _load(self, code: str) -> LiveRoom | None:
        room = await self._log.room(code)
        return None if room is None else self._live.setdefault(code, LiveRoom(code, room))

    def _is_over(self, used: float) -> bool:
        return 0 < used < self._clock() - HOURS * 3600

    async def change(
        self, live: LiveRoom, kind: Kind, student: str, body: Mapping[str, Any], check: Check | None = None
    ) -> Room:
        """Let something happen; returns the room after it, once that is stored.

        check: refuses what the room does not do.
        """
        if self._live.get(live.code) is not live:
            # It has ended, or an event was not stored, while this request was on its way.
            raise Refused(503, BUSY)
        if check is not None:
            check(live.head)
        if kind is not Kind.LEFT:
            check_length(live.head, student)
        event = Event(live.head.number + 1, self._clock(), kind, student, body)
        live.head = after = apply(live.head, event)
        stored = self._log.append(live.code, event)
        # As a callback: who goes away meanwhile has done it all the same.
        stored.add_done_callback(lambda done: self._finish(live, after, done))
        try:
            await asyncio.shield(stored)
        except LogError as error:
            raise Refused(503, BUSY) from error
        return after

    def _finish(self, live: LiveRoom, after: Room, stored: asyncio.Future[None]) -> None:
        if stored.exception() is None:
            live.publish(after)
        elif self._live.get(live.code) is live:
            # What was not stored has not happened: the next who asks reads the room from the log.
            del self._live[live.code]
            live.listeners.end()

    async def join(self, live: LiveRoom) -> tuple[str, Student]:
        """Let a student in; returns their token, and them."""
        if live.head.admits and len(live.head.students) >= MOST_STUDENTS:
            await self._let_unheard_go(live)
        token = new_secret()
        handle = new_handle({student.handle for student in live.head.students.values()})
        seat = 1 + max((student.seat for student in live.head.students.values()), default=-1)
        body = {"handle": handle, "seat": seat}
        room = await self.change(live, Kind.JOINED, hash_of(token), body, check_joining)
        return token, room.students[hash_of(token)]

    async def _let_unheard_go(self, live: LiveRoom) -> None:
        """Let the student go who joined first of those who never listened afterwards."""
        students = live.head.students
        if unheard := [who for who in students if who not in live.heard]:
            await self.leave(live, min(unheard, key=lambda who: students[who].joined))

    async def leave(self, live: LiveRoom, student: str) -> None:
        """Forget a student: nothing of what they have done stays, here or in the database."""
        await self.change(live, Kind.LEFT, student, {})
        live.heard.discard(student)

    def pairing_code(self, live: LiveRoom) -> str:
        """Return a code by which one more device becomes the lecturer's: once, within a minute."""
        return self._pairing.new(live.code)

    async def pair(self, once: str) -> tuple[str, str]:
        """Use a code for pairing; returns the room's code and a secret for this device."""
        live, secret = await self.room(self._pairing.use(once)), new_secret()
        await self.change(live, Kind.PAIRED, "", {"host": hash_of(secret)})
        return live.code, secret

    async def renew(self, live: LiveRoom) -> str:
        """Give the lecturer's device another secret; those of all others end, and codes for pairing too."""
        secret = new_secret()
        self._pairing.forget(live.code)
        await self.change(live, Kind.RENEWED, "", {"host": hash_of(secret)})
        return secret

    async def end(self, code: str) -> None:
        """Delete a room and all that happened in it."""
        self._let_go(code)
        await self._log.end(code, self._clock())
        self._let_go(code)  # somebody may have read it from the log meanwhile
        self._pairing.forget(code)
        if self._codes is not None:
            self._codes.discard(code)

    def _let_go(self, code: str) -> None:
        if live := self._live.pop(code, None):
            live.listeners.end()

    async def _all_codes(self) -> set[str]:
        if self._codes is None:
            codes = set(await self._log.codes())
            # Others may have asked meanwhile, and have opened rooms since.
            self._codes = codes if self._codes is None else self._codes
        return self._codes

    async def _make_way(self, codes: set[str]) -> None:
        """Delete the room that was used least lately of those that nobody has joined or listens to."""
        times = await self._log.codes()
        for code in sorted(codes, key=lambda each: times.get(each, self._clock())):
            try:
                live = await self.room(code)
            except Refused:  # it is over
                codes.discard(code)
                return
            if not (live.room.students or live.listeners.count):
                await self.end(code)
                return

    async def _sweep(self) -> None:
        """From time to time, delete what was not used for half a day."""
        while True:
            try:
                for code, used in (await self._log.codes()).items():
                    if self._is_over(used):
                        await self.end(code)
            except LogError:  # the database is away: it may be there again at the next look
                pass
            await asyncio.sleep(_SWEEP)

    @property
    def listeners_are_full(self) -> bool:
        """Return whether so many listen to all rooms together that one more has to ask instead."""
        return sum(live.listeners.count for live in self._live.values()) >= MOST_LISTENERS

    def end_streams(self) -> None:
        """End all streams: the server is about to stop; browsers come again by themselves."""
        for live in self._live.values():
            live.listeners.end()

    async def stop(self) -> None:
        """Store what is on its way."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        await self._log.close()
