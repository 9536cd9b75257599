"""The end of a server that others stand beside: it serves whom it has, and they move on one by one.

COURSE_DRAIN says for how many seconds.  In the first half the streams of events end, in the second the
sockets of open pages, each at a moment of its own: a thousand browsers that came back all at once would be a
wave for the other servers.  All of them come again by themselves, and a proxy leads them to another one.

What visitors see.  Phone and bar: nothing; a new stream begins with the present state.  A page of the course:
its buttons are grey until its socket is open again (0.3 to 0.8 s behind nginx), no dialog opens, and it runs
anew (coming_back.py) with what its widgets and its address say.  What only the old server had is gone: a
training ("start it again"), a file that was uploaded.  Where there is no other server, Streamlit's browser
asks again every few seconds until one is there, with its dialog "Connection error".
"""

import asyncio
import math
import os
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

SETTING = "COURSE_DRAIN"
_RESTART = (
    1012  # the WebSocket code of a server that restarts; Streamlit's browser comes again after any code
)


class Connection:
    """A connection that stays open: a stream of events or a page's socket.

    end: what its application receives when it is over.
    """

    def __init__(self, receive: Receive, end: Event) -> None:
        self._receive, self._end = receive, end
        self._ends_at: float | None = None  # on the clock of the event loop
        self._timeout: asyncio.Timeout | None = None  # of what waits to receive

    def end_at(self, moment: float) -> None:
        """Let it end then, or as soon afterwards as its application has done what it is doing."""
        self._ends_at = moment
        if self._timeout is not None:
            self._timeout.reschedule(moment)

    async def receive(self) -> Event:
        """Return what the client sends, or the end."""
        try:
            async with asyncio.timeout_at(self._ends_at) as self._timeout:
                return await self._receive()
        except TimeoutError:
            return self._end
        finally:
            self._timeout = None


class Stream(Connection):
    """A stream of server-sent events: its application is told that the client has gone, and ends it."""

    def __init__(self, receive: Receive) -> None:
        super().__init__(receive, {"type": "http.disconnect"})


class Socket(Connection):
    """The socket of a page: it is closed, and nothing is sent any more."""

    def __init__(self, receive: Receive, send: Send) -> None:
        super().__init__(receive, {"type": "websocket.disconnect", "code": _RESTART})
        self._send, self._is_closed = send, False

    async def receive(self) -> Event:
        """Return what the client sends; close the socket when it is to end."""
        event = await super().receive()
        if event is self._end:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": _RESTART})
        return event

    async def send(self, event: Event) -> None:
        """Pass on what is sent while it is open."""
        if not self._is_closed:
            await self._send(event)


class Draining:
    """Whether the server is about to end, and what is open meanwhile.

    seconds: that it goes on serving once it is told to end; 0: it ends at once.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.has_begun = False
        self.open: set[Connection] = set()

    def begin(self) -> None:
        """Say to each open connection when it ends.  In the event loop."""
        self.has_begun = True
        now, half = asyncio.get_running_loop().time(), self.seconds / 2
        for kind, first in ((Stream, now), (Socket, now + half)):
            connections = [each for each in self.open if isinstance(each, kind)]
            for place, connection in enumerate(connections):
                connection.end_at(first + half * place / len(connections))


def seconds_to_drain(environment: Mapping[str, str] = os.environ) -> float:
    """Return what COURSE_DRAIN says, 0 where it is not set.  Raises ValueError if it is no time."""
    text = environment.get(SETTING) or "0"
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise ValueError(f"{SETTING} has to be a number of seconds, such as 20; it is {text!r}.")
    return seconds
