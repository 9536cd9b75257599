"""A thousand sockets of one stranger at a real server: others are answered, and its memory is bounded."""

import asyncio
import contextlib
import json
from urllib.parse import urlsplit

import pytest

from tests.load.server import course
from tests.load.visitor import Visitor
from tests.load.wire import Line, request

pytestmark = pytest.mark.slow
MANY = 1_000
MOST_MEMORY = 200.0  # MB that they may take together
LIMIT = 60.0  # seconds against hanging


@pytest.fixture(scope="module")
def server():
    resource = pytest.importorskip("resource")  # not on every system
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 3 * MANY:
        pytest.skip("this machine lets a process have too few files")
    former = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8 * MANY), hard))
    with course() as running:
        yield running
    resource.setrlimit(resource.RLIMIT_NOFILE, former)


class Class:
    """A room in a vote, and one who votes."""

    @classmethod
    async def begin(cls, address):
        room = cls()
        room.netloc = urlsplit(address).netloc
        _, room.line = await asyncio.get_running_loop().create_connection(Line, *room.netloc.split(":"))
        opened = await room.ask("POST", "/api/rooms", {})
        room.code, room.host, room.n = opened["code"], opened["host"], 0
        room.token = (await room.ask("POST", f"/api/rooms/{room.code}/join", {}))["token"]
        typed = {"typed": {"text": "Which?", "answers": ["a", "b"]}}
        asked = await room.ask("POST", f"/api/rooms/{room.code}/ask", typed, room.host)
        body = {"asking": "1", "stage": "vote", "round": 1, "after": asked["stage_version"]}
        await room.ask("POST", f"/api/rooms/{room.code}/stage", body, room.host)
        return room

    async def ask(self, method, path, body=None, token=""):
        if not self.line.is_open:  # it has rested too long
            loop = asyncio.get_running_loop()
            _, self.line = await loop.create_connection(Line, *self.netloc.split(":"))
        reply = await self.line.ask(request(method, self.netloc, path, token=token, body=body))
        assert reply.status < 300, reply
        return reply.json()

    async def vote(self):
        self.n += 1
        body = {"asking": "1", "round": 1, "answer": "a", "n": self.n}
        path = f"/api/rooms/{self.code}/vote"
        assert await self.ask("POST", path, body, self.token) == {"counted": True}


class Silent(asyncio.Protocol):
    """A connection that says one thing and reads nothing."""

    def __init__(self, data):
        self._data = data

    def connection_made(self, transport):
        self.transport = transport
        transport.pause_reading()
        transport.write(self._data)


H = b"Host: course\r\n"
JSON = b"POST /api/rooms HTTP/1.1\r\n" + H + b"Content-Type: application/json\r\n"
SOCKET = (
    b"GET /_stcore/stream HTTP/1.1\r\n"
    + H
    + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
    b"\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
WAYS = {
    "nothing": lambda code: b"",
    "half a head": lambda code: b"GET /api/rooms HTTP/1.1\r\nHost: cou",
    "half a long head": lambda code: b"GET /api/rooms HTTP/1.1\r\n" + b"X: a\r\n" * 9_000,
    "half a body": lambda code: JSON + b"Content-Length: 16000\r\n\r\n" + b" " * 15_000,
    "pieces without end": lambda code: JSON + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 2_000,
    "streams that nobody reads": lambda code: (
        f"GET /api/rooms/{code}/events HTTP/1.1\r\n".encode() + H + b"\r\n"
    ),
    "streams of a room that is none": lambda code: b"GET /api/rooms/AAAAAA/events HTTP/1.1\r\n" + H + b"\r\n",
    "pages that nobody reads": lambda code: (f"GET /j/{code} HTTP/1.1\r\n".encode() + H + b"\r\n") * 20,
    "answers that nobody reads": lambda code: (b"GET /api/gates/run?a=1 HTTP/1.1\r\n" + H + b"\r\n") * 20,
    "guesses": lambda code: b"POST /api/rooms/CCCCCC/join HTTP/1.1\r\n" + H + b"Content-Length: 0\r\n\r\n",
    "halves of an upload": lambda code: (
        b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\n" + H + b"Content-Length: 9999999\r\n\r\n"
    ),
    "sockets of pages": lambda code: SOCKET,
    "halves of a frame": lambda code: SOCKET + b"\x82\xff" + (2**22).to_bytes(8) + bytes(4) + bytes(30_000),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_thousand_sockets(server, way):
    async def play():
        room, witness = await Class.begin(server.address), Visitor(server.address)
        await witness.enter("gates")
        await witness.run()
        before, sockets = server.cost().rss, []
        host, port = room.netloc.split(":")
        try:
            for _ in range(MANY // 50):
                with contextlib.suppress(OSError):
                    sockets += await asyncio.gather(
                        *(
                            asyncio.get_running_loop().create_connection(
                                lambda: Silent(WAYS[way](room.code)), host, port
                            )
                            for _ in range(50)
                        )
                    )
                await room.vote()
            assert len(sockets) == MANY
            await witness.run()
            assert witness.find("cell_step") and witness.exceptions == []
            late = Visitor(server.address)
            await late.enter("gates")
            late.vanish()
            await room.vote()
            state = await room.ask("GET", f"/api/rooms/{room.code}")
            assert (state["joined"], state["voted"]) == (1, 1)
            return server.cost().rss - before
        finally:
            for transport, _ in sockets:
                transport.abort()
            witness.vanish()

    grown = asyncio.run(asyncio.wait_for(play(), LIMIT))
    assert grown < MOST_MEMORY
    print(json.dumps({way: round(grown, 1)}))
