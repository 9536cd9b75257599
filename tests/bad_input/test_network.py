"""Requests that are none, stop in the middle or never end, at the rooms: over sockets, in this process."""

import asyncio
import json

import pytest

from lesson.classroom.server import listeners, requests
from tests.bad_input.doors import is_one_sentence
from tests.bad_input.network import LIMIT, serving
from tests.bad_input.room_routes import HOST, POSTS, STUDENT
from tests.lesson.classroom.server import Server
from tests.tiers import every_fast

pytest.importorskip("httptools")


class Lesson:
    """A room in a vote, behind a real socket; two students, of whom bob is the witness."""

    def __init__(self):
        self.server = Server()
        self.room = room = self.server.room()
        room.ann, room.bob, self.n = room.student(), room.student(), 0
        room.ask()
        room.stage("vote")

    def play(self, story):
        """Run a story at a server's door; the witness votes while it stands as the story has left it."""

        async def run():
            async with serving(self.server.app) as door:
                told = await asyncio.wait_for(story(door), 2 * LIMIT)
                await self.witness(door)
                return told

        return self.server.run(run())

    async def witness(self, door):
        self.n += 1
        body = {"asking": "1", "round": 1, "answer": "keeps", "n": self.n}
        client = await door.client()
        await client.say(self.request("POST", "/CODE/vote", self.room.bob, body))
        assert await client.hear_reply() == (200, b'{"counted":true}')
        status, state = await door.ask(f"/api/rooms/{self.room.code}")
        assert status == 200 and json.loads(state)["voted"] == 1
        client.leave()

    def request(self, method, path, token="", body=None, *more):
        """A request as it travels.  more: headers in place of the body's length."""
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} /api/rooms{path.replace('CODE', self.room.code)} HTTP/1.1", "Host: course"]
        lines += ["Content-Type: application/json"] * (method == "POST")
        lines += [f"Authorization: Bearer {token}"] * bool(token)
        lines += more or [f"Content-Length: {len(data)}"]
        return "\r\n".join([*lines, "", ""]).encode() + data


@pytest.fixture(scope="module")
def crowd():
    lesson = Lesson()
    yield lesson
    assert lesson.server.log_of(lesson.room.code) == lesson.room.live
    lesson.server.close()


@pytest.fixture
def lesson(crowd, monkeypatch):
    monkeypatch.setattr(requests, "PAUSE", 0.0)
    before = crowd.room.live.number - crowd.n
    yield crowd
    assert crowd.room.live.number - crowd.n == before  # but for the witness' votes


H, JSON = b"Host: course\r\n", b"Content-Type: application/json\r\n"
GET, POST = b"GET /api/rooms/AAAAAA HTTP/1.1\r\n" + H, b"POST /api/rooms HTTP/1.1\r\n" + H + JSON
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
NONE = {
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 99,
    "SSH": b"SSH-2.0-OpenSSH_9.0\r\n",
    "mail": b"EHLO elsewhere\r\n",
    "a database": b"\x00\x00\x00\x08\x04\xd2\x16\x2f",
    "JSON": b'{"method": "GET"}\r\n\r\n',
    "a word": b"hello\r\n\r\n",
    "NUL": bytes(99),
    "no method": b" /api/rooms HTTP/1.1\r\n\r\n",
    "a method that is none": b"FROB /api/rooms HTTP/1.1\r\n" + H + b"\r\n",
    "no address": b"GET  HTTP/1.1\r\n" + H + b"\r\n",
    "bytes in an address": b"GET /api/rooms/\xff\xfe HTTP/1.1\r\n" + H + b"\r\n",
    "version 9": b"GET / HTTP/9.9\r\n\r\n",
    "no version": b"GET / HTTP\r\n\r\n",
    "an address without a host": b"GET http:///api HTTP/1.1\r\n" + H + b"\r\n",
    "a tunnel": b"CONNECT elsewhere:80 HTTP/1.1\r\n" + H + b"\r\n",
    "line ends of Unix": b"GET / HTTP/1.1\nHost: course\n\n",
    "a header with NUL": GET + b"X: a\0b\r\n\r\n",
    "a header without a name": GET + b": a\r\n\r\n",
    "a space before the colon": GET + b"X : a\r\n\r\n",
    "a header that is folded": GET + b"X: a\r\n b\r\n\r\n",
    "a header without a colon": GET + b"X\r\n\r\n",
    "a length below 0": POST + b"Content-Length: -1\r\n\r\n{}",
    "a length in words": POST + b"Content-Length: two\r\n\r\n{}",
    "a length of 5,000 digits": POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n{}",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "the same length twice": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "a list of lengths": POST + b"Content-Length: 2, 2\r\n\r\n{}",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\n{}",
    "a length in hexadecimal": POST + b"Content-Length: 0x2\r\n\r\n{}",
    "a length and pieces": CHUNKED[:-2] + b"Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "pieces of another kind": POST + b"Transfer-Encoding: xchunked\r\n\r\n{}",
    "pieces in pieces": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n{}",
    "a piece without a size": CHUNKED + b"\r\n{}\r\n",
    "a piece of a size that is none": CHUNKED + b"zz\r\n{}\r\n",
    "a piece below 0": CHUNKED + b"-2\r\n{}\r\n",
    "a piece beyond any": CHUNKED + b"f" * 20 + b"\r\n{}\r\n",
    "a piece longer than it says": CHUNKED + b"1\r\n{}\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", every_fast(3, NONE))
def test_a_request_that_is_none(lesson, name):
    said = lesson.play(lambda door: door.hear_of(NONE[name]))
    assert b"HTTP/1.1 400 Bad Request" in said and said.endswith(b"Invalid HTTP request received.")


