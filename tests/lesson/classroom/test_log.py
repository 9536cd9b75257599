"""The log in its databases: what is acknowledged is there, what is forgotten is not."""

import asyncio
import os

import platformdirs
import pytest
import sqlalchemy as sql

from lesson.classroom.apply import replay
from lesson.classroom.codes import hash_of
from lesson.classroom.event import Event, Kind
from lesson.classroom.server import database, log
from lesson.classroom.server.log import Log, LogError
from tests.lesson.classroom.server import Server


@pytest.fixture(params=["memory", "file", pytest.param("postgres", marks=pytest.mark.slow)])
def address(request, tmp_path):
    """Each database, empty."""
    if request.param == "memory":
        return "sqlite://"
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    address = request.getfixturevalue("postgres")
    engine = database.open_database(address)
    with engine.begin() as connection:
        connection.execute(sql.delete(database.EVENTS))
        connection.execute(sql.delete(database.ENDED))
    engine.dispose()
    return address


@pytest.fixture
def stored(address):
    """Rooms on each database."""
    server = Server(address)
    yield server
    server.close()


def rows(server):
    """All that is stored of rooms."""

    def read():
        with server.rooms._log._opened().connect() as connection:
            return [tuple(row) for row in connection.execute(sql.select(database.EVENTS))]

    return server.run(server.rooms._log._in_thread(read))


def lesson(server):
    room = server.room()
    room.ann, room.bob = room.student(), room.student()
    room.ask()
    room.stage("vote")
    room.vote(room.ann, "adds")
    room.vote(room.bob, "keeps")
    text = 'Ωλ "quoted" 👩‍🔬 \\u0000 \\'
    room.post("commit", {"kind": "x", "value": [text, 0.1, 2**53, None], "n": 3}, room.ann)
    return room


def test_a_restart_finds_everything(stored):
    room = lesson(stored)
    before = room.live
    assert stored.log_of(room.code) == before
    if stored.address != "sqlite://":  # memory is gone with the engine
        stored.restart()
        assert room.state["voted"] == 2 and room.live == before
        assert room.stage("talk").status == 200
        assert room.mine(room.ann)["commits"]["x"]["value"][1:] == [0.1, 2**53, None]


def test_who_is_forgotten_is_nowhere_in_the_database(stored):
    room = lesson(stored)
    room.post("forget", {}, room.ann)
    kinds = [kind for _, _, _, kind, student, _ in rows(stored) if student == hash_of(room.ann)]
    assert kinds == ["left"]
    assert stored.log_of(room.code).askings == room.live.askings
    assert stored.log_of(room.code).students == room.live.students


def test_a_deleted_room_leaves_its_code_alone(stored):
    room, other = lesson(stored), lesson(stored)
    stored.ask("DELETE", f"/{room.code}", token=room.host)
    assert {row[0] for row in rows(stored)} == {other.code}
    assert room.get().status == 410 and other.get().status == 200
    stored.run(stored.rooms.end(room.code))  # once more does no harm
    assert room.get().status == 410


def test_what_is_deleted_is_deleted_also_where_the_file_can_t_be_wiped(stored, monkeypatch, caplog):
    def fail(engine):
        raise sql.exc.OperationalError("checkpoint", {}, Exception("busy"))

    room = lesson(stored)
    monkeypatch.setattr(log, "wipe", fail)
    assert room.post("forget", {}, room.ann).status == 204
    assert room.state["joined"] == 1
    assert stored.ask("DELETE", f"/{room.code}", token=room.host).status == 204
    assert room.get().status == 410
    assert "still in the file: busy" in caplog.text and "not stored" not in caplog.text


def test_no_secret_is_stored(stored):
    room = lesson(stored)
    once = room.post("pair", {}, room.host).json["once"]
    text = repr(rows(stored))
    assert not [secret for secret in (room.host, room.ann, room.bob, once) if secret in text]


