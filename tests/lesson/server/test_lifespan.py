"""The server's start: it prepares itself, opens a browser where there is a screen, and ends at once."""

import asyncio
import signal
import sys
import threading
import time

import pytest
import streamlit as st

from lesson.server import lifespan as module
from lesson.server.draining import Draining
from lesson.server.health import READY, Health
from lesson.server.lifespan import address_to_open, lifespan


class NoRooms:
    """Rooms of which there are none, and what was called."""

    def __init__(self):
        self.calls = []

    def start(self):
        self.calls.append("start")

    def end_streams(self):
        self.calls.append("end_streams")

    async def stop(self):
        self.calls.append("stop")


def new_health(seconds=0.0):
    return Health(Draining(seconds), lambda: False)


@pytest.fixture
def options(monkeypatch):
    values = {"server.headless": False, "server.port": 8501}
    monkeypatch.setattr(st, "get_option", values.get)
    return values


def test_a_machine_without_a_screen_opens_no_browser(options):
    options["server.headless"] = True
    assert address_to_open() == ""


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "http://localhost:8501/"),
        ({"server.port": 80, "server.baseUrlPath": "/course"}, "http://localhost:80/course/"),
        ({"server.address": "10.0.0.5", "server.sslCertFile": "a.pem"}, "https://10.0.0.5:8501/"),
    ],
)
def test_the_address_is_the_servers(options, changes, address):
    options.update(changes)
    assert address_to_open() == address


def test_while_a_thread_computes_the_event_loop_waits_a_millisecond(options):
    options["server.headless"] = True
    before = sys.getswitchinterval()

    async def live():
        async with lifespan(lambda: None, NoRooms(), new_health())(None):
            return sys.getswitchinterval()

    assert asyncio.run(live()) == pytest.approx(module.TURN)
    assert sys.getswitchinterval() == before


def test_the_server_is_prepared_once_and_lets_others_in_meanwhile(options, monkeypatch):
    done, opened, rooms = threading.Event(), [], NoRooms()
    monkeypatch.setattr(module.webbrowser, "open", opened.append)

    def warm_up():
        time.sleep(0.1)
        done.set()

    async def live():
        async with lifespan(warm_up, rooms, new_health(), quiet=0.0)(None):
            began = time.perf_counter()
            for _ in range(40):
                await asyncio.sleep(0.01)
                if done.is_set():
                    return time.perf_counter() - began
        return None

    assert asyncio.run(live())
    assert opened == ["http://localhost:8501/"]
    assert rooms.calls == ["start", "stop"]


def test_who_ends_it_before_does_not_wait(options):
    options["server.headless"] = True
    prepared, rooms = [], NoRooms()

    async def live():
        async with lifespan(lambda: prepared.append(1), rooms, new_health(), quiet=60)(None):
            await asyncio.sleep(0.2)

    asyncio.run(asyncio.wait_for(live(), 5))
    assert prepared == []
    assert rooms.calls == ["stop"]


@pytest.fixture
def files():
    """The limit of open files, as it was before."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield resource
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_process_may_have_a_connection_for_each_phone(files):
    _, hard = files.getrlimit(files.RLIMIT_NOFILE)
    files.setrlimit(files.RLIMIT_NOFILE, (256, hard))
    module.allow_connections()
    soft, _ = files.getrlimit(files.RLIMIT_NOFILE)
    assert soft == (module.CONNECTIONS if hard == files.RLIM_INFINITY else min(module.CONNECTIONS, hard))


def test_a_limit_that_is_high_enough_stays(files, monkeypatch):
    before = files.getrlimit(files.RLIMIT_NOFILE)
    monkeypatch.setattr(module, "CONNECTIONS", 16)
    module.allow_connections()
    assert files.getrlimit(files.RLIMIT_NOFILE) == before


@pytest.fixture
def told(monkeypatch):
    """What the server's own handler, which is the former one of SIGTERM, has been told."""
    told = []
    monkeypatch.setattr(module, "GRACE", 0.05)
    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in former:
        signal.signal(number, lambda number, frame: told.append(number))
    yield told
    for number, handler in former.items():
        signal.signal(number, handler)


async def until(condition):
    while not condition():
        await asyncio.sleep(0.01)


def test_before_the_server_ends_the_streams_are_ended_and_later_it_no_longer_waits(options, told):
    rooms = NoRooms()
    options["server.headless"] = True

    async def live():
        async with lifespan(lambda: None, rooms, new_health(), quiet=60)(None):
            signal.raise_signal(signal.SIGTERM)
            assert told == [signal.SIGTERM]
            await until(lambda: len(told) == 2)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert told == [signal.SIGTERM, signal.SIGINT]
    assert rooms.calls == ["end_streams", "stop"]


def test_a_server_that_is_to_drain_is_told_when_that_is_over(options, told):
    rooms, health = NoRooms(), new_health(0.2)
    options["server.headless"] = True

    async def live():
        async with lifespan(lambda: None, rooms, health, quiet=60)(None):
            signal.raise_signal(signal.SIGTERM)
            assert health.state == "draining"  # before the event loop has had a turn
            await asyncio.sleep(0.1)
            assert told == rooms.calls == []
            await until(lambda: len(told) == 2)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert told == [signal.SIGTERM, signal.SIGINT]
    assert rooms.calls == ["end_streams", "stop"]


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_the_draining(options, told, second):
    health = new_health(3600)
    options["server.headless"] = True

    async def live():
        async with lifespan(lambda: None, NoRooms(), health, quiet=60)(None):
            signal.raise_signal(signal.SIGTERM)
            assert told == []
            signal.raise_signal(second)
            assert told == [second]

    asyncio.run(asyncio.wait_for(live(), 60))


def test_ctrl_c_never_drains(options, told):
    health = new_health(3600)
    options["server.headless"] = True

    async def live():
        async with lifespan(lambda: None, NoRooms(), health, quiet=60)(None):
            signal.raise_signal(signal.SIGINT)
            assert told == [signal.SIGINT]

    asyncio.run(asyncio.wait_for(live(), 60))
    assert not health.draining.has_begun


def test_it_is_ready_as_soon_as_it_is_prepared(options):
    options["server.headless"] = True
    health, states = new_health(), []

    async def live():
        async with lifespan(lambda: states.append(health.state), NoRooms(), health, quiet=0.0)(None):
            await until(lambda: health.state == READY)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert states == ["starting"]


def test_a_server_that_can_not_prepare_itself_says_why_and_is_never_ready(options, caplog):
    options["server.headless"] = True
    health = new_health()

    def fail():
        raise OSError("no space left")

    async def live():
        async with lifespan(fail, NoRooms(), health, quiet=0.0)(None):
            await until(lambda: "no space left" in caplog.text)

    asyncio.run(asyncio.wait_for(live(), 60))
    assert health.state == "starting"
