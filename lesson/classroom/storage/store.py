"""What is asked of the database, one question after the other: for one thread.

Any number of servers may write to a room.  Each reads what the others have stored before it decides what a
change means, so that all of them, and the log, agree.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError

from lesson.classroom.apply import apply
from lesson.classroom.event import Event, Kind
from lesson.classroom.room import Room
from lesson.classroom.storage.change import Body, Group, apply_all
from lesson.classroom.storage.database import (
    ENDED,
    EVENTS,
    EXPERIMENTS,
    PAIRINGS,
    ROOMS,
    is_sqlite,
    open_database,
)
from lesson.classroom.storage.in_use import ConnectionInUse

CHANNEL = "course_rooms"  # PostgreSQL's, on which servers tell each other
# Events of which a class has hundreds at a time, and which change only what all are told twice a second.
_PATIENT = {Kind.JOINED, Kind.VOTED, Kind.COMMITTED, Kind.HANDS}
_LONGEST = 7_900  # bytes of what PostgreSQL tells


class Over(Exception):
    """There is no such room, or none any more."""


class Store:
    """All rooms in the database.  address: returns it as SQLAlchemy writes it."""

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address
        self._engine: sql.Engine | None = None
        self._in_use: ConnectionInUse | None = None
        self._rooms: dict[str, Room] = {}  # as far as they were read

    @property
    def engine(self) -> sql.Engine:
        """The database, opened the first time it is needed."""
        if self._engine is None:
            self._engine = open_database(self._address())
            self._in_use = ConnectionInUse(self._engine)
        return self._engine

    def give_up(self) -> None:
        """End the question that is under way, which hangs; to be called from another thread."""
        if self._in_use is not None:
            self._in_use.end()

    def forget(self) -> None:
        """Read rooms from their first event on again: the database may be another one, which has fewer."""
        self._rooms.clear()

    def close(self) -> None:
        """Let the database go."""
        if self._engine is not None:
            self._engine.dispose()

    # -- rooms --

    def open(self, code: str, event: Event) -> Room | None:
        """Store the first event of a room; returns None where there is or was one with this code."""
        try:
            with self.engine.begin() as connection:
                if connection.execute(sql.select(ENDED).where(ENDED.c.room == code)).first():
                    return None
                connection.execute(sql.insert(ROOMS).values(room=code, used=event.at, watched=event.at))
                connection.execute(sql.insert(EVENTS), [_row(code, event)])
        except IntegrityError:
            return None
        self._rooms[code] = apply(Room(), event)
        return self._rooms[code]

    def room(self, code: str) -> Room | None:
        """Return a room as it is now, None where there is none."""
        with self.engine.connect() as connection:
            if not connection.execute(sql.select(ROOMS).where(ROOMS.c.room == code)).first():
                self._rooms.pop(code, None)
                return None
            room = self._newest(connection, code)
        if room.number == 0:  # it has ended meanwhile
            return None
        self._rooms[code] = room
        return room

    def numbers(self, codes: Sequence[str]) -> dict[str, int]:
        """Return the number of the last event of each of these rooms that there is."""
        # One by one from the index: grouped, all events would be read.
        last = sql.select(sql.func.max(EVENTS.c.number)).where(EVENTS.c.room == ROOMS.c.room)
        question = sql.select(ROOMS.c.room, last.scalar_subquery()).where(ROOMS.c.room.in_(codes))
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(question)}

    def write(self, code: str, group: Group) -> tuple[Room, bool]:
        """Store changes together, whatever has happened to the room meanwhile; their outcomes are in the
        group.

        Returns the room after them, and whether anything was deleted.  Raises Over.
        """
        if not group.changes:
            raise ValueError("there is nothing to store")
        with self.engine.begin() as connection:
            used = max(change.at for change in group.changes)
            row = connection.execute(sql.update(ROOMS).where(ROOMS.c.room == code).values(used=used))
            if not row.rowcount:
                self._rooms.pop(code, None)
                raise Over(code)
            room = self._newest(connection, code)
            if not self._has_stored(connection, code, group.events):
                room = apply_all(room, group)
                self._insert(connection, code, group.events)
        self._rooms[code] = room
        return room, any(event.kind is Kind.LEFT for event in group.events)

    def _newest(self, connection: sql.Connection, code: str) -> Room:
        """Return a room with what others have stored of it."""
        room = self._rooms.get(code, Room())
        for event in self._events(connection, code, room.number):
            room = apply(room, event)
        return room

    def _has_stored(self, connection: sql.Connection, code: str, events: list[Event]) -> bool:
        """Return whether an earlier attempt to store events has done so: the database may have gone away just
        when they were stored."""
        if not events:
            return False
        stored = self._events(connection, code, events[0].number - 1)[: len(events)]
        return list(map(_text, stored)) == list(map(_text, events))

    def _insert(self, connection: sql.Connection, code: str, events: list[Event]) -> None:
        if not events:
            return
        connection.execute(sql.insert(EVENTS), [_row(code, event) for event in events])
        for event in events:
            if event.kind is Kind.LEFT:
                theirs = (EVENTS.c.room == code) & (EVENTS.c.student == event.student)
                connection.execute(sql.delete(EVENTS).where(theirs & (EVENTS.c.kind != Kind.LEFT.value)))
        is_urgent = any(event.kind not in _PATIENT for event in events)
        self._notify(connection, {"room": code, "number": events[-1].number, "urgent": is_urgent})

    def events(self, code: str) -> list[Event]:
        """Return a room's events in their order; none if there is no such room."""
        with self.engine.connect() as connection:
            return self._events(connection, code, 0)

    def _events(self, connection: sql.Connection, code: str, after: int) -> list[Event]:
        question = sql.select(EVENTS).where((EVENTS.c.room == code) & (EVENTS.c.number > after))
        rows = connection.execute(question.order_by(EVENTS.c.number)).all()
        return [Event(row.number, row.at, Kind(row.kind), row.student, json.loads(row.body)) for row in rows]

    def has_ended(self, code: str) -> bool:
        """Return whether there was a room with this code."""
        with self.engine.connect() as connection:
            return connection.execute(sql.select(ENDED).where(ENDED.c.room == code)).first() is not None

    def codes(self) -> dict[str, tuple[float, float]]:
        """Return the codes of all rooms, with the times of their last use and of their last listener."""
        with self.engine.connect() as connection:
            return {row.room: (row.used, row.watched) for row in connection.execute(sql.select(ROOMS))}

    def watch(self, codes: Sequence[str], at: float) -> None:
        """Store that somebody listens to rooms at a time."""
        with self.engine.begin() as connection:
            connection.execute(sql.update(ROOMS).where(ROOMS.c.room.in_(codes)).values(watched=at))

    def end(self, code: str, at: float, only_empty: bool = False) -> bool:
        """Delete all of a room but its code; returns whether.  only_empty: if nobody has ever joined it."""
        with self.engine.begin() as connection:
            # Who joins waits for the row, or is waited for.
            connection.execute(sql.update(ROOMS).where(ROOMS.c.room == code).values(watched=ROOMS.c.watched))
            if only_empty and connection.execute(_joined(code)).first():
                return False
            for table in (ROOMS, EVENTS, ENDED, PAIRINGS, EXPERIMENTS):
                connection.execute(sql.delete(table).where(table.c.room == code))
            connection.execute(sql.insert(ENDED).values(room=code, at=at))
            self._notify(connection, {"room": code, "number": 0, "urgent": True})
        self._rooms.pop(code, None)
        return True

    def check(self) -> None:
        """Do nothing; raises if the database can't be written to."""
        with self.engine.begin() as connection:
            connection.execute(sql.update(ROOMS).where(ROOMS.c.room == "").values(used=0.0))

    # -- what servers tell each other --

    @property
    def tells(self) -> bool:
        """Whether the database tells servers what others have stored."""
        return self.engine.dialect.name == "postgresql"

    @property
    def is_own(self) -> bool:
        """Whether no other server can read this database."""
        return is_sqlite(self.engine.url) and self.engine.url.database in (None, "", ":memory:")

    def tell(self, news: Body) -> None:
        """Tell all servers what is stored nowhere."""
        if self.tells:
            with self.engine.begin() as connection:
                self._notify(connection, news)

    def _notify(self, connection: sql.Connection, news: Body) -> None:
        text = json.dumps(news, separators=(",", ":"), ensure_ascii=False)
        if self.tells and len(text.encode()) <= _LONGEST:
            connection.execute(sql.select(sql.func.pg_notify(CHANNEL, text)))


def _joined(code: str) -> sql.Select[tuple[int]]:
    return sql.select(EVENTS.c.number).where((EVENTS.c.room == code) & (EVENTS.c.kind == Kind.JOINED.value))


def _row(code: str, event: Event) -> dict[str, Any]:
    return {
        "room": code, "number": event.number, "at": event.at, "kind": event.kind.value,
        "student": event.student, "body": json.dumps(event.body),
    }  # fmt: skip


def _text(event: Event) -> str:
    return json.dumps([event.number, event.at, event.kind.value, event.student, event.body])
