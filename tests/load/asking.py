"""How a picture asks, without a browser: plain HTTP over one connection that stays open."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode, urlsplit


class Asking:
    """One browser's way to the answers of a server.  address: of the server, without a page."""

    def __init__(self, address: str) -> None:
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.bytes, self.refusals = 0, 0

    async def ask(self, name: str, question: dict[str, str], *, post: bool = False) -> float:
        """Ask, and read the answer; the seconds until it was there.  503 counts as a refusal, as it waits."""
        seconds, status, body = await self._exchange(name, question, post)
        if status == 503:
            self.refusals += 1
        elif status != 200:
            raise AssertionError(f"{name} {question}: {status} {body[:200]!r}")
        return seconds

    async def answer(self, name: str, question: dict[str, str], *, post: bool = False) -> Any:
        """Ask, and return the answer."""
        _, status, body = await self._exchange(name, question, post)
        assert status == 200, (name, status, body[:200])
        return json.loads(body)

    async def load(self, path: str) -> float:
        """Load a file, packed; the seconds until it was there."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Encoding: gzip", "", ""]
        seconds, status, _ = await self._patiently("\r\n".join(lines).encode())
        assert status == 200, (path, status)
        return seconds

    async def leave(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, name: str, question: dict[str, str], post: bool) -> tuple[float, int, bytes]:
        query = urlencode(question)
        path = f"/api/{name}" if post else f"/api/{name}?{query}"
        lines = [f"{'POST' if post else 'GET'} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if post:
            lines += [f"Content-Length: {len(query)}", "Content-Type: application/x-www-form-urlencoded"]
        head = "\r\n".join([*lines, "", ""]).encode()
        return await self._patiently(head + (query.encode() if post else b""))

    async def _patiently(self, data: bytes) -> tuple[float, int, bytes]:
        began = time.perf_counter()
        try:
            head, body = await self._send(data)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            # The server closes a connection that has rested for five seconds; a browser opens another.
            await self.leave()
            head, body = await self._send(data)
        self.bytes += len(head) + len(body)
        return time.perf_counter() - began, int(head.split()[1]), body

    async def _send(self, data: bytes) -> tuple[bytes, bytes]:
        """Send a request; return the head and the body of what comes back."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        writer.write(data)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        return head, await reader.readexactly(length)