def test_a_file_holds_nothing_of_who_is_forgotten_or_of_a_deleted_room(tmp_path):
    server = Server(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    room = lesson(server)
    room.post("commit", {"kind": "x", "value": "WORDS-OF-ANN", "n": 9}, room.ann)
    room.post("commit", {"kind": "x", "value": "WORDS-OF-BOB", "n": 9}, room.bob)
    handle = room.mine(room.ann)["handle"]

    def everything():
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"WORDS-OF-ANN" in everything()
    assert not [secret for secret in (room.host, room.ann, room.bob) if secret.encode() in everything()]
    room.post("forget", {}, room.ann)
    assert b"WORDS-OF-ANN" not in everything() and handle.encode() not in everything()
    assert b"WORDS-OF-BOB" in everything()
    server.ask("DELETE", f"/{room.code}", token=room.host)
    assert b"WORDS-OF-BOB" not in everything() and hash_of(room.bob).encode() not in everything()
    server.close()


# -- what can't be stored has not happened --


def event(number, kind=Kind.ADMISSION, body=None):
    return Event(number, 1.0, kind, "", body or {"open": True})


def with_log(address, story):
    async def run():
        log = Log(lambda: address)
        try:
            return await story(log)
        finally:
            await log.close()

    return asyncio.run(run())


async def outcomes(*futures):
    return [type(result) for result in await asyncio.gather(*futures, return_exceptions=True)]


def test_an_event_that_does_not_follow_the_last_one_is_not_stored(address):
    async def story(log):
        assert await outcomes(log.append("A", event(1)), log.append("A", event(2))) == [type(None)] * 2
        # 3 and 4 are on their way together; 6 builds on what has not happened; another room has its own.
        results = await outcomes(*(log.append(*row) for row in (("A", event(4)), ("B", event(1)))))
        assert results == [LogError, type(None)]
        assert await outcomes(log.append("A", event(3))) == [type(None)]
        return [row.number for row in await log.events("A")], await log.codes()

    numbers, codes = with_log(address, story)
    assert numbers == [1, 2, 3] and set(codes) == {"A", "B"}


def test_of_two_servers_that_write_to_a_room_the_second_is_told(address):
    if address == "sqlite://":
        pytest.skip("each has a memory of its own")

    async def story(log):
        await log.append("A", event(1))
        other = Log(lambda: address)
        await other.room("A")
        await other.append("A", event(2))
        assert await outcomes(log.append("A", event(2)), log.append("C", event(1))) == [LogError, type(None)]
        await log.room("A")
        await log.append("A", event(3))
        await other.close()
        return [row.number for row in await log.events("A")]

    assert with_log(address, story) == [1, 2, 3]


class BrokenLog(Log):
    """A database that stores nothing for a while."""

    broken = False

    def _insert_all(self, rows):
        if self.broken:
            raise sql.exc.OperationalError("insert", {}, OSError("disk full"))
        super()._insert_all(rows)


def test_what_was_not_stored_has_not_happened_and_is_told(server):
    server.rooms._log = log = BrokenLog(lambda: "sqlite://")
    room = lesson(server)
    before = room.live

    async def votes_while_it_is_full():
        stream = await server.listen(room.code)
        log.broken = True
        body = {"asking": "1", "round": 1, "answer": "reads", "n": 5}
        path = f"/{room.code}/vote"
        replies = await asyncio.gather(
            *(server.request("POST", path, body, who) for who in (room.ann, room.bob))
        )
        await asyncio.wait_for(stream.task, 60)  # it ends: what it has told is no more
        log.broken = False
        return [(reply.status, reply.sentence, reply.headers["retry-after"]) for reply in replies]

    assert (
        server.run(votes_while_it_is_full())
        == [(503, "The server has much to store; ask again in a moment.", "1")] * 2
    )
    assert room.state["voted"] == 2 and room.live == before
    assert room.vote(room.ann, "reads", 5).json == {"counted": True}
    assert server.log_of(room.code) == room.live


def test_nobody_sees_what_is_not_stored_yet(server):
    room = lesson(server)

    async def run():
        body = {"asking": "1", "stage": "revealed", "round": 1, "after": room_version}
        stage = asyncio.create_task(server.request("POST", f"/{room.code}/stage", body, room.host))
        live = server.rooms._live[room.code]
        while live.head is live.room:
            await asyncio.sleep(0)
        state = await server.request("GET", f"/{room.code}")
        assert live.head is not live.room  # it is still on its way
        await stage
        return state.json["asking"]["stage"], (await server.request("GET", f"/{room.code}")).json["asking"][
            "stage"
        ]

    room_version = room.state["stage_version"]
    assert server.run(run()) == ("vote", "revealed")


def test_a_database_that_is_away_is_said_and_asked_again(server, monkeypatch):
    server.rooms._log = Log(lambda: "sqlite:////nowhere/rooms.sqlite")
    for reply in (
        server.ask("POST", "", {}),
        server.ask("GET", "/AAAAAA"),
        server.ask("GET", "/AAAAAA/events"),
    ):
        assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    server.rooms._log._address = lambda: "sqlite://"
    assert server.ask("POST", "", {}).status == 201


def test_a_driver_that_is_not_installed_is_said_and_nobody_waits_for_ever(server, caplog):
    server.rooms._log = Log(lambda: "postgresql+pg8000://course:PASSWORD@nowhere/rooms")
    server.rooms._codes = set()
    assert server.ask("POST", "", {}).status == 503
    assert "pg8000" in caplog.text and "PASSWORD" not in caplog.text


def test_a_queue_that_is_full_is_said(server, monkeypatch):
    from lesson.classroom.server import log

    room = lesson(server)
    monkeypatch.setattr(log, "MOST_WAITING", 0)
    assert room.vote(room.ann, "reads", 9).status == 503
    monkeypatch.undo()
    assert room.vote(room.ann, "reads", 9).json == {"counted": True}


def test_who_goes_away_after_asking_has_done_it(server):
    room = lesson(server)

    async def run():
        body = {"asking": "1", "round": 1, "answer": "reads", "n": 9}
        task = asyncio.create_task(server.request("POST", f"/{room.code}/vote", body, room.ann))
        live = server.rooms._live[room.code]
        while live.head is live.room:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await server.rooms._log.codes()
        await asyncio.sleep(0)

    server.run(run())
    assert room.mine(room.ann)["answers"][0]["answer"] == "reads"
    assert replay(server.run(server.rooms._log.events(room.code))) == room.live


def test_a_log_is_read_once_for_all_who_come_at_a_time(server, monkeypatch):
    room = lesson(server)
    server.rooms._live.clear()
    reads, read = [], server.rooms._log._room

    def count(code):
        reads.append(code)
        return read(code)

    monkeypatch.setattr(server.rooms._log, "_room", count)

    async def run():
        return await asyncio.gather(*(server.request("GET", f"/{room.code}") for _ in range(30)))

    assert {reply.status for reply in server.run(run())} == {200} and reads == [room.code]


# -- where it is --


def test_tests_never_touch_the_users_own_database():
    assert os.environ[database.SETTING] == database.database_address() == "sqlite://"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's cache folder, and no setting."""
    monkeypatch.delenv(database.SETTING)
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path / "cache" / "course"))
    return tmp_path


def test_a_file_in_the_users_cache_folder_for_nobody_else(home):
    file = home / "cache" / "course" / "rooms.sqlite"
    assert database.database_address() == f"sqlite:///{file}"
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    server = Server(database.database_address())
    server.room()
    assert {path.stat().st_mode & 0o077 for path in file.parent.iterdir()} <= {0} or os.name != "posix"
    server.close()


def test_where_nothing_can_be_written_rooms_live_in_memory(home, monkeypatch):
    (home / "cache").write_text("no folder")
    assert database.database_address() == "sqlite://"
    (home / "cache").unlink()
    (home / "cache" / "course" / "rooms.sqlite").mkdir(parents=True)
    assert database.database_address() == "sqlite://"
    monkeypatch.setattr(database.Path, "touch", lambda *_, **__: (_ for _ in ()).throw(PermissionError()))
    assert database.database_address() == "sqlite://"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_by_its_usual_addresses(postgres, name):
    engine = database.open_database(postgres.replace("postgresql", name))
    assert engine.driver == "psycopg"
    engine.dispose()
