"""The log in its databases: what is acknowledged is there, what is forgotten is not."""

import asyncio
import os

import platformdirs
import pytest
import sqlalchemy as sql

from lesson.classroom.apply import replay
from lesson.classroom.codes import hash_of
from lesson.classroom.storage import database, log, pending
from lesson.classroom.storage.store import Store
from tests.lesson.classroom.server import Server


@pytest.fixture(params=["memory", "file", pytest.param("postgres", marks=pytest.mark.slow)])
def address(request, tmp_path):
    """Each database, empty."""
    if request.param == "memory":
        return "sqlite://"
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    return request.getfixturevalue("empty_postgres")


@pytest.fixture
def stored(address):
    """Rooms on each database."""
    server = Server(address)
    yield server
    server.close()


def rows(server):
    """All that is stored of rooms."""

    def read():
        with server.rooms.log.store.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sql.select(database.EVENTS))]

    return server.run(server.rooms.log.ask(read))


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


class BrokenStore(Store):
    """A database that stores nothing for a while.  commits: what was to be stored is, and nobody is told."""

    broken = commits = False

    def write(self, code, group):
        if not self.broken:
            return super().write(code, group)
        if self.commits:
            super().write(code, group)
            self.broken = False
        raise sql.exc.OperationalError("insert", {}, OSError("disk full"))

    def check(self):
        if self.broken:
            raise sql.exc.OperationalError("update", {}, OSError("disk full"))


@pytest.fixture
def broken(server):
    """The store of a server's rooms, which can be broken."""
    server.rooms.log.store = store = BrokenStore(lambda: "sqlite://")
    return store


@pytest.fixture
def no_patience(monkeypatch):
    """Let nothing wait for a database that does not answer."""
    monkeypatch.setattr(pending, "PATIENCE", 0.0)


async def votes(server, room, *answers):
    """Let the first students vote at a time."""

    def vote(student, answer):
        body = {"asking": "1", "round": 1, "answer": answer, "n": 5}
        return server.request("POST", f"/{room.code}/vote", body, student)

    return await asyncio.gather(*map(vote, (room.ann, room.bob)[: len(answers)], answers))


def test_what_was_not_stored_has_not_happened_and_is_told(server, broken, no_patience):
    room = lesson(server)
    before = room.live

    async def while_it_is_full():
        stream = await server.listen(room.code)
        broken.broken = True
        replies = await votes(server, room, "reads", "reads")
        state = (await server.request("GET", f"/{room.code}")).json
        broken.broken = False
        while server.rooms.log.is_away:
            await asyncio.sleep(0.01)
        stream.gone.set()
        await stream.task
        told = [value for kind, value in stream.events if kind == "away"]
        return (
            [(reply.status, reply.sentence, reply.headers["retry-after"]) for reply in replies],
            state,
            told,
        )

    replies, state, told = server.run(while_it_is_full())
    assert replies == [(503, "The server has much to store; ask again in a moment.", "1")] * 2
    assert state["away"] and told == [True, False] and not room.state["away"]
    assert room.state["voted"] == 2 and room.live == before == server.log_of(room.code)
    assert room.vote(room.ann, "reads", 5).json == {"counted": True}
    assert server.log_of(room.code) == room.live


@pytest.mark.slow
def test_votes_wait_while_the_database_is_away(server, broken):
    room = lesson(server)

    async def away_for_a_moment():
        broken.broken = True
        asyncio.get_running_loop().call_later(0.6, lambda: setattr(broken, "broken", False))
        return [reply.json for reply in await votes(server, room, "reads", "reads")]

    assert server.run(away_for_a_moment()) == [{"counted": True}] * 2
    assert server.log_of(room.code) == room.live and room.mine(room.bob)["answers"][0]["answer"] == "reads"


@pytest.mark.slow
def test_what_was_told_not_to_be_stored_is_not_stored_later(server, broken, monkeypatch):
    room = lesson(server)

    async def impatient_and_patient():
        broken.broken = True
        monkeypatch.setattr(pending, "PATIENCE", 0.0)
        first = asyncio.create_task(votes(server, room, "reads"))
        while not server.rooms.log._pending._count:
            await asyncio.sleep(0)
        monkeypatch.undo()
        second = asyncio.create_task(
            server.request("POST", f"/{room.code}/admission", {"open": False}, room.host)
        )
        (refused,) = await first
        broken.broken = False
        return refused.status, (await second).status

    assert server.run(impatient_and_patient()) == (503, 200)
    assert room.mine(room.ann)["answers"][0]["answer"] == "adds"
    assert server.log_of(room.code) == room.live and not room.live.admits


@pytest.mark.slow
def test_what_the_database_has_stored_before_it_went_away_is_not_stored_twice(server, broken):
    room = lesson(server)
    before = room.live.number

    async def loses_the_answer():
        broken.broken = broken.commits = True
        joined, asked = await asyncio.gather(
            server.request("POST", f"/{room.code}/join", {}),
            server.request("POST", f"/{room.code}/ask", {"question": "second"}, room.host),
        )
        return joined.status, asked.json["asking"]

    assert server.run(loses_the_answer()) == (201, "2")
    assert room.live.number == before + 2 and server.log_of(room.code) == room.live
    assert len(room.live.students) == 3 and len(room.live.askings) == 2


