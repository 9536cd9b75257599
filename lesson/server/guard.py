"""The middleware in front of Streamlit: what a client sends is looked at before a session acts on it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, cast

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance

from lesson.server.coming_back import has_come_back, is_requested, make_whole, request_for_run
from lesson.server.hold import BEGUN, Hold, has_click
from lesson.server.messages import LARGEST, Refused, checked
from lesson.server.pace import Client, Pace, Turnstile
from lesson.server.uploads import SECONDS, Store, Uploads

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Event, Receive, Send], Awaitable[None]]

# Messages a second and bytes a second of one socket.  The busiest page sends six: a slider in hand and two
# looks at a run.
RATE, BURST = 10.0, 40.0
BYTES, BYTES_AT_ONCE = 2.0**20, 2.0 * LARGEST
BACKLOG = 100  # messages that lie ready one behind the other: a browser that waits sends a few
_AT_ONCE = 0.001  # seconds: a message that is there so soon has lain ready
_UPLOADS = "/_stcore/upload_file/"
# Seconds that the next run waits at most: for the end of the first run of a page that has come back and of
# the run of a click, and for the beginning of any other.
_FIRST_RUN, _CLICK, _BEGINNING = 30.0, 5.0, 1.0
_FINISHED_MESSAGE = 512  # bytes that the message "the script has finished" stays below
_POLICY = 1008  # the WebSocket code for a message that breaks the rules


class Guard:
    """ASGI middleware; one for the whole server."""

    def __init__(self, app: App, uploads: Uploads | None = None) -> None:
        self._app = app
        self._turnstile = Turnstile()
        self._uploads = uploads or Uploads(_store)

    async def __call__(self, scope: Event, receive: Receive, send: Send) -> None:
        """Answer a request, or talk with a client as long as it stays."""
        if scope["type"] == "websocket":
            socket = _Socket(receive, send, self._turnstile, has_come_back(scope))
            try:
                await self._app(scope, socket.receive, socket.send)
            finally:
                self._turnstile.leave(socket.client)
                if socket.session:
                    self._uploads.forget(socket.session)
        elif scope["type"] == "http" and scope["method"] == "PUT" and _UPLOADS in scope["path"]:
            await self._upload(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _upload(self, scope: Event, receive: Receive, send: Send) -> None:
        session, _, file = scope["path"].partition(_UPLOADS)[2].partition("/")
        if status := self._uploads.refusal(session, _content_length(scope)):
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        end = time.monotonic() + SECONDS

        async def receive_in_time() -> Event:
            try:
                return await asyncio.wait_for(receive(), end - time.monotonic())
            except TimeoutError:
                return {"type": "http.disconnect"}

        self._uploads.begin(session)
        try:
            await self._app(scope, receive_in_time, send)
        finally:
            self._uploads.end(session, file)


class _Socket:
    """One client's connection.  session: the id of its session, "" until the server has said it.

    comes_back: the page is there, and its script has to run here, too, before anything that is clicked.
    """

    def __init__(self, receive: Receive, send: Send, turnstile: Turnstile, comes_back: bool) -> None:
        self.client, self.session = Client(), ""
        self._receive, self._send, self._turnstile = receive, send, turnstile
        self._ready = 0  # messages in a row that lay ready
        self._comes_back, self._has_run = comes_back, False
        self._hold = Hold()
        self._later: tuple[Event, BackMsg] | None = None  # what was sent first, and comes after the first run
        self._messages, self._bytes = Pace(RATE, BURST), Pace(BYTES, BYTES_AT_ONCE)

    async def receive(self) -> Event:
        """The next event that Streamlit may see.  While it waits, nothing more is read from the network."""
        event, message = self._later or await self._arrived()
        self._later = None
        if message is None or message.WhichOneof("type") != "rerun_script":
            return event
        await self._hold.wait()
        await self._turnstile.enter(self.client)
        is_first, self._has_run = not self._has_run, True
        if is_first and (self._comes_back or message.rerun_script.fragment_id):
            self._hold.begin(_FIRST_RUN)
            self._later = None if is_requested(message) else (event, message)
            return {**event, "bytes": make_whole(message)}
        if has_click(message):
            self._hold.begin(_CLICK, message.rerun_script.fragment_id)
        elif not message.rerun_script.fragment_id:
            self._hold.begin(_BEGINNING, until=BEGUN)
        return event

    async def _arrived(self) -> tuple[Event, BackMsg | None]:
        """The next event that may pass, and the message in it, if it has one."""
        while True:
            event = await self._next()
            if event["type"] != "websocket.receive":
                return event, None
            try:
                message = await self._checked(event)
            except Refused:
                await self._send({"type": "websocket.close", "code": _POLICY})
                return {"type": "websocket.disconnect", "code": _POLICY}, None
            if message is None or (self._has_run and is_requested(message)):  # it has been told twice
                continue
            return event, message

    async def _next(self) -> Event:
        began = time.monotonic()
        event = await self._receive()
        self._ready = self._ready + 1 if time.monotonic() - began < _AT_ONCE else 0
        return event

    async def _checked(self, event: Event) -> BackMsg | None:
        """The message in an event, at the pace that it may come; None if it is to be left out.

        Raises Refused for a client that does not wait for answers: what it has sent would be worked off
        long after it has gone.
        """
        data = event.get("bytes") or b""  # text is no part of the protocol
        if self._ready > BACKLOG:
            raise Refused
        if wait := max(self._messages.take(), self._bytes.take(len(data))):
            await asyncio.sleep(wait)
        return checked(data)

    async def send(self, event: Event) -> None:
        """Pass on what Streamlit sends, and notice when a script has finished."""
        data = event.get("bytes") or b""
        if self._hold.missing or not self.session or len(data) < _FINISHED_MESSAGE:
            self._look(data)
        with suppress(OSError):  # they have just gone: what they send next is that
            await self._send(event)
        if self._comes_back and event["type"] == "websocket.accept":
            await self._send({"type": "websocket.send", "bytes": request_for_run()})

    def _look(self, data: bytes) -> None:
        try:
            message = ForwardMsg.FromString(data)
        except DecodeError:
            return
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._turnstile.leave(self.client)
        else:
            return
        self._hold.notice(kind, message.metadata.run)


def _content_length(scope: Event) -> int | None:
    """Bytes that a request says it has."""
    values = [value for name, value in scope["headers"] if name.lower() == b"content-length"]
    return int(values[0]) if values and values[0].isdigit() else None


def _store() -> Store:
    """Streamlit's manager of uploads, the one that keeps them in memory."""
    return cast(Store, get_instance().uploaded_file_mgr)
