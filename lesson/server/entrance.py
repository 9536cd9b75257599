"""The first middleware: it says whether the server is ready, and sends newcomers away from one that is not to
be there much longer.

    GET /healthz   200 {"state": "ready"}, or 503 with "starting", "draining" or "without its database"

A server that is starting or without its database serves all the same; only /healthz says that another would
do better.  While it drains (draining.py), who is there goes on: answers, votes, and the scripts of open
pages.  What begins something gets 503, upon which a proxy asks another server: a page, a phone's page, a
stream of events, and all that Streamlit's browser asks before it opens its socket.
"""

import json
import re
from collections.abc import Awaitable, Callable

from lesson.server.draining import Event, Receive, Send, Socket, Stream
from lesson.server.health import READY, Health

App = Callable[[Event, Receive, Send], Awaitable[None]]

PATH = "/healthz"
_STREAM = re.compile(r"/api/rooms/[^/]+/events$")
# What a page that is open asks for.  All else is a page.
_OF_OPEN_PAGE = re.compile(r"/(api|scripts|static|media|component|_stcore)/")
_BEFORE_SOCKET = re.compile(r"/_stcore/(health|host-config)$")
_NO_STORE = (b"cache-control", b"no-store")
_SOON = (b"retry-after", b"1")
_LAST = (b"connection", b"close")
_LEAVING = b"This server is about to stop; ask again in a moment.\n"


class Entrance:
    """ASGI middleware; one for the whole server, in front of all others."""

    def __init__(self, app: App, health: Health) -> None:
        self._app, self._health, self._draining = app, health, health.draining

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer, send away, or pass on."""
        if scope["type"] == "websocket":
            await self._open_socket(scope, receive, send)
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD") and scope["path"].endswith(PATH):
            await self._tell_state(scope, send)
        elif self._draining.has_begun:
            await self._serve_last(scope, receive, send)
        elif scope["method"] == "GET" and _STREAM.search(scope["path"]):
            stream = Stream(receive)
            self._draining.open.add(stream)
            try:
                await self._app(scope, stream.receive, send)
            finally:
                self._draining.open.discard(stream)
        else:
            await self._app(scope, receive, send)

    async def _open_socket(self, scope: Event, receive: Receive, send: Send) -> None:
        if self._draining.has_begun:
            if "websocket.http.response" in scope.get("extensions", {}):
                await _reply(send, 503, b"text/plain", _LEAVING, _SOON, kind="websocket.http.response")
            else:
                await send({"type": "websocket.close"})
            return
        socket = Socket(receive, send)
        self._draining.open.add(socket)
        try:
            await self._app(scope, socket.receive, socket.send)
        finally:
            self._draining.open.discard(socket)

    async def _tell_state(self, scope: Event, send: Send) -> None:
        state = self._health.state
        body = json.dumps({"state": state}).encode()
        status = 200 if state == READY else 503
        await _reply(send, status, b"application/json", body, has_body=scope["method"] == "GET")

    async def _serve_last(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer a request while the server drains, and let its connection end with it.

        A proxy that kept it would send the next vote over it at the moment when the server ends.
        """
        if scope["method"] in ("GET", "HEAD") and begins(scope["path"]):
            has_body = scope["method"] == "GET"
            await _reply(send, 503, b"text/plain", _LEAVING, _SOON, _LAST, has_body=has_body)
            return

        async def send_last(event: Event) -> None:
            if event["type"] == "http.response.start":
                event = {**event, "headers": [*event.get("headers", ()), _LAST]}
            await send(event)

        await self._app(scope, receive, send_last)


def begins(path: str) -> bool:
    """Return whether a GET request at this address begins a visit, not goes on with one."""
    if _STREAM.search(path) or _BEFORE_SOCKET.search(path):
        return True
    return _OF_OPEN_PAGE.search(path) is None


async def _reply(
    send: Send, status: int, media: bytes, body: bytes, *more: tuple[bytes, bytes],
    has_body: bool = True, kind: str = "http.response",
) -> None:  # fmt: skip
    length = (b"content-length", str(len(body)).encode())
    headers = [(b"content-type", media), length, _NO_STORE, *more]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body if has_body else b""})
