"""The log of all rooms for an event loop: the events, in a database.

One thread writes and reads.
"""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from lesson.classroom.event import Event
from lesson.classroom.room import Room
from lesson.classroom.storage.change import Change, Group
from lesson.classroom.storage.database import database_address, wipe
from lesson.classroom.storage.failures import FAILURES, is_one_rooms, passes_by, warn
from lesson.classroom.storage.news import News
from lesson.classroom.storage.pending import PAUSE, LogError, Pending
from lesson.classroom.storage.store import Over, Store

# Seconds within which votes that others have stored are read together: one by one they would cost each server
# as much as its own.  How many have voted is told twice a second at most.
LATER = 0.25
HANGS = 10.0  # seconds after which a database that says nothing at all is taken for one that is away

_Result = TypeVar("_Result")
_Parameters = ParamSpec("_Parameters")


class Audience(Protocol):
    """Who is told what the log learns; in the event loop."""

    def numbers(self) -> Mapping[str, int]:
        """Return the rooms that are of interest, with the numbers of the last events that are there."""

    def newest(self, code: str, room: Room | None) -> None:
        """Take a room as it is now; None if it is over."""

    def away(self, away: bool) -> None:
        """Take note that the database does not answer, or that it does again."""

    def position(self, code: str, position: dict[str, str]) -> None:
        """Take where a lecturer's controls are, who is on another server."""


