"""Streams: who is told what, and when; who is let go."""

import asyncio

import pytest

from lesson.classroom.server import listeners, rooms


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No test waits for half a second, or for a client that does not read."""
    monkeypatch.setattr(listeners, "TALLY", 0.03)
    monkeypatch.setattr(listeners, "POSITIONS", 0.03)


async def until(condition):
    while not condition():
        await asyncio.sleep(0.001)


async def ask(room, path, body, token=""):
    reply = await room.server.request("POST", f"/{room.code}/{path}", body, token)
    assert reply.status < 300, reply.body
    return reply.json


def listen(room, story):
    """Run a story with a stream that is open; returns the stream."""

    async def run():
        stream = await room.server.listen(room.code)
        await asyncio.wait_for(story(stream), 60)
        stream.gone.set()
        await stream.task
        return stream

    stream = room.server.run(run())
    assert room.server.rooms._live[room.code].listeners.count == 0
    return stream


def test_a_listener_is_sent_the_state_and_then_what_changes(room):
    ann = room.student()

    async def story(stream):
        await ask(room, "ask", {"question": "forget"}, room.host)
        await until(lambda: len(stream.events) == 2)
        body = {"asking": "1", "stage": "vote", "round": 1, "after": stream.events[-1][1]["stage_version"]}
        await ask(room, "stage", body, room.host)
        await until(lambda: len(stream.events) == 3)
        await ask(room, "vote", {"asking": "1", "round": 1, "answer": "adds", "n": 1}, ann)
        await until(lambda: len(stream.events) == 4)

    stream = listen(room, story)
    assert [kind for kind, _ in stream.events] == ["state", "state", "state", "tally"]
    assert stream.events[2][1]["asking"]["stage"] == "vote"
    assert (
        set(stream.events[3][1]) == {"tally_version", "joined", "voted"} and stream.events[3][1]["voted"] == 1
    )


def test_the_tally_is_told_at_most_every_half_second(room):
    async def story(stream):
        for _ in range(20):
            await ask(room, "join", {})
        await until(lambda: stream.events[-1][1]["joined"] == 20)

    kinds = [kind for kind, _ in listen(room, story).events]
    assert kinds[0] == "state" and 1 <= kinds.count("tally") <= 4


def test_a_commit_is_told_to_nobody(room):
    ann = room.student()

    async def story(stream):
        for n in range(5):
            await ask(room, "commit", {"kind": "x", "value": n, "n": n}, ann)
        await asyncio.sleep(0.1)

    assert len(listen(room, story).events) == 1


def test_open_bars_move_with_each_vote(room):
    ann = room.student()
    room.ask()
    room.stage("vote", bars=True)

    async def story(stream):
        await ask(room, "vote", {"asking": "1", "round": 1, "answer": "adds", "n": 1}, ann)
        await until(lambda: len(stream.events) == 2)

    kind, state = listen(room, story).events[-1]
    assert kind == "state" and state["asking"]["rounds"][0]["adds"] == 1


def test_positions_are_told_to_who_listens_the_latest_of_several_and_stored_nowhere(room):
    number = room.live.number

    async def story(stream):
        for f in range(30):
            reply = await room.server.request(
                "POST", f"/{room.code}/position", {"position": {"f": str(f)}}, room.host
            )
            assert reply.status == 204
        await until(lambda: stream.events[-1][1].get("f") == "29")

    positions = [value for kind, value in listen(room, story).events if kind == "position"]
    assert 1 <= len(positions) < 10 and room.live.number == number

    async def late(stream):
        await ask(room, "follow", {"page": "gates"}, room.host)
        await until(lambda: len(stream.events) == 3)

    # Who comes later is told where they are now; another page ends it.
    assert [kind for kind, _ in listen(room, late).events] == ["state", "position", "state"]


def test_who_listens_and_says_nothing_is_sent_a_sign_of_life(room, monkeypatch):
    monkeypatch.setattr(listeners, "_SIGN_OF_LIFE", 0.01)

    async def story(stream):
        await until(lambda: stream.data.endswith(b"\n\n:\n\n:\n\n"))

    listen(room, story)


def test_who_never_reads_is_let_go_and_holds_up_nobody(room, monkeypatch):
    monkeypatch.setattr(listeners, "_PATIENCE", 0.1)

    async def story(stream):
        deaf = [await room.server.listen(room.code) for _ in range(50)]
        for other in deaf:
            other.reads.clear()
        await ask(room, "ask", {"question": "forget"}, room.host)
        await until(lambda: len(stream.events) == 2)
        await asyncio.gather(*(other.task for other in deaf))
        assert not any(other.ended for other in deaf)

    listen(room, story)


def test_streams_end_when_the_server_is_told_to_even_those_that_nobody_reads(room, monkeypatch):
    monkeypatch.setattr(listeners, "_FAREWELL", 0.05)

    async def story(stream):
        deaf = await room.server.listen(room.code)
        deaf.reads.clear()
        room.server.rooms.end_streams()
        await asyncio.gather(stream.task, deaf.task)
        assert stream.ended and not deaf.ended

    listen(room, story)


def test_streams_end_with_the_room(room):
    async def end():
        stream = await room.server.listen(room.code)
        await room.server.request("DELETE", f"/{room.code}", token=room.host)
        await asyncio.wait_for(stream.task, 60)
        return stream

    assert room.server.run(end()).ended


@pytest.mark.parametrize(("module", "limit"), [(listeners, "MOST"), (rooms, "MOST_LISTENERS")])
def test_too_many_streams(room, monkeypatch, module, limit):
    monkeypatch.setattr(module, limit, 3)
    other = room.server.room()

    async def run():
        streams = [await room.server.listen(code) for code in [room.code] * 3]
        where = other.code if limit == "MOST_LISTENERS" else room.code
        refused = await room.server.request("GET", f"/{where}/events")
        assert (await room.server.request("GET", f"/{where}")).status == 200  # they can ask
        for stream in streams:
            stream.gone.set()
        await asyncio.gather(*(stream.task for stream in streams))
        again = await room.server.listen(where)
        again.gone.set()
        await again.task
        return refused, again.status

    refused, status = room.server.run(run())
    assert refused.sentence == "Too many listen to this room; ask from time to time."
    assert (refused.status, refused.headers["retry-after"], status) == (503, "1", 200)


def test_the_state_is_made_once_for_all_who_ask_and_listen(room, monkeypatch):
    made = []
    monkeypatch.setattr(
        listeners, "public_state", lambda room: made.append(room.number) or {"n": room.number}
    )

    async def run():
        streams = [await room.server.listen(room.code) for _ in range(20)]
        await ask(room, "ask", {"question": "forget"}, room.host)
        await until(lambda: all(len(stream.events) == 2 for stream in streams))
        for stream in streams:
            await room.server.request("GET", f"/{room.code}")
            stream.gone.set()
        await asyncio.gather(*(stream.task for stream in streams))

    room.server.run(run())
    assert made == [1, 2]
