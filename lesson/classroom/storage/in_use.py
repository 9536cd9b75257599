"""The connection on which a question to the database is under way, so that one that hangs can be ended."""

import contextlib
import os
import socket
from typing import Any, cast

import sqlalchemy as sql


class ConnectionInUse:
    """What a pool has given out last.  For one thread that asks, and another that loses patience."""

    def __init__(self, engine: sql.Engine) -> None:
        self._connection: Any = None
        self._failure = cast(Any, engine.dialect.loaded_dbapi).Error

        @sql.event.listens_for(engine, "checkout")
        def take(connection: Any, *_: Any) -> None:
            self._connection = connection

        @sql.event.listens_for(engine, "checkin")
        def give_back(*_: Any) -> None:
            self._connection = None

    def end(self) -> None:
        """Let whoever waits for an answer on it wait no longer; nothing, if the database has no socket."""
        with contextlib.suppress(AttributeError, OSError, self._failure):
            number = os.dup(self._connection.fileno())
            with socket.socket(fileno=number) as line:
                line.shutdown(socket.SHUT_RDWR)
