"""Those who listen to a room: server-sent events, the same bytes for all of them.

What the lecturer does is told at once; how many have joined and voted at most twice a second.  Whoever reads
slowly is sent the latest only, and whoever does not read at all is let go.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from lesson.classroom.room import Room
from lesson.classroom.state import public_state, tally

MOST = 1_500  # listeners to one room
TALLY = 0.5  # seconds between two tallies
POSITIONS = 0.1  # seconds between two positions of the lecturer's controls
_SIGN_OF_LIFE = 15.0  # seconds
_PATIENCE = 20.0  # seconds that a message may take to be read
_COMMENT = b":\n\n"
Message = MutableMapping[str, Any]


def as_json(value: object) -> bytes:
    """Return what travels."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def as_event(kind: str, data: bytes) -> bytes:
    """Return a server-sent event."""
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), data)


class Listener:
    """One stream.  stage, tally, position: versions that were sent last."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.stage, self.tally, self.position = -1, -1, 0
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
        self._state: tuple[int, bytes] = (-1, b"")
        self._tally_timer: asyncio.TimerHandle | None = None
        self._position_timer: asyncio.TimerHandle | None = None
        self._position, self._position_number = b"", 0
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
        if self._state[0] != room.number:
            self._state = (room.number, as_json(public_state(room)))
        return self._state[1]

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
        self._position, self._position_number = as_json(position), self._position_number + 1
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

    async def stream(
        self, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        """Send a client what changes, until it goes, does not read, or is let go."""
        listener = Listener()
        self._all.add(listener)
        gone = asyncio.create_task(_until_gone(receive))
        gone.add_done_callback(lambda _: listener.end())
        try:
            while not listener.ended:
                listener.wake.clear()
                news = self._news(listener) or _COMMENT
                message = {"type": "http.response.body", "body": news, "more_body": True}
                await asyncio.wait_for(send(message), _PATIENCE)
                await _sleep(listener)
            await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return  # it does not read
        finally:
            gone.cancel()
            self._all.discard(listener)

    def _news(self, listener: Listener) -> bytes:
        """Return what a client does not know yet."""
        room, news = self._room(), b""
        if listener.stage != room.stage_version or listener.stage < 0:
            listener.stage, listener.tally = room.stage_version, room.tally_version
            news = as_event("state", self.state())
            listener.position = 0
        elif listener.tally != room.tally_version and self._tally_timer is None:
            listener.tally = room.tally_version
            news = as_event("tally", as_json(tally(room)))
        if self._position and listener.position != self._position_number:
            listener.position = self._position_number
            news += as_event("position", self._position)
        return news


async def _sleep(listener: Listener) -> None:
    try:
        await asyncio.wait_for(listener.wake.wait(), _SIGN_OF_LIFE)
    except TimeoutError:
        return


async def _until_gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
