"""Several servers with the same rooms: what one stores the others show, and all agree."""

import asyncio
import random
import time

import pytest
import sqlalchemy as sql

from lesson.classroom import refusals
from lesson.classroom.server import experiments
from lesson.classroom.server import rooms as rooms_module
from lesson.classroom.storage import database, log, news, short_lived
from lesson.classroom.storage import store as store_module
from tests.lesson.classroom.server import Class, Server

SECONDS = 30.0  # after which a test has failed


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.slow)])
def address(request, tmp_path, monkeypatch):
    """Each database that servers can share, empty."""
    monkeypatch.setattr(news, "ASKING", 0.05)
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    return request.getfixturevalue("empty_postgres")


@pytest.fixture
def servers(address):
    """Three servers in one event loop."""
    first = Server(address)
    others = [Server(address, first) for _ in range(2)]
    yield [first, *others]
    for server in [*others, first]:
        server.close()


@pytest.fixture
def rooms(servers):
    """The same room, as it is reached through each of the servers."""
    room = servers[0].room()
    rooms = [Class(server, room.code, room.host) for server in servers]
    assert [room.state["joined"] for room in rooms] == [0, 0, 0]
    return rooms


async def until(condition):
    async with asyncio.timeout(SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


def agree(rooms):
    """Wait until all servers have the same room, and return it."""

    def same():
        return len({room.live.number for room in rooms}) == 1

    rooms[0].server.run(until(same))
    (first, *others) = [room.live for room in rooms]
    assert all(other == first for other in others)
    assert rooms[0].server.log_of(rooms[0].code) == first
    return first


def test_what_happens_on_one_server_is_shown_on_the_others(rooms):
    one, two, three = rooms
    ann, bob = two.student(), three.student()
    one.ask()
    one.stage("vote")
    two.server.run(until(lambda: two.live.asking and two.live.asking.stage == "vote"))
    assert two.vote(ann, "adds").json == {"counted": True}
    agree(rooms)
    assert three.vote(bob, "keeps").json == {"counted": True}
    assert agree(rooms).voted() == 2
    assert one.state == two.state == three.state


def test_a_student_is_known_everywhere_at_once(rooms):
    """No server has to have heard of it: it looks before it says that it does not know somebody."""
    one, two, _ = rooms
    for _ in range(5):
        assert two.mine(one.student())["answers"] == []
    assert two.get("/mine", "0" * 22).status == 403


def test_a_vote_counts_in_the_stage_that_the_room_has_and_not_in_the_one_a_server_has_heard_of(rooms):
    one, two, _ = rooms
    ann = two.student()
    one.ask()
    assert two.vote(ann, "adds").sentence == "The vote is closed."
    one.stage("vote")
    assert two.vote(ann, "adds").json == {"counted": True}
    one.stage("talk")
    assert two.vote(ann, "keeps", 2).sentence == "The vote is closed."
    (vote,) = agree(rooms).asking.votes[1].values()
    assert vote.answer == "adds"


def test_of_several_devices_on_several_servers_that_act_at_a_time_the_first_wins(rooms):
    one, two, three = rooms
    one.ask()
    version = one.state["stage_version"]
    body = {"asking": "1", "stage": "vote", "round": 1, "after": version}

    async def all_act():
        requests = (room.server.request("POST", f"/{room.code}/stage", body, room.host) for room in rooms)
        return sorted(reply.status for reply in await asyncio.gather(*requests))

    assert one.server.run(all_act()) == [200, 409, 409]
    assert agree(rooms).asking.stage == "vote"


def test_votes_and_joins_of_three_servers_at_a_time_are_each_stored_once(rooms):
    dice = random.Random(1)

    async def join(room):
        return (await room.server.request("POST", f"/{room.code}/join", {})).json

    async def vote(token, n):
        room = dice.choice(rooms)
        body = {"asking": "1", "round": 1, "answer": dice.choice(["keeps", "adds"]), "n": n}
        reply = await room.server.request("POST", f"/{room.code}/vote", body, token)
        return (reply.status, reply.json)

    async def joined():
        return await asyncio.gather(*(join(rooms[k % 3]) for k in range(60)))

    students = rooms[0].server.run(joined())
    assert sorted(student["seat"] for student in students) == list(range(60))
    assert len({student["handle"] for student in students}) == 60
    rooms[0].ask()
    rooms[0].stage("vote")
    tokens = [student["token"] for student in students]

    async def burst():
        return await asyncio.gather(*(vote(token, n) for n in (1, 2, 3) for token in tokens))

    replies = rooms[0].server.run(burst())
    assert {status for status, _ in replies} == {200}
    room = agree(rooms)
    assert room.voted() == 60 and {vote.n for vote in room.asking.votes[1].values()} == {3}
    numbers = [event.number for event in rooms[0].server.run(rooms[0].server.rooms.log.events(rooms[0].code))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_listeners_of_all_servers_are_told_once(rooms):
    one, two, three = rooms

    async def story():
        streams = [await room.server.listen(room.code) for room in rooms]
        body = {"page": "gates", "query": "f=1"}
        await one.server.request("POST", f"/{one.code}/follow", body, one.host)
        await until(lambda: all(len(stream.events) == 2 for stream in streams))
        await asyncio.sleep(0.2)
        for stream in streams:
            stream.gone.set()
            await stream.task
        return [stream.events for stream in streams]

    events = one.server.run(story())
    assert events[0] == events[1] == events[2] and [len(each) for each in events] == [2, 2, 2]


def test_a_burst_of_votes_is_read_by_the_others_a_few_times_and_a_stage_at_once(rooms, address):
    if address.startswith("sqlite"):
        pytest.skip("a file tells nothing: it is asked")
    one, two, _ = rooms
    tokens = [one.student() for _ in range(50)]
    one.ask()
    one.stage("vote")
    agree(rooms)
    store, reads = two.server.rooms.log.store, []
    read = store.room
    store.room = lambda code: (reads.append(code), read(code))[1]

    async def burst():
        for token in tokens:
            body = {"asking": "1", "round": 1, "answer": "keeps", "n": 1}
            await one.server.request("POST", f"/{one.code}/vote", body, token)

    began = time.monotonic()
    one.server.run(burst())
    assert agree(rooms).voted() == 50
    assert 1 <= len(reads) <= 2 + (time.monotonic() - began) / log.LATER
    reads.clear()
    one.stage("talk")
    agree(rooms)
    assert len(reads) == 1


def test_a_full_room_lets_nobody_go_who_takes_part_through_another_server(rooms, monkeypatch):
    for module in (refusals, rooms_module):
        monkeypatch.setattr(module, "MOST_STUDENTS", 2)
    one, two, _ = rooms
    ann, silent = one.student(), one.student()
    one.ask()
    one.stage("vote")
    assert two.vote(ann, "adds").json == {"counted": True}
    agree(rooms)
    one.mine(one.student())  # in place of the one who was never heard of
    assert one.get("/mine", silent).status == 403
    assert one.mine(ann)["answers"] and one.post("join", {}).status == 409
    assert agree(rooms).voted() == 1


def test_a_room_that_somebody_listens_to_elsewhere_makes_no_way(servers, monkeypatch, address):
    if address.startswith("sqlite"):
        pytest.skip("a file is one server's, as a rule")
    monkeypatch.setattr(rooms_module, "MOST_SHARED", 1)
    one, two, _ = servers
    room = two.room()

    async def open_beside_a_listener():
        stream = await two.listen(room.code)
        reply = await one.request("POST", "", {})
        state = await two.request("GET", f"/{room.code}")
        stream.gone.set()
        await stream.task
        return reply.status, state.status

    assert two.run(open_beside_a_listener()) == (503, 200)


def test_a_channel_that_somebody_else_uses_is_heard_all_the_same(rooms, address):
    if address.startswith("sqlite"):
        pytest.skip("a file tells nothing")
    one, two, _ = rooms
    engine = one.server.rooms.log.store.engine

    async def disturb():
        for text in ("no JSON", "[1]", '{"room": 7}', '{"room": "AAAAAA"}', ""):
            await asyncio.to_thread(notify, text)

    def notify(text):
        with engine.begin() as connection:
            connection.execute(sql.select(sql.func.pg_notify(store_module.CHANNEL, text)))

    one.server.run(disturb())
    one.student()
    assert len(agree(rooms).students) == 1 and two.state["joined"] == 1


def test_a_database_that_has_lost_its_last_events_is_followed_by_all(rooms, address):
    if address.startswith("sqlite"):
        pytest.skip("a file that loses events is another file")
    one, two, _ = rooms
    for _ in range(3):
        one.student()
    last = agree(rooms).number

    def lose():
        with one.server.rooms.log.store.engine.begin() as connection:
            connection.execute(sql.delete(database.EVENTS).where(database.EVENTS.c.number == last))

    async def come_back():
        await asyncio.to_thread(lose)
        for room in rooms:
            room.server.rooms.log._set_away()
        await until(lambda: all(room.live.number == last - 1 for room in rooms))

    one.server.run(come_back())
    two.student()
    assert agree(rooms).number == last and len(one.live.students) == 3


def test_a_lecturer_pairs_a_device_through_another_server_once(rooms):
    one, two, three = rooms
    once = one.post("pair", {}, one.host).json["once"]
    reply = two.server.ask("POST", "/pair", {"once": once})
    assert reply.status == 200
    assert three.server.ask("POST", "/pair", {"once": once}).status == 403
    assert three.get("/results", reply.json["host"]).status == 200
    assert one.post("host", {}, one.host).status == 200  # all other devices are out
    agree(rooms)
    assert three.get("/results", reply.json["host"]).status == 403


def test_a_room_that_is_over_is_over_everywhere(rooms):
    one, two, three = rooms

    async def listen_and_end():
        stream = await two.server.listen(two.code)
        await one.server.request("DELETE", f"/{one.code}", token=one.host)
        async with asyncio.timeout(SECONDS):
            await stream.task

    one.server.run(listen_and_end())
    one.server.run(until(lambda: not any(room.server.rooms.numbers() for room in rooms)))
    assert [room.get().status for room in rooms] == [410, 410, 410]


def test_two_servers_never_open_the_same_room(servers, monkeypatch):
    codes = iter(["AAAAAA", "AAAAAA", "AAAAAA", "CCCCCC", "DDDDDD"])
    monkeypatch.setattr(rooms_module, "new_code", lambda others: next(codes))
    assert [server.room().code for server in servers] == ["AAAAAA", "CCCCCC", "DDDDDD"]


def test_one_server_trains_and_all_show_what_has_come(rooms, monkeypatch):
    monkeypatch.setattr(experiments, "LOOK", 0.02)
    one, two, three = rooms
    one.ask("seeds_recall")
    one.stage("vote")
    one.stage("revealed")

    async def watch():
        async with asyncio.timeout(SECONDS):
            while two.live.asking is None or not two.live.asking.measured:
                for room in (two, three):
                    await room.server.request("GET", f"/{room.code}/runs/1")
                await asyncio.sleep(0.02)

    one.server.run(watch())
    assert agree(rooms).asking.measured
    assert sum(bool(room.server.trainer.looks) for room in rooms) == 1
    assert one.get("/runs/1").json == two.get("/runs/1").json == three.get("/runs/1").json


def test_where_the_server_that_trains_is_gone_another_one_does(rooms, monkeypatch):
    monkeypatch.setattr(experiments, "LOOK", 0.02)
    one, two, _ = rooms
    log, now = one.server.rooms.log, one.server.now
    claim = short_lived.claim_experiment
    until = now + experiments.LEASE
    assert one.server.run(log.ask(lambda: claim(log.store.engine, one.code, "1", "gone", now, until)))
    one.ask("seeds_recall")
    one.stage("vote")
    one.stage("revealed")

    async def ask(times):
        for _ in range(times):
            await two.server.request("GET", f"/{two.code}/runs/1")
            await asyncio.sleep(0.02)
        return sum(bool(room.server.trainer.looks) for room in rooms)

    assert two.server.run(ask(10)) == 0
    for room in rooms:
        room.server.now = until + 1
    assert two.server.run(ask(20)) == 1
