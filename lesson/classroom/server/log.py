"""The log of all rooms: the events, in a database.

One thread writes and reads.  Events that come while it writes are committed together.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import sqlalchemy as sql
from sqlalchemy.exc import SQLAlchemyError

from lesson.classroom.apply import replay
from lesson.classroom.event import Event, Kind
from lesson.classroom.room import Room
from lesson.classroom.server.database import ENDED, EVENTS, database_address, open_database, wipe

MOST_WAITING = 5_000  # events that are to be stored

_FAILURES = (SQLAlchemyError, ImportError)  # the second: the driver of a database is not installed
_Result = TypeVar("_Result")
_logger = logging.getLogger(__name__)


class LogError(Exception):
    """The database did not do it: the disk is full, it is away, or another server has been first."""


class Log:
    """All rooms' events.  For one event loop; address: returns the database as SQLAlchemy writes it."""

    def __init__(self, address: Callable[[], str] = database_address) -> None:
        self._address = address
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rooms")
        self._waiting: list[tuple[str, Event, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        # The thread's own.
        self._engine: sql.Engine | None = None
        self._last: dict[str, int] = {}  # number of each room's last event in the database

    def append(self, room: str, event: Event) -> asyncio.Future[None]:
        """Return what is done as soon as the event is stored; its exception is LogError if it can't be."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if len(self._waiting) >= MOST_WAITING:
            _fail(stored, "too much is waiting to be stored")
            return stored
        self._waiting.append((room, event, stored))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return stored

    async def _write(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            rows: dict[str, list[Event]] = {}
            for room, event, _ in group:
                rows.setdefault(room, []).append(event)
            failed = set(rows)
            try:
                failed = await asyncio.wrap_future(self._thread.submit(self._insert, rows))
            finally:  # whatever has happened: nobody waits for ever
                for room, _, stored in group:
                    if room in failed:
                        _fail(stored, f"an event of {room} was not stored")
                    else:
                        stored.set_result(None)

    def _insert(self, rows: dict[str, list[Event]]) -> set[str]:
        """Store events in one transaction; if that fails, each room's in one of its own.

        Returns the rooms of which nothing was stored.
        """
        failed = {room for room, events in rows.items() if not self._follow(room, events)}
        rows = {room: events for room, events in rows.items() if room not in failed}
        try:
            self._insert_all(rows)
        except _FAILURES as error:
            if len(rows) == 1:
                _warn(error)
                return failed | rows.keys()
            return failed.union(*(self._insert({room: events}) for room, events in rows.items()))
        self._last |= {room: events[-1].number for room, events in rows.items()}
        return failed

    def _follow(self, room: str, events: list[Event]) -> bool:
        """Return whether events continue what is stored.

        What came after an event that was not stored builds on what has not happened.
        """
        first = self._last.get(room, 0) + 1
        return [event.number for event in events] == list(range(first, first + len(events)))

    def _insert_all(self, rows: dict[str, list[Event]]) -> None:
        values = [
            {
                "room": room, "number": event.number, "at": event.at, "kind": event.kind.value,
                "student": event.student, "body": json.dumps(event.body),
            }
            for room, events in rows.items()
            for event in events
        ]  # fmt: skip
        if not values:
            return
        leaving = [row for row in values if row["kind"] == Kind.LEFT.value]
        engine = self._opened()
        with engine.begin() as connection:
            connection.execute(sql.insert(EVENTS), values)
            for row in leaving:
                theirs = (EVENTS.c.room == row["room"]) & (EVENTS.c.student == row["student"])
                connection.execute(sql.delete(EVENTS).where(theirs & (EVENTS.c.kind != Kind.LEFT.value)))
        if leaving:
            _wipe(engine)

    async def room(self, code: str) -> Room | None:
        """Return a room as its events make it, None if there is no such room."""
        return await self._in_thread(self._room, code)

    def _room(self, code: str) -> Room | None:
        events = self._events(code)
        if not events:
            return None
        self._last[code] = events[-1].number
        return replay(events)

    async def events(self, code: str) -> list[Event]:
        """Return a room's events in their order; none if there is no such room."""
        return await self._in_thread(self._events, code)

    def _events(self, code: str) -> list[Event]:
        question = sql.select(EVENTS).where(EVENTS.c.room == code).order_by(EVENTS.c.number)
        with self._opened().connect() as connection:
            rows = connection.execute(question).all()
        return [Event(row.number, row.at, Kind(row.kind), row.student, json.loads(row.body)) for row in rows]

    async def has_ended(self, code: str) -> bool:
        """Return whether there was a room with this code."""
        return await self._in_thread(self._has_ended, code)

    def _has_ended(self, code: str) -> bool:
        with self._opened().connect() as connection:
            return connection.execute(sql.select(ENDED).where(ENDED.c.room == code)).first() is not None

    async def codes(self) -> dict[str, float]:
        """Return the codes of all rooms, with the time of their last event."""
        return await self._in_thread(self._codes)

    def _codes(self) -> dict[str, float]:
        question = sql.select(EVENTS.c.room, sql.func.max(EVENTS.c.at)).group_by(EVENTS.c.room)
        with self._opened().connect() as connection:
            return {row[0]: row[1] for row in connection.execute(question)}

    async def end(self, code: str, at: float) -> None:
        """Delete all of a room but its code."""
        await self._in_thread(self._end, code, at)

    def _end(self, code: str, at: float) -> None:
        engine = self._opened()
        with engine.begin() as connection:
            connection.execute(sql.delete(EVENTS).where(EVENTS.c.room == code))
            connection.execute(sql.delete(ENDED).where(ENDED.c.room == code))
            connection.execute(sql.insert(ENDED).values(room=code, at=at))
        self._last.pop(code, None)
        _wipe(engine)

    async def close(self) -> None:
        """Wait for what is being written, and let the database go."""
        if self._writing is not None:
            await self._writing
        await self._in_thread(self._dispose)
        self._thread.shutdown()

    def _dispose(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    async def _in_thread(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        try:
            return await asyncio.wrap_future(self._thread.submit(partial(function, *arguments)))
        except _FAILURES as error:
            _warn(error)
            raise LogError("the database has not answered") from error

    def _opened(self) -> sql.Engine:
        """Return the database, opened the first time it is needed."""
        if self._engine is None:
            self._engine = open_database(self._address())
        return self._engine


def _wipe(engine: sql.Engine) -> None:
    """Take what was deleted out of the file; where that fails, it is deleted all the same, and goes later."""
    try:
        wipe(engine)
    except _FAILURES as error:
        _warn(error, "What was deleted is still in the file")


def _warn(error: Exception, what: str = "Rooms are not stored") -> None:
    """Tell whoever runs the server; without the values that were to be stored."""
    _logger.warning("%s: %s", what, getattr(error, "orig", None) or error)


def _fail(stored: asyncio.Future[None], reason: str) -> None:
    stored.set_exception(LogError(reason))
    stored.exception()  # looked at, also where nobody waits any more
