"""Those who listen to a room: server-sent events, the same bytes for all of them.

What the lecturer does is told at once; how many have joined and voted at most twice a second.  Whoever reads
slowly is sent the latest only, and whoever does not read at all is let go.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from lesson.classroom.room import Room
from lesson.classroom.state import public_state, shows_votes, tally

MOST = 1_500  # listeners to one room
TALLY = 0.5  # seconds between two tallies
# Seconds between two positions of the lecturer's controls.  Less than the 0.1 s that the browser lets pass:
# of two alike rhythms one would make every position wait for the other.
POSITIONS = 0.08
_SIGN_OF_LIFE = 15.0  # seconds
_PATIENCE = 20.0  # seconds that a message may take to be read
_FAREWELL = 1.0  # seconds that the end of a stream may take to be read: the server may be about to stop
_COMMENT = b":\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),  # a proxy that collects answers lets events through
]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def as_json(value: object) -> bytes:
    """Return what travels."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def as_event(kind: str, data: bytes) -> bytes:
    """Return a server-sent event."""
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), data)


class Listener:
    """One stream.  stage, tally, position: versions that were sent last; away: what was said last of the
    database, nothing of it at first, for the state says it."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.stage, self.tally, self.position = -1, -1, 0
        self.away: bool | None = None
        self.ended = False

    def end(self) -> None:
        """Let the stream end."""
        self.ended = True
        self.wake.set()


class Listeners:
    """All who listen to one room.  room: returns its state."""

    def __init__(self, room: Callable[[], Room]) -> None:
        self._room = room
        self._all: set[Listener] = set()
        self._away = False
        # What was made last of a room, by the number of its last event and whether the database is away: the
        # same bytes for all.
        self._state: tuple[int, bool, bytes] = (-1, False, b"")
        self._state_event: tuple[int, bool, bytes] = (-1, False, b"")
        self._tally_event: tuple[int, bytes] = (-1, b"")
        self._tally_timer: asyncio.TimerHandle | None = None
        self._position_timer: asyncio.TimerHandle | None = None
        self._position, self._position_number = b"", 0  # as an event
        self._position_at = 0.0  # before then none is told

    @property
    def count(self) -> int:
        """Return how many listen."""
        return len(self._all)

    @property
    def is_full(self) -> bool:
        """Return whether there is no room for one more."""
        return len(self._all) >= MOST

    def state(self) -> bytes:
        """Return the public state as JSON, made once for each version."""
        room = self._room()
        if self._state[:2] != (room.number, self._away):
            self._state = (room.number, self._away, as_json({**public_state(room), "away": self._away}))
        return self._state[2]

    def tell_away(self, away: bool) -> None:
        """Tell all that the database does not answer, or that it does again."""
        if away != self._away:
            self._away = away
            self._wake_all()

    def tell_stage(self) -> None:
        """Tell all at once; where the lecturer's controls were before counts no more."""
        self._position = b""
        self._wake_all()

    def tell_tally(self) -> None:
        """Tell all within half a second."""
        if self._tally_timer is None and self._all:
            self._tally_timer = asyncio.get_running_loop().call_later(TALLY, self._tell_tally)

    def _tell_tally(self) -> None:
        self._tally_timer = None
        self._wake_all()

    def tell_position(self, position: dict[str, str]) -> None:
        """Tell all where the lecturer's controls are; of several that come at a time the latest."""
        loop = asyncio.get_running_loop()
        self._position = as_event("position", as_json(position))
        self._position_number += 1
        if self._position_timer is None:
            self._position_timer = loop.call_at(max(loop.time(), self._position_at), self._tell_position)

    def _tell_position(self) -> None:
        self._position_timer = None
        self._position_at = asyncio.get_running_loop().time() + POSITIONS
        self._wake_all()

    def _wake_all(self) -> None:
        for listener in self._all:
            listener.wake.set()

    def end(self) -> None:
        """End all streams; their browsers come again by themselves."""
        for listener in self._all:
            listener.end()

    async def respond(self, scope: Message, receive: Receive, send: Send) -> None:
        """Send a client what changes, until it goes, does not read, or is let go."""
        listener = Listener()
        self._all.add(listener)
        gone = asyncio.create_task(_until_gone(receive))
        gone.add_done_callback(lambda _: listener.end())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            news = self._news(listener)
            while not listener.ended:
                if news:
                    async with asyncio.timeout(_PATIENCE):
                        await send(_body(news))
                listener.wake.clear()
                # Whatever woke it while it was sent is looked at here.
                if not listener.ended:
                    news = self._news(listener) or await self._next(listener)
            async with asyncio.timeout(_FAREWELL):
                await send(_body(b"", more=False))
        except (TimeoutError, OSError):
            return  # it does not read, or has gone
        finally:
            gone.cancel()
            self._all.discard(listener)

    async def _next(self, listener: Listener) -> bytes:
        """Return what a client does not know yet, once somebody has told of it: maybe nothing; from time to
        time a sign of life."""
        try:
            async with asyncio.timeout(_SIGN_OF_LIFE):
                await listener.wake.wait()
        except TimeoutError:
            return _COMMENT
        return self._news(listener)

    def _news(self, listener: Listener) -> bytes:
        """Return what a client does not know yet."""
        room, news = self._room(), b""
        # Where a timer runs, it is what tells, and all at once.
        has_tally = listener.tally != room.tally_version and self._tally_timer is None
        if listener.stage != room.stage_version or (has_tally and shows_votes(room)):
            if listener.stage != room.stage_version:
                listener.position = 0
            listener.stage, listener.tally = room.stage_version, room.tally_version
            listener.away = self._away
            news = self._event_of_state(room.number)
        elif has_tally:
            listener.tally = room.tally_version
            news = self._event_of_tally(room)
        if listener.away != self._away:
            listener.away = self._away
            news += as_event("away", as_json(self._away))
        has_position = self._position and listener.position != self._position_number
        if has_position and self._position_timer is None:
            listener.position = self._position_number
            news += self._position
        return news

    def _event_of_state(self, number: int) -> bytes:
        if self._state_event[:2] != (number, self._away):
            self._state_event = (number, self._away, as_event("state", self.state()))
        return self._state_event[2]

    def _event_of_tally(self, room: Room) -> bytes:
        if self._tally_event[0] != room.number:
            self._tally_event = (room.number, as_event("tally", as_json(tally(room))))
        return self._tally_event[1]


def _body(data: bytes, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": more}


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