class Log:
    """All rooms' events.  For one event loop; address: returns the database as SQLAlchemy writes it.

    id: names this server among others; is_away: the database does not answer.
    """

    def __init__(self, address: Callable[[], str] = database_address) -> None:
        self.id = secrets.token_hex(8)
        self.is_away = self._is_closed = False
        self.store = Store(address)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rooms")
        self._pending = Pending(self._write)
        self._audience: Audience | None = None
        self._news: News | None = None
        self._stale: set[str] = set()  # rooms of which others have stored something
        self._patient: dict[str, int] = {}  # rooms whose news may wait, with the numbers of their last events
        self._reading: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None  # of the next reading
        self._probing: asyncio.Task[None] | None = None

    def attach(self, audience: Audience) -> None:
        """Tell somebody of all news from now on."""
        self._audience = audience

    # -- rooms --

    def change(self, code: str, change: Change) -> "asyncio.Future[Room]":
        """Return what is the room after a change as soon as that is stored; see `Pending.add`."""
        return self._pending.add(code, change)

    async def _write(self, code: str, group: Group) -> None:
        try:
            room, has_deleted = await self.ask(self.store.write, code, group)
        except Over:
            self._tell_newest(code, None)
            raise
        self._tell_newest(code, room)
        if has_deleted:
            await self._wipe()

    async def open(self, code: str, event: Event) -> Room | None:
        """Store the first event of a room; returns None where there is or was one with this code."""
        return await self.ask(self.store.open, code, event)

    async def room(self, code: str) -> Room | None:
        """Return a room with what other servers have stored of it, None if there is no such room."""
        room = await self.ask(self.store.room, code)
        self._tell_newest(code, room)
        return room

    async def events(self, code: str) -> list[Event]:
        """Return a room's events in their order; none if there is no such room."""
        return await self.ask(self.store.events, code)

    async def end(self, code: str, at: float, only_empty: bool = False) -> bool:
        """Delete all of a room but its code; returns whether.  only_empty: if nobody has ever joined it."""
        has_ended = await self.ask(self.store.end, code, at, only_empty)
        if has_ended:
            await self._wipe()
        return has_ended

    async def ask(
        self,
        question: Callable[_Parameters, _Result],
        *arguments: _Parameters.args,
        **more: _Parameters.kwargs,
    ) -> _Result:
        """Ask something of the store in its thread.  Raises LogError, at once while the database is away."""
        if self.is_away or self._is_closed:  # what others have stored may be heard to the last
            raise LogError("the database is away", passes=True)
        return await self._try(partial(question, *arguments, **more))

    async def _try(self, question: Callable[[], _Result]) -> _Result:
        try:
            async with asyncio.timeout(HANGS):
                return await asyncio.wrap_future(self._thread.submit(_ask, question))
        except TimeoutError as error:
            self.store.give_up()
            self._set_away()
            raise LogError("the database hangs", passes=True) from error
        except FAILURES as error:
            passes = passes_by(error)
            if not (passes and self.is_away):  # once is enough
                warn(error)
            if passes and not is_one_rooms(error):
                self._set_away()
            raise LogError("the database has not answered", passes) from error

    async def _wipe(self) -> None:
        """Take what was deleted out of the file; where that fails, it is deleted all the same, and goes
        later."""
        try:
            await asyncio.wrap_future(self._thread.submit(lambda: wipe(self.store.engine)))
        except FAILURES as error:
            warn(error, "What was deleted is still in the file")

    # -- the database is away --

    def _set_away(self) -> None:
        if not self.is_away:
            self.is_away = True
            self._tell_away()
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._wait_for_database())

    async def _wait_for_database(self) -> None:
        while self.is_away:
            await asyncio.sleep(PAUSE)
            try:
                await self._try(self.store.check)
                await self._try(self.store.forget)
            except LogError:
                continue
            self.is_away = False
            self._tell_away()
            self._look_at_all()

    def _tell_away(self) -> None:
        if self._audience is not None:
            self._audience.away(self.is_away)

    # -- what other servers store --

    def follow(self) -> None:
        """Hear from now on what other servers store."""
        if self._news is None:
            self._news = News(self.store, self._thread, self._hear, self._look_at_all, self._numbers)
            self._news.start()

    def _numbers(self) -> Mapping[str, int]:
        return self._audience.numbers() if self._audience is not None else {}

    def _hear(self, news: Mapping[str, Any]) -> None:
        code, numbers = str(news.get("room", "")), self._numbers()
        if code not in numbers or self._audience is None:
            return
        if "position" in news:
            if news.get("server") != self.id:
                self._audience.position(code, news["position"])
        elif not news.get("number") or news["number"] > numbers[code]:
            if news.get("urgent", True):
                self._stale.add(code)
                self._read()
            else:
                self._patient[code] = news["number"]
                self._later = self._later or asyncio.get_running_loop().call_later(LATER, self._read_patient)

    def _look_at_all(self) -> None:
        """Read of all rooms what may have been missed."""
        self._stale.update(self._numbers())
        self._read()

    def _read_patient(self) -> None:
        self._later, numbers = None, self._numbers()
        self._stale |= {code for code, last in self._patient.items() if last > numbers.get(code, last)}
        self._patient.clear()
        self._read()

    def _read(self) -> None:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_all())

    async def _read_all(self) -> None:
        while self._stale:
            try:
                await self.room(self._stale.pop())
            except LogError:  # all are read once it is back
                self._stale.clear()

    async def tell_position(self, code: str, position: dict[str, str]) -> None:
        """Tell all servers where a lecturer's controls are."""
        await self.ask(self.store.tell, {"room": code, "position": position, "server": self.id})

    def _tell_newest(self, code: str, room: Room | None) -> None:
        if self._audience is not None:
            self._audience.newest(code, room)

    async def close(self) -> None:
        """Wait for what is being written, and let the database go."""
        if self._news is not None:
            self._news.stop()
        if self._later is not None:
            self._later.cancel()
        await self._pending.end()
        self._is_closed = True
        for task in (self._probing, self._reading):
            if task is not None:
                task.cancel()
        await asyncio.wrap_future(self._thread.submit(self.store.close))
        self._thread.shutdown()


def _ask(call: Callable[[], _Result]) -> _Result:
    """Ask, and once more where a connection has ended of which nobody has noticed it: the database may have
    been away and back while nobody asked it anything."""
    try:
        return call()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return call()
