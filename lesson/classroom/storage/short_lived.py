"""What is stored for a moment: codes for pairing, and which server sees to an experiment."""

import json
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError

from lesson.classroom.storage.database import EXPERIMENTS, PAIRINGS

_NEVER = 1e18  # seconds since 1970


def _of(room: str, asking: str) -> sql.ColumnElement[bool]:
    """Return the condition for the row of an experiment."""
    return (EXPERIMENTS.c.room == room) & (EXPERIMENTS.c.asking == asking)


def add_pairing(engine: sql.Engine, code: str, room: str, now: float, until: float) -> None:
    """Let a code, hashed, pair a device with a room; times in seconds since 1970."""
    with engine.begin() as connection:
        connection.execute(sql.delete(PAIRINGS).where(PAIRINGS.c.until <= now))
        connection.execute(sql.insert(PAIRINGS).values(code=code, room=room, until=until))


def use_pairing(engine: sql.Engine, code: str, now: float) -> str:
    """Return the room of a code, which works no more; "" where it does not work."""
    with engine.begin() as connection:
        row = connection.execute(sql.select(PAIRINGS).where(PAIRINGS.c.code == code)).first()
        # Of two devices that send it at a time, on two servers, one deletes it.
        is_first = connection.execute(sql.delete(PAIRINGS).where(PAIRINGS.c.code == code)).rowcount == 1
    return row.room if row is not None and is_first and row.until > now else ""


def forget_pairings(engine: sql.Engine, room: str) -> None:
    """Let a room's codes work no more."""
    with engine.begin() as connection:
        connection.execute(sql.delete(PAIRINGS).where(PAIRINGS.c.room == room))


def claim_experiment(
    engine: sql.Engine, room: str, asking: str, server: str, now: float, until: float
) -> bool:
    """Return whether a server sees to an experiment, until a time in seconds since 1970.

    It does if it has done so before, or nobody else does, or whoever did has not said so in time.
    """
    this = _of(room, asking)
    may = (EXPERIMENTS.c.server == server) | (EXPERIMENTS.c.until < now)
    values = {"server": server, "until": until}
    try:
        with engine.begin() as connection:
            if connection.execute(sql.update(EXPERIMENTS).where(this & may).values(values)).rowcount:
                return True
            if connection.execute(sql.select(EXPERIMENTS.c.room).where(this)).first() is None:
                connection.execute(
                    sql.insert(EXPERIMENTS).values(room=room, asking=asking, body="null", **values)
                )
                return True
    except IntegrityError:  # another server was first
        pass
    return False


def release_experiments(engine: sql.Engine, server: str) -> None:
    """Let others see to what a server has seen to, which is about to end."""
    own = (EXPERIMENTS.c.server == server) & (EXPERIMENTS.c.until < _NEVER)
    with engine.begin() as connection:
        connection.execute(sql.update(EXPERIMENTS).where(own).values(until=0.0))


def put_progress(engine: sql.Engine, room: str, asking: str, table: Any) -> None:
    """Store what has come of an experiment so far, for all servers."""
    with engine.begin() as connection:
        connection.execute(sql.update(EXPERIMENTS).where(_of(room, asking)).values(body=json.dumps(table)))


def progress(engine: sql.Engine, room: str, asking: str) -> Any:
    """Return what has come of an experiment so far; None where nothing has."""
    with engine.connect() as connection:
        row = connection.execute(sql.select(EXPERIMENTS.c.body).where(_of(room, asking))).first()
    return None if row is None else json.loads(row.body)


def finish_experiment(engine: sql.Engine, room: str, asking: str) -> None:
    """Let nobody see to an experiment any more, whose result is in the room's log."""
    with engine.begin() as connection:
        connection.execute(sql.update(EXPERIMENTS).where(_of(room, asking)).values(until=_NEVER, body="null"))