def test_what_the_database_does_not_take_takes_nobody_with_it(server):
    room = lesson(server)

    class Picky(Store):
        def _insert(self, connection, code, events):
            if any("reads" in str(event.body) for event in events):
                raise sql.exc.DataError("insert", {}, ValueError("no such letter"))
            super()._insert(connection, code, events)

    server.rooms.log.store.__class__ = Picky
    replies = server.run(votes(server, room, "reads", "adds"))
    assert [reply.status for reply in replies] == [503, 200] and not server.rooms.log.is_away
    assert server.log_of(room.code) == room.live


@pytest.mark.slow
def test_what_comes_while_the_database_is_away_is_told_in_time_in_all_rooms(server, broken, monkeypatch):
    """No room waits until those before it have lost their patience."""
    monkeypatch.setattr(pending, "PATIENCE", 0.4)
    rooms = [lesson(server) for _ in range(4)]

    async def one_after_the_other():
        broken.broken, began = True, asyncio.get_running_loop().time()
        replies = await asyncio.gather(*(votes(server, room, "reads") for room in rooms))
        return [reply.status for (reply,) in replies], asyncio.get_running_loop().time() - began

    replies, seconds = server.run(one_after_the_other())
    assert replies == [503] * 4 and seconds < 4 * 0.4


def test_a_mistake_of_ours_in_one_room_stops_no_other(server, caplog):
    room, other = lesson(server), lesson(server)

    class Mistaken(Store):
        def write(self, code, group):
            if code == room.code:
                raise RuntimeError("a mistake")
            return super().write(code, group)

    server.rooms.log.store.__class__ = Mistaken

    async def both():
        return await asyncio.gather(votes(server, room, "reads"), votes(server, other, "reads"))

    ((first,), (second,)) = server.run(both())
    assert (first.status, second.status) == (503, 200) and "a mistake" in caplog.text


def test_an_event_of_a_later_version_changes_nothing_here(server):
    room = lesson(server)
    before = room.live

    def add():
        with server.rooms.log.store.engine.begin() as connection:
            row = {"number": before.number + 1, "at": 1.0, "kind": "noted", "student": "", "body": "{}"}
            connection.execute(sql.insert(database.EVENTS).values(room=room.code, **row))

    server.run(server.rooms.log.ask(add))
    assert room.vote(room.ann, "reads", 9).json == {"counted": True}
    assert room.live.number == before.number + 2 and room.live.askings[0].votes[1] != {}


def test_news_that_comes_after_the_end_harms_nobody(caplog):
    server = Server()
    room = server.room()
    server.run(server.rooms.stop())

    async def hear():
        server.rooms.log._hear({"room": room.code, "number": 0, "urgent": True})
        await asyncio.sleep(0.01)
        return server.rooms.log._reading.exception()

    assert server.run(hear()) is None
    server._runner.close()


def test_nobody_sees_what_is_not_stored_yet(server):
    room = lesson(server)
    version = room.state["stage_version"]

    async def run():
        body = {"asking": "1", "stage": "revealed", "round": 1, "after": version}
        stage = asyncio.create_task(server.request("POST", f"/{room.code}/stage", body, room.host))
        while not server.rooms.log._pending._count:
            await asyncio.sleep(0)
        before = await server.request("GET", f"/{room.code}")
        assert server.rooms.log._pending._count  # it is still on its way
        await stage
        after = await server.request("GET", f"/{room.code}")
        return before.json["asking"]["stage"], after.json["asking"]["stage"]

    assert server.run(run()) == ("vote", "revealed")


def test_a_database_that_is_away_is_said_and_asked_again(server):
    server.rooms.log.store = Store(lambda: "sqlite:////nowhere/rooms.sqlite")
    for reply in (
        server.ask("POST", "", {}),
        server.ask("GET", "/AAAAAA"),
        server.ask("GET", "/AAAAAA/events"),
    ):
        assert (reply.status, reply.headers["retry-after"]) == (503, "1")
    server.rooms.log.store._address = lambda: "sqlite://"

    async def until_back():
        while server.rooms.log.is_away:
            await asyncio.sleep(0.01)

    server.run(until_back())
    assert server.ask("POST", "", {}).status == 201


def test_a_driver_that_is_not_installed_is_said_and_nobody_waits_for_ever(server, caplog):
    server.rooms.log.store = Store(lambda: "postgresql+pg8000://course:PASSWORD@nowhere/rooms")
    assert server.ask("POST", "", {}).status == 503
    assert "pg8000" in caplog.text and "PASSWORD" not in caplog.text


def test_a_queue_that_is_full_is_said(server, monkeypatch):
    room = lesson(server)
    monkeypatch.setattr(pending, "MOST_WAITING", 0)
    assert room.vote(room.ann, "reads", 9).status == 503
    monkeypatch.undo()
    assert room.vote(room.ann, "reads", 9).json == {"counted": True}


def test_who_goes_away_after_asking_has_done_it(server):
    room = lesson(server)

    async def run():
        body = {"asking": "1", "round": 1, "answer": "reads", "n": 9}
        task = asyncio.create_task(server.request("POST", f"/{room.code}/vote", body, room.ann))
        while not server.rooms.log._pending._count:
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await server.rooms.log._pending.end()

    server.run(run())
    assert room.mine(room.ann)["answers"][0]["answer"] == "reads"
    assert replay(server.run(server.rooms.log.events(room.code))) == room.live


def test_a_log_is_read_once_for_all_who_come_at_a_time(server, monkeypatch):
    room = lesson(server)
    server.rooms._live.clear()
    reads, read = [], Store.room

    def count(store, code):
        reads.append(code)
        return read(store, code)

    monkeypatch.setattr(Store, "room", count)

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
