"""All rooms of a server: what happens in them is checked, stored, applied and told to all who listen.

Several servers may have the same rooms, in one database: each hears what the others have stored.
"""

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from lesson.classroom.codes import hash_of, new_code, new_handle, new_secret
from lesson.classroom.event import Event, Kind
from lesson.classroom.refusals import MOST_STUDENTS, Refused, check_idle, check_joining, check_length
from lesson.classroom.room import Room, Student
from lesson.classroom.server.live_room import LiveRoom
from lesson.classroom.server.pairing import Pairing
from lesson.classroom.storage.change import Change, Make
from lesson.classroom.storage.log import Log
from lesson.classroom.storage.pending import OVER, LogError
from lesson.classroom.storage.short_lived import release_experiments

MOST_ROOMS = 200  # of a server that has its database for itself
MOST_SHARED = 2_000  # of a database that several servers share
MOST_LISTENERS = 4_000  # to all rooms together
HOURS = 12  # after its last use a room is deleted
_SWEEP = 300.0  # seconds between two looks for rooms that are over
BUSY = "The server has much to store; ask again in a moment."


class Rooms:
    """The rooms, as the log tells of them.  For one event loop; clock: seconds since 1970.

    over: is called with the code of each room that is over.
    """

    def __init__(self, log: Log, clock: Callable[[], float] = time.time) -> None:
        self.log, self.clock = log, clock
        self.over: Callable[[str], None] = lambda code: None
        self._live: dict[str, LiveRoom] = {}
        self._loading: dict[str, asyncio.Task[LiveRoom | None]] = {}
        self._pairing = Pairing(log, clock)
        self._sweeping: asyncio.Task[None] | None = None
        log.attach(self)

    def start(self) -> None:
        """Look for rooms that are over, from now on."""
        self._sweeping = asyncio.create_task(self._sweep())

    async def open(self) -> tuple[str, str]:
        """Open a room; returns its code and the host's secret."""
        codes = await self.log.ask(self.log.store.codes)
        most = MOST_SHARED if await self.log.ask(lambda: self.log.store.tells) else MOST_ROOMS
        if len(codes) >= most and not await self._make_way(codes):
            raise Refused(503, f"This server holds {most:,} rooms; try again later.")
        secret, room = new_secret(), None
        opened = Event(1, self.clock(), Kind.OPENED, "", {"host": hash_of(secret)})
        while room is None:  # until a code is free, on all servers
            room = await self.log.open(code := new_code(codes), opened)
        self._live[code] = LiveRoom(code, room)
        self.log.follow()
        return code, secret

    async def room(self, code: str) -> LiveRoom:
        """Return a room; refused with 404 where there never was one, with 410 where it is over."""
        live = self._live.get(code) or (await self._loaded(code) if code else None)
        if live is not None and self._is_over(live.room.used):
            await self.refresh(live)  # it may be used on another server
        if live is not None and not self._is_over(live.room.used):
            return live
        if live is not None:
            await self.end(code)
        if code and (live is not None or await self.log.ask(self.log.store.has_ended, code)):
            raise Refused(410, OVER)
        raise Refused(404, "There is no class with this code.")

    async def refresh(self, live: LiveRoom) -> None:
        """Read what other servers have stored of a room and this one has not heard of yet."""
        with suppress(LogError):
            await self.log.room(live.code)

    async def _loaded(self, code: str) -> LiveRoom | None:
        """Return a room from the log, read once for all who ask for it meanwhile."""
        task = self._loading.get(code)
        if task is None:
            task = self._loading[code] = asyncio.create_task(self._load(code))
            task.add_done_callback(lambda _: self._loading.pop(code, None))
        return await asyncio.shield(task)

    async def _load(self, code: str) -> LiveRoom | None:
        room = await self.log.room(code)
        if room is None:
            return None
        live = self._live.setdefault(code, LiveRoom(code, room))
        live.publish(room)
        live.listeners.tell_away(self.log.is_away)
        self.log.follow()
        return live

    def _is_over(self, used: float) -> bool:
        return 0 < used < self.clock() - HOURS * 3600

    # -- what the log tells --

    def numbers(self) -> Mapping[str, int]:
        """Return the rooms of this server, with the numbers of their last events; 0 of those on their way."""
        return dict.fromkeys(self._loading, 0) | {code: live.room.number for code, live in self._live.items()}

    def newest(self, code: str, room: Room | None) -> None:
        """Show a room as it is now; None: it is over."""
        if room is None:
            self._let_go(code)
        elif live := self._live.get(code):
            live.publish(room)

    def away(self, away: bool) -> None:
        """Tell all that the database does not answer, or that it does again."""
        for live in self._live.values():
            live.listeners.tell_away(away)

    def position(self, code: str, position: dict[str, str]) -> None:
        """Show where a lecturer's controls are, who is on another server."""
        if live := self._live.get(code):
            live.listeners.tell_position(position)

    # -- what happens --

    async def change(self, live: LiveRoom, kind: Kind, student: str, make: Make) -> Room:
        """Let something happen; returns the room after it, once that is stored.

        make: returns what the event says, from the room as it is then, or refuses it; called in a thread.
        """

        def body(room: Room) -> Mapping[str, Any]:
            if kind is not Kind.LEFT:
                check_length(room, student)
            return make(room)

        if self._live.get(live.code) is not live:  # it has ended while this request was on its way
            raise Refused(410, OVER)
        stored = self.log.change(live.code, Change(kind, student, self.clock(), body))
        try:
            return await asyncio.shield(stored)
        except LogError as error:
            raise Refused(503, BUSY) from error

    async def show_position(self, live: LiveRoom, position: dict[str, str]) -> None:
        """Show everybody in a room where the lecturer's controls are; it is not stored."""
        live.listeners.tell_position(position)
        with suppress(LogError):  # the next one says more
            await self.log.tell_position(live.code, position)

    async def join(self, live: LiveRoom) -> tuple[str, Student]:
        """Let a student in; returns their token, and them."""
        if live.room.admits and len(live.room.students) >= MOST_STUDENTS:
            await self._let_unheard_go(live)
        token = new_secret()

        def body(room: Room) -> Mapping[str, Any]:
            check_joining(room)
            students = room.students.values()
            seat = 1 + max((student.seat for student in students), default=-1)
            return {"handle": new_handle({student.handle for student in students}), "seat": seat}

        room = await self.change(live, Kind.JOINED, hash_of(token), body)
        live.unheard.add(hash_of(token))
        return token, room.students[hash_of(token)]

    async def _let_unheard_go(self, live: LiveRoom) -> None:
        """Let the student go who joined first of those who never listened afterwards."""
        students = live.room.students
        unheard = [who for who in students if who in live.unheard]
        for who in sorted(unheard, key=lambda who: students[who].joined):
            live.unheard.discard(who)
            with suppress(Refused):  # they were heard of by another server
                await self.change(live, Kind.LEFT, who, partial(check_idle, who))
                return

    async def leave(self, live: LiveRoom, student: str) -> None:
        """Forget a student: nothing of what they have done stays, here or in the database."""
        await self.change(live, Kind.LEFT, student, lambda room: {})
        live.unheard.discard(student)

    async def pairing_code(self, live: LiveRoom) -> str:
        """Return a code by which one more device becomes the lecturer's: once, within a minute."""
        return await self._pairing.new(live.code)

    async def pair(self, once: str) -> tuple[str, str]:
        """Use a code for pairing; returns the room's code and a secret for this device."""
        live, secret = await self.room(await self._pairing.use(once)), new_secret()
        await self.change(live, Kind.PAIRED, "", lambda room: {"host": hash_of(secret)})
        return live.code, secret

    async def renew(self, live: LiveRoom) -> str:
        """Give the lecturer's device another secret; those of all others end, and codes for pairing too."""
        secret = new_secret()
        await self._pairing.forget(live.code)
        await self.change(live, Kind.RENEWED, "", lambda room: {"host": hash_of(secret)})
        return secret

    async def end(self, code: str) -> None:
        """Delete a room and all that happened in it."""
        self._let_go(code)
        await self.log.end(code, self.clock())
        self._let_go(code)  # somebody may have read it from the log meanwhile

    def _let_go(self, code: str) -> None:
        if live := self._live.pop(code, None):
            live.listeners.end()
            self.over(code)

    async def _make_way(self, codes: Mapping[str, tuple[float, float]]) -> bool:
        """Delete the room that was used least lately of those that nobody has joined or listens to.

        Returns whether there was one.
        """
        # Another server says every few minutes that somebody listens to a room there.
        recent = self.clock() - 2 * _SWEEP if await self.log.ask(lambda: self.log.store.tells) else math.inf
        for code in sorted(codes, key=lambda each: max(codes[each])):
            live = self._live.get(code)
            if max(codes[code]) > recent or (live and (live.room.students or live.listeners.count)):
                continue
            if await self.log.end(code, self.clock(), only_empty=True):
                self._let_go(code)
                return True
        return False

    async def _sweep(self) -> None:
        """From time to time, delete what was not used for half a day."""
        while True:
            try:
                for code, (used, _) in (await self.log.ask(self.log.store.codes)).items():
                    if self._is_over(used):
                        await self.end(code)
                if watched := [code for code, live in self._live.items() if live.listeners.count]:
                    await self.log.ask(self.log.store.watch, watched, self.clock())
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
        """Store what is on its way, and let other servers see to what this one has seen to."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        if self._live:
            with suppress(LogError):
                await self.log.ask(lambda: release_experiments(self.log.store.engine, self.log.id))
        await self.log.close()
