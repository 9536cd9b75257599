"""The connections of a server that is about to end: each is let go at a moment of its own."""

import asyncio

import pytest

from lesson.server.draining import Draining, seconds_to_drain
from lesson.server.entrance import Entrance
from lesson.server.health import Health

STREAM = {"type": "http", "method": "GET", "path": "/api/rooms/ABCDEF/events", "headers": []}
SOCKET = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


class Client:
    """One that stays; `sent` is what it gets, and `received` what the application has had of it."""

    def __init__(self, scope, *events):
        self.scope, self.events, self.sent, self.received = scope, asyncio.Queue(), [], []
        for event in events:
            self.events.put_nowait(event)
        self.ended_at = None

    async def send(self, event):
        self.sent.append(event)


async def behind(scope, receive, send):
    """Stand in for a stream and for Streamlit: go on until the client has gone."""
    client = scope["client"]
    while True:
        event = await receive()
        client.received.append(event)
        if event["type"].endswith("disconnect"):
            break
    client.ended_at = asyncio.get_running_loop().time()
    await send({"type": "the last word"})


def ends(seconds, clients):
    """When each of these clients is let go, as parts of `seconds` after the draining has begun."""

    async def live():
        draining = Draining(seconds)
        entrance = Entrance(behind, Health(draining, lambda: False))
        visits = [
            asyncio.create_task(entrance(each.scope | {"client": each}, each.events.get, each.send))
            for each in clients
        ]
        await asyncio.sleep(0.01)
        assert len(draining.open) == len(clients)
        began = asyncio.get_running_loop().time()
        draining.begin()
        assert draining.has_begun
        await asyncio.wait_for(asyncio.gather(*visits), 60)
        assert draining.open == set()
        return [(each.ended_at - began) / seconds for each in clients]

    return asyncio.run(live())


@pytest.mark.slow
def test_streams_end_one_by_one_in_the_first_half_and_sockets_in_the_second():
    streams, sockets = [Client(STREAM) for _ in range(8)], [Client(SOCKET) for _ in range(8)]
    parts = ends(1.0, [*streams, *sockets])
    of_streams, of_sockets = sorted(parts[:8]), sorted(parts[8:])
    # A busy machine is late, never early.
    assert all(part >= place / 16 - 0.01 for place, part in enumerate(of_streams))
    assert all(part >= 0.5 + place / 16 - 0.01 for place, part in enumerate(of_sockets))
    assert len({client.ended_at for client in [*streams, *sockets]}) == 16
    assert min(of_sockets) > max(of_streams)


def test_a_stream_is_told_that_its_client_has_gone_and_says_its_last_word():
    client = Client(STREAM, {"type": "http.request"})
    ends(0.1, [client])
    assert client.received == [{"type": "http.request"}, {"type": "http.disconnect"}]
    assert client.sent == [{"type": "the last word"}]


def test_a_socket_is_closed_as_by_a_server_that_restarts_and_nothing_is_sent_after_that():
    message = {"type": "websocket.receive", "bytes": b"1"}
    client = Client(SOCKET, message)
    ends(0.1, [client])
    assert client.received == [message, {"type": "websocket.disconnect", "code": 1012}]
    assert client.sent == [{"type": "websocket.close", "code": 1012}]


@pytest.mark.parametrize("scope", [STREAM, SOCKET])
def test_a_client_that_goes_by_itself_is_forgotten(scope):
    gone = {"type": f"{scope['type']}.disconnect"}
    client = Client(scope, gone)

    async def live():
        draining = Draining(60)
        entrance = Entrance(behind, Health(draining, lambda: False))
        await entrance(client.scope | {"client": client}, client.events.get, client.send)
        assert draining.open == set()
        draining.begin()

    asyncio.run(live())
    assert client.received == [gone]
    assert client.sent == [{"type": "the last word"}]


def test_what_works_when_its_moment_comes_ends_as_soon_as_it_asks_for_more():
    """A script that waits for its turn, a message that is looked at: it is not broken off."""
    client = Client(SOCKET, {"type": "websocket.receive"})

    async def live():
        draining = Draining(0.02)

        async def work(scope, receive, send):
            client.received.append(await receive())
            draining.begin()
            await asyncio.sleep(0.1)
            await send({"type": "websocket.send"})
            client.received.append(await receive())

        entrance = Entrance(work, Health(draining, lambda: False))
        await entrance(client.scope, client.events.get, client.send)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert [event["type"] for event in client.received] == ["websocket.receive", "websocket.disconnect"]
    assert [event["type"] for event in client.sent] == ["websocket.send", "websocket.close"]


def test_the_environment_says_how_long():
    assert seconds_to_drain({}) == seconds_to_drain({"COURSE_DRAIN": ""}) == 0
    assert seconds_to_drain({"COURSE_DRAIN": "2.5"}) == 2.5


@pytest.mark.parametrize("text", ["soon", "-1", "nan", "inf", "20s"])
def test_what_is_no_time_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=f"COURSE_DRAIN has to be a number of seconds.*{text}"):
        seconds_to_drain({"COURSE_DRAIN": text})
