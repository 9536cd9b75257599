"""A PostgreSQL that is stopped and started again while three servers lead a room."""

import asyncio

import pytest
import sqlalchemy as sql

from lesson.classroom.storage import log as log_module
from lesson.classroom.storage.pending import LogError
from tests.cluster.postgres import IS_HERE, Postgres
from tests.lesson.classroom.server import Class, Server
from tests.lesson.classroom.test_several_servers import agree, until

pytestmark = pytest.mark.slow


@pytest.fixture
def database():
    """A PostgreSQL for one test."""
    if not IS_HERE:
        pytest.skip("no PostgreSQL on this machine")  # that CI has one is tested elsewhere
    with Postgres() as database:
        yield database


def test_votes_wait_while_it_is_stopped_every_server_says_so_and_nothing_is_lost(database):
    first = Server(database.address)
    servers = [first, *(Server(database.address, first) for _ in range(2))]
    room = first.room()
    rooms = [Class(server, room.code, room.host) for server in servers]
    tokens = [rooms[k % 3].student() for k in range(30)]
    rooms[0].ask()
    rooms[0].stage("vote")

    def vote(k):
        body = {"asking": "1", "round": 1, "answer": "keeps", "n": 1}
        return rooms[k % 3].server.request("POST", f"/{room.code}/vote", body, tokens[k])

    async def until_stored(k):
        """Send it again until it is stored, as a phone does."""
        refusals = 0
        while (reply := await vote(k)).status == 503:
            refusals += 1
            await asyncio.sleep(0.1)
        return reply.json, refusals

    async def story():
        streams = [await each.server.listen(room.code) for each in rooms]
        await asyncio.to_thread(database.stop)
        waiting = [asyncio.create_task(until_stored(k)) for k in range(30)]
        # Also on a server on which nobody has sent anything since.
        await until(lambda: all(server.rooms.log.is_away for server in servers))
        states = [(await each.server.request("GET", f"/{room.code}")).json["away"] for each in rooms]
        stage = {"asking": "1", "stage": "talk", "round": 1, "after": states and rooms[0].live.stage_version}
        refused = await rooms[0].server.request("POST", f"/{room.code}/stage", stage, room.host)
        await asyncio.to_thread(database.start)
        replies = await asyncio.gather(*waiting)
        await until(lambda: not any(server.rooms.log.is_away for server in servers))
        for stream in streams:
            stream.gone.set()
            await stream.task
        return states, refused.status, replies, [stream.events for stream in streams]

    states, refused, replies, events = first.run(story())
    assert states == [True, True, True] and refused == 503
    assert [reply for reply, _ in replies] == [{"counted": True}] * 30
    assert [[value for kind, value in each if kind == "away"] for each in events] == [[True, False]] * 3
    after = agree(rooms)
    assert after.voted() == 30 and after.asking.stage == "vote"  # what was refused does not come later
    for server in reversed(servers):
        server.close()


def test_a_database_that_was_away_while_nobody_asked_is_not_away(database):
    server = Server(database.address)
    room = server.room()
    server.run(asyncio.sleep(0.3))  # it hears the news by now
    server.rooms.log._news.stop()  # but not of what comes
    database.stop()
    database.start()
    assert server.ask("POST", "", {}).status == 201
    assert room.student() and not server.rooms.log.is_away
    server.close()


def test_a_database_that_hangs_is_away_and_its_thread_is_freed(database, monkeypatch):
    """Its own limits do not help where it has stopped in the middle."""
    monkeypatch.setattr(log_module, "HANGS", 0.5)
    server = Server(database.address)
    room = server.room()
    log = server.rooms.log

    def hang():
        with log.store.engine.connect() as connection:
            connection.execute(sql.text("SET statement_timeout = 0"))
            connection.execute(sql.text("SELECT pg_sleep(600)"))

    async def story():
        with pytest.raises(LogError):
            await log.ask(hang)
        assert log.is_away
        await until(lambda: not log.is_away)
        return (await server.request("POST", f"/{room.code}/join", {})).status

    assert server.run(story()) == 201
    server.close()
