"""The log of all rooms: the events, in a database.

One thread writes and reads.  Events that come while it writes are committed together.  SQLite by default, in
one file; `COURSE_DATABASE` names another database, and `sqlite://` keeps everything in memory.
"""

import asyncio
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import platformdirs
import sqlalchemy as sql
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from lesson.classroom.event import Event, Kind

SETTING = "COURSE_DATABASE"
MOST_WAITING = 5_000  # events that are to be stored

_Result = TypeVar("_Result")
_TABLES = sql.MetaData()
_EVENTS = sql.Table(
    "room_events",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("at", sql.Double, nullable=False),
    sql.Column("kind", sql.String(16), nullable=False),
    sql.Column("student", sql.String(64), nullable=False, index=True),
    sql.Column("body", sql.Text, nullable=False),
)
# Codes of rooms that are over, so that whoever comes late learns so: nothing else of them is left.
_ENDED = sql.Table(
    "ended_rooms",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("at", sql.Double, nullable=False),
)


class LogError(Exception):
    """An event could not be stored: the disk is full, the database is away, or another server was first."""


def default_database() -> str:
    """Return the database of this machine's user, or the one that the environment names.

    Where nothing can be written, rooms live as long as the server.
    """
    if address := os.environ.get(SETTING):
        return address
    folder = Path(platformdirs.user_cache_dir("understand-lstms", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return "sqlite://"
    return f"sqlite:///{folder / 'rooms.sqlite'}"


class Log:
    """All rooms' events.  For one event loop; address: returns it as SQLAlchemy writes it."""

    def __init__(self, address: Callable[[], str] = default_database) -> None:
        self._address = address
        self._engine: sql.Engine | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rooms")
        self._waiting: list[tuple[str, Event, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def append(self, room: str, event: Event) -> None:
        """Return when an event is stored; raises LogError if it can't be."""
        if len(self._waiting) >= MOST_WAITING:
            raise LogError("too much is waiting to be stored")
        stored = asyncio.get_running_loop().create_future()
        self._waiting.append((room, event, stored))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(stored)  # who goes away meanwhile has done it all the same

    async def _write(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            rows = [(room, event) for room, event, _ in group]
            failures = await self._in_thread(self._insert, rows)
            for (room, _, stored), failure in zip(group, failures, strict=True):
                if stored.done():
                    continue
                if failure is None:
                    stored.set_result(None)
                else:
                    stored.set_exception(LogError(f"an event of {room} was not stored"))
                    stored.exception()  # looked at, also where nobody waits any more

    def _insert(self, rows: list[tuple[str, Event]]) -> list[Exception | None]:
        """Store events in one transaction; if that fails, each room's in one of its own."""
        try:
            self._insert_all(rows)
        except SQLAlchemyError as error:
            rooms = list(dict.fromkeys(room for room, _ in rows))
            if len(rooms) == 1:
                return [error] * len(rows)
            of_room = {name: self._insert([row for row in rows if row[0] == name])[0] for name in rooms}
            return [of_room[room] for room, _ in rows]
        return [None] * len(rows)

    def _insert_all(self, rows: list[tuple[str, Event]]) -> None:
        values = [
            {
                "room": room, "number": event.number, "at": event.at, "kind": event.kind.value,
                "student": event.student, "body": json.dumps(event.body),
            }
            for room, event in rows
        ]  # fmt: skip
        with self._opened().begin() as connection:
            connection.execute(sql.insert(_EVENTS), values)

    async def read(self, room: str) -> list[Event]:
        """Return a room's events in their order; none if there is no such room."""
        return await self._in_thread(self._read, room)

    def _read(self, room: str) -> list[Event]:
        question = sql.select(_EVENTS).where(_EVENTS.c.room == room).order_by(_EVENTS.c.number)
        with self._opened().connect() as connection:
            rows = connection.execute(question).all()
        return [Event(row.number, row.at, Kind(row.kind), row.student, json.loads(row.body)) for row in rows]

    async def has_ended(self, room: str) -> bool:
        """Return whether there was a room with this code."""
        return await self._in_thread(self._has_ended, room)

    def _has_ended(self, room: str) -> bool:
        with self._opened().connect() as connection:
            return connection.execute(sql.select(_ENDED).where(_ENDED.c.room == room)).first() is not None

    async def codes(self) -> dict[str, float]:
        """Return the codes of all rooms, with the time of their last event."""
        return await self._in_thread(self._codes)

    def _codes(self) -> dict[str, float]:
        question = sql.select(_EVENTS.c.room, sql.func.max(_EVENTS.c.at)).group_by(_EVENTS.c.room)
        with self._opened().connect() as connection:
            return {row[0]: row[1] for row in connection.execute(question)}

    async def end(self, room: str, at: float) -> None:
        """Delete all of a room but its code."""
        await self._in_thread(self._end, room, at)

    def _end(self, room: str, at: float) -> None:
        with self._opened().begin() as connection:
            connection.execute(sql.delete(_EVENTS).where(_EVENTS.c.room == room))
            if connection.execute(sql.select(_ENDED).where(_ENDED.c.room == room)).first() is None:
                connection.execute(sql.insert(_ENDED).values(room=room, at=at))

    async def forget(self, room: str, student: str) -> None:
        """Delete what a student has done, but that they have left."""
        await self._in_thread(self._forget, room, student)

    def _forget(self, room: str, student: str) -> None:
        theirs = (_EVENTS.c.room == room) & (_EVENTS.c.student == student)
        with self._opened().begin() as connection:
            connection.execute(sql.delete(_EVENTS).where(theirs & (_EVENTS.c.kind != Kind.LEFT.value)))

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
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(function, *arguments))

    def _opened(self) -> sql.Engine:
        """Return the engine; the first time the tables are made, in the thread."""
        if self._engine is None:
            self._engine = _engine(self._address())
            _TABLES.create_all(self._engine)
        return self._engine


def _engine(address: str) -> sql.Engine:
    url = sql.make_url(address)
    if url.get_backend_name() != "sqlite":
        return sql.create_engine(url, pool_pre_ping=True)
    in_memory = url.database in (None, "", ":memory:")
    engine = sql.create_engine(
        url,
        poolclass=StaticPool if in_memory else None,
        connect_args={"check_same_thread": False, "timeout": 10},
    )

    @sql.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # A process that is killed loses nothing of a commit; a machine that loses its power may lose the
        # last moments, and the file stays whole.
        for setting in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")

    return engine
