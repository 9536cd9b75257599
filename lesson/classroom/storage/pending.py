"""Changes that wait to be stored: those of a room that come meanwhile are stored together.

While the database does not answer they wait, for a moment; who was told that a change is not stored can be
sure that it is not made later, unless the database had stored it and went away before it could say so.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from lesson.classroom.refusals import Refused
from lesson.classroom.room import Room
from lesson.classroom.storage.change import Change, Group, Make
from lesson.classroom.storage.store import Over

MOST_WAITING = 5_000  # changes that are to be stored
PATIENCE = 4.0  # seconds that a change waits for a database that does not answer
PAUSE = 0.25  # seconds between two attempts
OVER = "This room is over."
_logger = logging.getLogger(__name__)


class LogError(Exception):
    """The database did not do it.  passes: it does not answer at present, and may do so in a moment."""

    def __init__(self, reason: str, passes: bool = False) -> None:
        super().__init__(reason)
        self.passes = passes


class _Waiting(NamedTuple):
    change: Change
    done: "asyncio.Future[Room]"
    until: float  # on the loop's clock


class Pending:
    """What waits, of all rooms.  For one event loop.

    write: stores a group of changes to a room; raises Over and LogError.
    """

    def __init__(self, write: Callable[[str, Group], Awaitable[None]]) -> None:
        self._write_group = write
        self._waiting: dict[str, list[_Waiting]] = {}
        self._count = 0  # of what waits, and is under way
        self._working: asyncio.Task[None] | None = None

    def add(self, code: str, change: Change) -> "asyncio.Future[Room]":
        """Return what is the room after a change as soon as that is stored; whoever does not wait for it has
        made the change all the same.

        Its exception is Refused if the room does not do it, LogError if it can't be stored.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Room] = loop.create_future()
        done.add_done_callback(_look_at)
        if self._count >= MOST_WAITING:
            done.set_exception(LogError("too much is waiting to be stored"))
            return done
        self._count += 1
        done.add_done_callback(self._settled)
        waiting = _Waiting(change._replace(make=_in_time(change.make, done)), done, loop.time() + PATIENCE)
        self._waiting.setdefault(code, []).append(waiting)
        if self._working is None or self._working.done():
            self._begin()
        return done

    def _begin(self) -> None:
        self._working = asyncio.create_task(self._work())
        self._working.add_done_callback(self._go_on)

    def _go_on(self, work: asyncio.Task[None]) -> None:
        """Go on with other rooms where a mistake of ours has ended the work; it is logged."""
        if not work.cancelled() and (mistake := work.exception()):
            _logger.error("Storing has failed", exc_info=mistake)
            if self._waiting:
                self._begin()

    def _settled(self, _: object) -> None:
        self._count -= 1

    async def end(self) -> None:
        """Wait for what is under way."""
        while self._working is not None and not self._working.done():
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        while self._waiting:
            code = next(iter(self._waiting))
            waiting = self._waiting.pop(code)
            try:
                await self._write(code, waiting)
            finally:  # whatever has happened: nobody waits for ever
                _fail(waiting, LogError(f"a change of {code} was not stored"))

    async def _write(self, code: str, waiting: list[_Waiting]) -> None:
        group = Group([row.change for row in waiting])
        while not all(row.done.done() for row in waiting):
            try:
                await self._write_group(code, group)
            except Over:
                return _fail(waiting, Refused(410, OVER))
            except LogError as error:
                if not error.passes:
                    # One of them may be what the database does not take: the others are stored without it.
                    for row in waiting if len(waiting) > 1 else []:
                        await self._write(code, [row])
                    return None
                now = asyncio.get_running_loop().time()
                # Of all rooms: none is to wait for its turn at a database that is away.
                for row in [*waiting, *(row for rows in self._waiting.values() for row in rows)]:
                    if row.until < now:
                        _fail([row], error)
                await asyncio.sleep(PAUSE)
            else:
                for row, outcome in zip(waiting, group.outcomes, strict=True):
                    _settle(row.done, outcome)
                return None


def _in_time(make: Make, done: "asyncio.Future[Room]") -> Make:
    """Return what makes an event, but not for somebody who was told that it has not happened."""

    def body(room: Room) -> Mapping[str, Any]:
        if done.done():
            raise Refused(503, "Nobody waits for this any more.")
        return make(room)

    return body


def _fail(waiting: list[_Waiting], error: Exception) -> None:
    for row in waiting:
        if not row.done.done():
            row.done.set_exception(error)


def _settle(done: "asyncio.Future[Room]", outcome: Room | Refused) -> None:
    if done.done():
        return
    if isinstance(outcome, Refused):
        done.set_exception(outcome)
    else:
        done.set_result(outcome)


def _look_at(done: "asyncio.Future[Room]") -> None:
    """Let nobody be warned of an exception that nobody waits for."""
    if not done.cancelled():
        done.exception()