@pytest.mark.parametrize(
    "name", every_fast(4, ["vote", "open", "commit", "ask", "stage", "hands", "join", "renew"])
)
@pytest.mark.parametrize(
    "how", ["a length beyond what comes", "pieces without end", "nothing of it", "one letter after another"]
)
def test_a_body_that_does_not_come_whole(lesson, monkeypatch, name, how):
    monkeypatch.setattr(requests, "SECONDS", 0.05)
    route = POSTS[name]
    token = {HOST: lesson.room.host, STUDENT: lesson.room.ann}.get(route.whose, "")
    data = json.dumps(route.body).encode()

    async def story(door):
        client = await door.client()
        length = (
            "Transfer-Encoding: chunked"
            if how == "pieces without end"
            else f"Content-Length: {len(data) + 9}"
        )
        await client.say(lesson.request(route.method, route.path, token, None, length))
        if how == "pieces without end":
            await client.say(b"%x\r\n%b\r\n" % (len(data), data))
        elif how == "a length beyond what comes":
            await client.say(data)
        elif how != "nothing of it":
            for letter in data[:5]:
                await client.say(bytes([letter]))
                await asyncio.sleep(0.005)
        return await client.hear_reply()

    status, body = lesson.play(story)
    assert status == 408 and is_one_sentence(json.loads(body)["error"])


@pytest.mark.parametrize("name", every_fast(4, POSTS))
def test_who_goes_in_the_middle_of_a_body_has_said_nothing(lesson, name):
    route = POSTS[name]
    token = {HOST: lesson.room.host, STUDENT: lesson.room.ann}.get(route.whose, "")

    async def story(door):
        for cut in (1, 30, -1):
            client = await door.client()
            await client.say(lesson.request(route.method, route.path, token, route.body)[:cut])
            await asyncio.sleep(0)
            client.leave()

    lesson.play(story)


def test_requests_one_behind_the_other_are_answered_in_order(lesson):
    async def story(door):
        client = await door.client()
        await client.say(lesson.request("GET", "/CODE/address") * 30 + lesson.request("GET", "/AAAAAA") * 3)
        return [(await client.hear_reply())[0] for _ in range(33)]

    assert lesson.play(story) == [200] * 30 + [404] * 3


@pytest.mark.slow
def test_a_hundred_who_send_half_a_body_hold_up_nobody(lesson):
    async def story(door):
        for _ in range(100):
            client = await door.client()
            await client.say(
                lesson.request("POST", "/CODE/vote", lesson.room.ann, None, "Content-Length: 99")
            )
            await client.say(b"{")

    lesson.play(story)


# -- streams --


async def listen(lesson, door, small=True):
    """A stream that is opened and not read."""
    client = await door.client()
    if small:
        client.reader._limit = 1  # it takes nothing more from the network
        client.writer.transport.pause_reading()
    await client.say(lesson.request("GET", "/CODE/events"))
    return client


def room_listeners(lesson):
    return lesson.server.rooms._live[lesson.room.code].listeners


async def positions(lesson, count):
    """The lecturer's slider moves: much to read."""
    many = {f"name{k:03}": "x" * 100 for k in range(40)}
    for k in range(count):
        await lesson.server.rooms.show_position(
            lesson.server.rooms._live[lesson.room.code], many | {"name000": str(k)}
        )
        await asyncio.sleep(0)


@pytest.mark.slow
def test_streams_that_nobody_reads_are_let_go_and_hold_up_nobody(lesson, monkeypatch):
    monkeypatch.setattr(listeners, "_PATIENCE", 0.2)
    monkeypatch.setattr(listeners, "POSITIONS", 0.0)

    async def story(door):
        witness = await listen(lesson, door, small=False)
        deaf = [await listen(lesson, door) for _ in range(10)]
        while room_listeners(lesson).count < 11:
            await asyncio.sleep(0.01)
        heard = asyncio.create_task(witness.reader.readuntil(b"the end"))
        witness.reader._limit = 2**26
        while room_listeners(lesson).count > 1:
            await positions(lesson, 20)
            await lesson.witness(door)
        await lesson.server.rooms.show_position(lesson.server.rooms._live[lesson.room.code], {"f": "the end"})
        await asyncio.wait_for(heard, LIMIT)
        for client in deaf:
            client.leave()

    lesson.play(story)


@pytest.mark.slow
def test_streams_that_are_opened_and_dropped_leave_nothing(lesson):
    async def story(door):
        for _ in range(5):
            clients = [await listen(lesson, door) for _ in range(40)]
            for client in clients:
                client.leave()
        for _ in range(500):
            if room_listeners(lesson).count == 0:
                break
            await asyncio.sleep(0.01)
        return room_listeners(lesson).count

    assert lesson.play(story) == 0


@pytest.mark.parametrize(
    "header",
    [
        "Last-Event-ID: 99999",
        "Last-Event-ID: \u00ff",
        "Accept: text/html",
        "Range: bytes=0-1",
        "If-None-Match: *",
        "Accept-Encoding: x",
        "Cache-Control: only-if-cached",
    ],
)
def test_a_stream_asked_for_in_another_way_is_the_same(lesson, header):
    async def story(door):
        client = await door.client()
        data = lesson.request("GET", "/CODE/events", "", None, header)
        await client.say(data.decode().encode("latin-1"))
        return await asyncio.wait_for(client.reader.readuntil(b"\n\n"), LIMIT)

    said = lesson.play(story)
    assert b"200 OK" in said and b"text/event-stream" in said and b"event: state" in said
