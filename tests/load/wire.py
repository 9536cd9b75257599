"""HTTP/1.1 as a browser speaks it, written by hand: three hundred clients must cost less than the server.

A line is a connection that stays open and carries one request at a time; a stream is one that only listens.
"""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import Any, NamedTuple

PATIENCE = 10.0  # seconds until an answer counts as lost, as in assets/classroom/server.js


class Reply(NamedTuple):
    """What a server has answered."""

    status: int
    head: bytes
    body: bytes

    def json(self) -> Any:
        """Return the body as what it says, also where a proxy has packed it."""
        is_packed = b"content-encoding: gzip" in self.head.lower()
        return json.loads(gzip.decompress(self.body) if is_packed else self.body)


class Line(asyncio.Protocol):
    """A connection for requests."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._reply: asyncio.Future[Reply] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take in a piece; a reply is there as soon as its last byte is."""
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._data[:end])
        if _is_in_pieces(head):
            body, length = _joined(self._data, end + 4)
        else:
            length = _length(head)
            body = bytes(self._data[end + 4 : end + 4 + length])
        if length < 0 or len(self._data) < end + 4 + length:
            return
        del self._data[: end + 4 + length]
        if self._reply and not self._reply.done():
            self._reply.set_result(Reply(int(head[9:12]), head, body))

    def connection_lost(self, error: Exception | None) -> None:
        """End; whoever waits learns it."""
        self._transport = None
        if self._reply and not self._reply.done():
            self._reply.set_exception(ConnectionResetError("the server has closed the connection"))

    @property
    def is_open(self) -> bool:
        """Return whether the server has not closed it."""
        return self._transport is not None and not self._transport.is_closing()

    async def ask(self, data: bytes) -> Reply:
        """Send a request; return the reply to it."""
        if self._transport is None:
            raise ConnectionResetError("the server has closed the connection")
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(data)
        async with asyncio.timeout(PATIENCE):  # `wait_for` may lose a cancellation until Python 3.12
            return await self._reply

    def drop(self) -> None:
        """Be gone without a word, as a phone that falls asleep."""
        if self._transport:
            self._transport.abort()


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def _is_in_pieces(head: bytes) -> bool:
    return b"transfer-encoding: chunked" in head.lower()


def _joined(data: bytearray, begin: int) -> tuple[bytes, int]:
    """Return a body that came in pieces, and the bytes that it took; -1 if not all are there."""
    body, at = b"", begin
    while (end := data.find(b"\r\n", at)) > 0 and (size := int(data[at:end], 16)):
        body += data[end + 2 : end + 2 + size]
        at = end + 4 + size
    is_whole = end > 0 and len(data) >= end + 4
    return body, end + 4 - begin if is_whole else -1


class Stream(asyncio.Protocol):
    """A connection that listens to server-sent events.

    heard: is called with each event's kind and data; over: when the stream has ended, whoever ended it.
    """

    def __init__(
        self, request: bytes, heard: Callable[[bytes, bytes], None], over: Callable[[], None]
    ) -> None:
        self._request, self._heard, self._over = request, heard, over
        self._data, self._text, self._is_body = bytearray(), b"", False
        self.head = b""  # of the reply, once it is there
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: Any) -> None:
        """Ask for the events."""
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Take in a piece: whole chunks are read, the rest is kept."""
        self._data += data
        if not self._is_body:
            end = self._data.find(b"\r\n\r\n")
            if end < 0:
                return
            if self._data[9:12] != b"200":
                self.drop()
                return
            self.head = bytes(self._data[:end])
            del self._data[: end + 4]
            self._is_body = True
        self._read_chunks()

    def _read_chunks(self) -> None:
        while (end := self._data.find(b"\r\n")) > 0:
            size = int(self._data[:end], 16)
            if len(self._data) < end + 4 + size:
                return
            self._text += self._data[end + 2 : end + 2 + size]
            del self._data[: end + 4 + size]
            if size == 0:
                self.drop()
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            kind, _, value = event.partition(b"\n")
            if kind.startswith(b"event: "):
                self._heard(kind[7:], value[6:])

    def connection_lost(self, error: Exception | None) -> None:
        """Tell that it has ended."""
        self._transport = None
        self._over()

    def freeze(self) -> None:
        """Read nothing any more, and say nothing: the other side sees no end."""
        if self._transport:
            self._transport.pause_reading()

    def drop(self) -> None:
        """Be gone without a word."""
        if self._transport:
            self._transport.abort()


def cookie_of(head: bytes) -> str:
    """Return the cookie that a reply sets, "" if none: name and value."""
    _, is_there, rest = head.partition(b"\r\nSet-Cookie: ")  # as nginx writes it
    return rest.partition(b";")[0].decode() if is_there else ""


def request(
    method: str, host: str, path: str, *, token: str = "", body: object = None, accept: str = "*/*",
    cookie: str = "",
) -> bytes:  # fmt: skip
    """Return a request as a browser would send it from a page of the same server."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: keep-alive", f"Accept: {accept}",
        "Accept-Encoding: gzip, deflate", "Accept-Language: en-GB,en;q=0.9", "Sec-Fetch-Site: same-origin",
        "User-Agent: Mozilla/5.0 (Linux; Android 14; Mobile) a phone of the load test",
    ]  # fmt: skip
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join([*lines, "", ""]).encode() + data
