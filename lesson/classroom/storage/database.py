"""The database that holds the rooms: where it is, its tables, how it is opened.

SQLite by default, in one file; `COURSE_DATABASE` names another database as SQLAlchemy writes it, and
`sqlite://` keeps everything in memory.
"""

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
import sqlalchemy as sql
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import StaticPool

SETTING = "COURSE_DATABASE"
_SECONDS = 10  # to wait for another process that writes
# Of PostgreSQL: a database that hangs is taken for one that is away, and a server that hangs between two
# questions, for one that is gone: what it holds is set free.
_LIMITS = {
    "connect_timeout": 3,
    # Who only listens sends nothing, and would not notice that the other side is gone.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
    "options": "-c statement_timeout=8s -c lock_timeout=5s -c idle_in_transaction_session_timeout=5s",
}

_TABLES = sql.MetaData()
EVENTS = sql.Table(
    "room_events",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("at", sql.Double, nullable=False),
    sql.Column("kind", sql.String(16), nullable=False),
    sql.Column("student", sql.String(64), nullable=False),
    sql.Column("body", sql.Text, nullable=False),
)
# One row for each room.  Whoever writes to a room changes its row first and so holds it until the events are
# stored: of two servers the second waits, and then reads what the first has stored.
ROOMS = sql.Table(
    "rooms",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("used", sql.Double, nullable=False),  # when something happened in it last
    sql.Column("watched", sql.Double, nullable=False),  # when a server last said that somebody listens to it
)
# Codes of rooms that are over, so that whoever comes late learns so: nothing else of them is left.
ENDED = sql.Table(
    "ended_rooms",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("at", sql.Double, nullable=False),
)
# Codes, hashed, by which one more device becomes the lecturer's.
PAIRINGS = sql.Table(
    "pairing_codes",
    _TABLES,
    sql.Column("code", sql.String(64), primary_key=True),
    sql.Column("room", sql.String(12), nullable=False),
    sql.Column("until", sql.Double, nullable=False),
)
# Experiments that are under way: which server sees to the networks, until when at least, and what has come.
EXPERIMENTS = sql.Table(
    "experiments",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("asking", sql.String(16), primary_key=True),
    sql.Column("server", sql.String(32), nullable=False),
    sql.Column("until", sql.Double, nullable=False),
    sql.Column("body", sql.Text, nullable=False),
)


def database_address() -> str:
    """Return the database that the environment names, or a file of this machine's user.

    Where that can't be written, rooms live as long as the server.
    """
    if address := os.environ.get(SETTING):
        return address
    file = Path(platformdirs.user_cache_dir("understand-lstms", appauthor=False)) / "rooms.sqlite"
    return f"sqlite:///{file}" if _is_writable(file) else "sqlite://"


def _is_writable(file: Path) -> bool:
    """Return whether SQLite can write to a file, which is then there, for its owner alone."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
        with contextlib.closing(sqlite3.connect(file, timeout=_SECONDS)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
    except (OSError, sqlite3.Error):
        return False
    return True


def open_database(address: str) -> sql.Engine:
    """Return a database with its tables, made where it lacks them."""
    url = sql.make_url(address)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    # Without parameters in its errors: they would stand in the server's log.
    options: dict[str, Any] = {"hide_parameters": True}
    if is_sqlite(url):
        engine = _sqlite(url, options)
    else:
        if url.drivername == "postgresql+psycopg":
            options["connect_args"] = _LIMITS
        engine = sql.create_engine(url, **options)
    _make_tables(engine)
    return engine


def _make_tables(engine: sql.Engine) -> None:
    try:
        _TABLES.create_all(engine)
    except (ProgrammingError, IntegrityError, OperationalError):
        # Another server makes them at this moment.  If that is not why, it fails again.
        _TABLES.create_all(engine)
    # Rooms of an earlier version of the course have no row of their own.
    last = sql.func.max(EVENTS.c.at)
    in_log = sql.select(EVENTS.c.room, last, last).group_by(EVENTS.c.room)
    missing = in_log.where(EVENTS.c.room.not_in(sql.select(ROOMS.c.room)))
    with contextlib.suppress(IntegrityError), engine.begin() as connection:
        connection.execute(sql.insert(ROOMS).from_select(["room", "used", "watched"], missing))


def is_sqlite(url: sql.URL) -> bool:
    """Return whether an address is one of SQLite's."""
    return url.get_backend_name() == "sqlite"


def _sqlite(url: sql.URL, options: Mapping[str, Any]) -> sql.Engine:
    in_memory = url.database in (None, "", ":memory:")
    engine = sql.create_engine(
        url,
        poolclass=StaticPool if in_memory else None,
        connect_args={"check_same_thread": False, "timeout": _SECONDS},
        **options,
    )

    @sql.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # A process that is killed loses nothing of a commit; a machine that loses its power may lose the
        # last moments, and the file stays whole.
        for setting in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")

    return engine


def wipe(engine: sql.Engine) -> None:
    """Let nothing that was deleted stay in SQLite's file or in the log beside it.

    Elsewhere it is the database's own business.
    """
    if is_sqlite(engine.url):
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
