"""What other servers store, heard of in time: PostgreSQL tells it, of another database it is asked.

Each server hears of a room once, however many students of the room it has.
"""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any, cast

import sqlalchemy as sql
from sqlalchemy.exc import SQLAlchemyError

from lesson.classroom.storage.store import CHANNEL, Store

ASKING = 1.0  # seconds between two questions to a database that tells nothing
# Seconds between two looks at all rooms, also where nothing was heard: whatever stands between a server and
# the database may have swallowed it.
LOOK = 15.0
_AGAIN = 0.5  # seconds until a connection that is lost is tried again, and between two looks at the end


class News:
    """Hears, for an event loop.

    thread: the store's own; hear: is called with each message; look: called where something may have been
    missed; numbers: returns the rooms that are of interest, with the numbers of their last events.
    """

    def __init__(
        self,
        store: Store,
        thread: Executor,
        hear: Callable[[Mapping[str, Any]], None],
        look: Callable[[], None],
        numbers: Callable[[], Mapping[str, int]],
    ) -> None:
        self._store, self._thread = store, thread
        self._hear, self._look, self._numbers = hear, look, numbers
        self._closed = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Hear from now on."""
        self._task = asyncio.create_task(self._begin())

    def stop(self) -> None:
        """Hear nothing more."""
        self._closed.set()
        if self._task is not None:
            self._task.cancel()

    async def _begin(self) -> None:
        while True:
            try:
                tells = await self._in_thread(lambda: self._store.tells)
                is_own = await self._in_thread(lambda: self._store.is_own)
            except (SQLAlchemyError, ImportError):
                await asyncio.sleep(_AGAIN)
                continue
            break
        if tells:
            threading.Thread(target=self._listen, name="news of rooms", daemon=True).start()
        elif not is_own:
            await self._ask()

    async def _in_thread(self, question: Callable[[], Any]) -> Any:
        return await asyncio.wrap_future(self._thread.submit(question))

    async def _ask(self) -> None:
        while True:
            await asyncio.sleep(ASKING)
            if not (before := dict(self._numbers())):
                continue
            with contextlib.suppress(SQLAlchemyError):
                stored = await self._in_thread(partial(self._store.numbers, list(before)))
                for code, number in before.items():
                    if stored.get(code, 0) != number:
                        self._hear({"room": code, "number": stored.get(code, 0), "urgent": True})

    # -- a thread of its own, with a connection of its own --

    def _listen(self) -> None:
        engine = self._store.engine
        failures = (SQLAlchemyError, cast(Any, engine.dialect.loaded_dbapi).Error, OSError)
        while not self._closed.is_set():
            with contextlib.suppress(*failures), contextlib.closing(_connection(engine)) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                look_at = 0.0
                while not self._closed.is_set():
                    if time.monotonic() > look_at:
                        look_at = time.monotonic() + LOOK
                        connection.execute("SELECT 1")
                        self._tell(self._look)
                    for message in connection.notifies(timeout=_AGAIN):
                        self._tell(self._hear, _read(message.payload))
            if not self._closed.is_set():
                self._tell(self._look)  # what is read now fails, if the database is away: so it is noticed
                time.sleep(_AGAIN)

    def _tell(self, listener: Callable[..., None], *news: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(listener, *news)


def _read(text: str) -> Mapping[str, Any]:
    """Return what was told; nothing of any room where somebody else has used the channel."""
    try:
        news = json.loads(text)
    except ValueError:
        return {}
    return news if isinstance(news, dict) else {}


def _connection(engine: sql.Engine) -> Any:
    """Return a connection of the driver's that belongs to no pool."""
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    pooled.detach()
    connection.rollback()
    connection.autocommit = True
    return connection
