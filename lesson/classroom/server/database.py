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
from sqlalchemy.pool import StaticPool

SETTING = "COURSE_DATABASE"
_SECONDS = 10  # to wait for another process that writes

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
# Codes of rooms that are over, so that whoever comes late learns so: nothing else of them is left.
ENDED = sql.Table(
    "ended_rooms",
    _TABLES,
    sql.Column("room", sql.String(12), primary_key=True),
    sql.Column("at", sql.Double, nullable=False),
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
    options = {"hide_parameters": True}
    if is_sqlite(url):
        engine = _sqlite(url, options)
    else:
        engine = sql.create_engine(url, pool_pre_ping=True, **options)
    _TABLES.create_all(engine)
    return engine


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
