"""The load test's own HTTP: what comes in pieces is read whole."""

import asyncio
import gzip

import pytest

from tests.load.wire import Line, Stream, cookie_of

REPLY = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}'
PACKED = gzip.compress(b'{"a":1}')
# As a proxy passes it on: packed, in two chunks.
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    + b"5\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (PACKED[:5], len(PACKED) - 5, PACKED[5:])
)
EVENTS = b'event: state\ndata: {"stage_version":7}\n\n', b":\n\n", b"event: tally\ndata: {}\n\n"


class Wire:
    """A transport that keeps what is written."""

    def __init__(self):
        self.data, self.closed = b"", False

    def write(self, data):
        self.data += data

    def is_closing(self):
        return self.closed

    def abort(self):
        self.closed = True


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("data", [REPLY, CHUNKED], ids=["plain", "chunked"])
def test_a_reply_in_pieces_is_one_reply(data, size):
    async def ask():
        line, wire = Line(), Wire()
        line.connection_made(wire)
        for _ in range(2):  # the connection stays open
            asking = asyncio.create_task(line.ask(b"GET / HTTP/1.1\r\n\r\n"))
            await asyncio.sleep(0)
            for start in range(0, len(data), size):
                line.data_received(data[start : start + size])
            reply = await asking
            assert (reply.status, reply.json()) == (200, {"a": 1})
        assert wire.data.count(b"GET") == 2

    asyncio.run(ask())


def test_a_cookie_is_read_without_what_belongs_to_it():
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: course=server2; Path=/; HttpOnly\r\nServer: nginx"
    assert cookie_of(head) == "course=server2" and cookie_of(REPLY) == ""


def test_a_connection_that_is_lost_tells_who_waits():
    async def ask():
        line = Line()
        line.connection_made(Wire())
        asking = asyncio.create_task(line.ask(b"x"))
        await asyncio.sleep(0)
        line.connection_lost(None)
        with pytest.raises(ConnectionResetError):
            await asking
        assert not line.is_open

    asyncio.run(ask())


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_events_in_pieces_are_heard_once_each(size):
    events, ends = [], []
    stream, wire = Stream(b"GET", lambda *event: events.append(event), lambda: ends.append(1)), Wire()
    stream.connection_made(wire)
    halves = [EVENTS[0][:20], EVENTS[0][20:] + EVENTS[1], EVENTS[2], b""]  # an event in two chunks
    data = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"".join(
        b"%x\r\n%b\r\n" % (len(half), half) for half in halves
    )
    for start in range(0, len(data), size):
        stream.data_received(data[start : start + size])
    assert events == [(b"state", b'{"stage_version":7}'), (b"tally", b"{}")]
    assert wire.closed  # the server has ended it
    stream.connection_lost(None)
    assert ends == [1]
