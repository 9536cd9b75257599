"""Heads of requests that have no end, or never come: refused, and nobody else waits."""

import asyncio

import pytest

from lesson.server import heads
from tests.bad_input.network import serving

pytest.importorskip("httptools")
HEAD = b"GET / HTTP/1.1\r\nHost: course\r\n"
PIECES = b"POST / HTTP/1.1\r\nHost: course\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKED = PIECES + b"2\r\n{}\r\n"


async def echo(scope, receive, send):
    """Say how many bytes of a body have come."""
    size, more = 0, True
    while more:
        event = await receive()
        size += len(event.get("body", b""))
        more = event.get("more_body", False)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def play(story):
    async def run():
        async with serving(echo) as door:
            return await asyncio.wait_for(story(door), 20)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (HEAD + b"X: ", b"a" * 9_999), (HEAD, b"X: a\r\n" * 2_000), (b"GET /?", b"a" * 9_999),
        (HEAD + b"Cookie: a=", b"; a=1" * 2_000), (HEAD, b"X" * 9_999),
        (CHUNKED + b"0\r\n", b"X: a\r\n" * 2_000), (CHUNKED + b"0\r\nX: ", b"a" * 9_999),
        (HEAD + b"\r\n" + HEAD, b"Y: a\r\n" * 2_000),
    ],
    ids=["a header", "headers", "an address", "a cookie", "a name", "trailers", "a trailer", "the next head"],
)  # fmt: skip
def test_a_head_without_end_is_cut_off(start, piece):
    async def story(door):
        client = await door.client()
        await client.say(start)
        for _ in range(100):
            await client.say(piece)
        said = await client.hear()
        assert await door.ask("/") == (200, b"0")
        return said

    said = play(story)
    assert said == b"" or b"400 Bad Request" in said
    assert not said or said.endswith((b"has at most 65,536 bytes.", b"Invalid HTTP request received."))


@pytest.mark.parametrize(
    ("count", "status"),
    [pytest.param(heads.MOST - 1, b"200", marks=pytest.mark.slow), (heads.MOST, b"400"), (9_000, b"400")],
)
def test_headers_are_counted(count, status):
    head = HEAD + b"X: a\r\n" * count + b"\r\n"
    assert play(lambda door: door.hear_of(head)).split()[1] == status


@pytest.mark.slow
@pytest.mark.parametrize(
    "start",
    [b"", b"G", HEAD, HEAD + b"X: ", b"\r\n\r\n", HEAD + b"\r\n" + HEAD, HEAD + b"\r\n\r\n"],
    ids=["nothing", "a letter", "half a head", "half a header", "empty lines", "the next one", "after one"],
)
def test_a_head_that_does_not_come_ends_its_connection(start, monkeypatch):
    monkeypatch.setattr(heads, "SECONDS", 0.1)

    async def story(door):
        client = await door.client()
        await client.say(start)
        slow = [client.say(b"") for _ in range(3)]
        await asyncio.gather(*slow)
        return await client.hear()

    play(story)  # it ends


def test_who_sends_a_letter_from_time_to_time_has_no_more_time(monkeypatch):
    monkeypatch.setattr(heads, "SECONDS", 0.15)

    async def story(door):
        client = await door.client()
        end = asyncio.create_task(client.hear())
        for letter in HEAD * 20:
            if end.done():
                return
            await client.say(bytes([letter]))
            await asyncio.sleep(0.01)
        raise AssertionError("it goes on for ever")

    play(story)


def test_a_long_body_and_a_long_answer_are_no_head(monkeypatch):
    """What takes its time within a request is the application's to judge."""
    monkeypatch.setattr(heads, "SECONDS", 0.1)

    async def story(door):
        client = await door.client()
        size = 5 * heads.LARGEST
        await client.say(b"POST / HTTP/1.1\r\nHost: c\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(5):
            await asyncio.sleep(0.05)
            await client.say(bytes(heads.LARGEST))
        whole = await client.hear_reply()
        await client.say(PIECES)
        for _ in range(100):
            await client.say(b"1;extension=%s\r\na\r\n" % (b"x" * 900))
        await client.say(b"0\r\n\r\n")
        return whole, await client.hear_reply()

    assert play(story) == ((200, b"327680"), (200, b"100"))


def test_a_socket_stays_open(monkeypatch):
    monkeypatch.setattr(heads, "SECONDS", 0.1)

    async def app(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        await asyncio.sleep(0.3)
        await send({"type": "websocket.send", "text": "still here"})

    async def run():
        async with serving(app) as door:
            client = await door.client()
            key = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            await client.say(HEAD + b"Upgrade: websocket\r\nConnection: Upgrade\r\n" + key + b"\r\n")
            return await asyncio.wait_for(client.reader.readuntil(b"still here"), 10)

    assert b"101 Switching Protocols" in asyncio.run(run())


def test_the_servers_own_choice_is_bounded(monkeypatch):
    """Also where it was made before the launcher was imported."""
    from uvicorn import Config
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    from uvicorn.server import ServerState

    config = Config(echo)
    config.load()
    monkeypatch.setattr(HttpToolsProtocol, "__new__", None, raising=False)  # to be taken back afterwards
    heads.bound_heads()
    made = config.http_protocol_class(config, ServerState(), {}, object())
    assert isinstance(made, HttpToolsProtocol) and made.loose == 0
