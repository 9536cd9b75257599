"""A real server in a process of its own that is told to end, with and without others beside it."""

import contextlib
import http.client
import json
import os
import signal
import time

import pytest

from tests.lesson.classroom.test_processes import open_vote, running
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="it sends signals that other systems have"),
]
LONG = "3600"  # seconds: nothing that a test does is too late


@pytest.fixture
def begin(tmp_path, monkeypatch):
    """Starts a server with a vote that is open; returns it, the room's code and a student's token."""
    with contextlib.ExitStack() as stack:

        def call(drain):
            monkeypatch.setenv("COURSE_DRAIN", drain)
            server = stack.enter_context(running(tmp_path))
            code, _, (token,) = open_vote(server, 1)
            return server, code, token

        yield call


def get(server, path):
    """Status and body of what a browser asks for."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read()


class HalfSent:
    """A vote of which the half has been sent."""

    def __init__(self, server, code, token):
        self._body = json.dumps({"asking": "1", "round": 1, "answer": "a", "n": 1}).encode()
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._connection.putrequest("POST", f"/api/rooms/{code}/vote")
        self._connection.putheader("authorization", f"Bearer {token}")
        self._connection.putheader("content-type", "application/json")
        self._connection.putheader("content-length", str(len(self._body)))
        self._connection.endheaders(self._body[:10])

    def finish(self):
        self._connection.send(self._body[10:])
        with contextlib.closing(self._connection):
            return self._connection.getresponse().status


def has_ended(stream):
    """Wait until a stream has ended as it should: with its last chunk."""
    data = b""
    while not data.endswith(b"0\r\n\r\n"):
        piece = stream.recv(4_096)
        assert piece, "the connection was closed in the middle"
        data += piece
    return True


def test_it_serves_whom_it_has_and_sends_newcomers_away_before_it_ends(begin, tmp_path):
    server, code, token = begin(LONG)
    wait_until(lambda: get(server, "/healthz") == (200, b'{"state": "ready"}'))
    stream, half = server.listen(code), HalfSent(server, code, token)
    assert get(server, "/gates")[0] == 200
    server.process.send_signal(signal.SIGTERM)
    wait_until(lambda: get(server, "/healthz") == (503, b'{"state": "draining"}'))
    assert half.finish() == 200
    assert has_ended(stream)
    assert {get(server, path)[0] for path in ("/gates", f"/j/{code}", f"/api/rooms/{code}/events")} == {503}
    body = {"asking": "1", "round": 1, "answer": "b", "n": 2}
    assert server.ask("POST", f"/{code}/vote", body, token) == (200, {"counted": True})
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(60)
    with running(tmp_path) as again:
        (answer,) = again.ask("GET", f"/{code}/mine", token=token)[1]["answers"]
        assert (answer["answer"], answer["n"]) == ("b", 2)


def test_it_ends_by_itself_when_its_time_is_over(begin):
    server, code, _ = begin("2")
    stream, began = server.listen(code), time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert has_ended(stream)
    server.process.wait(60)
    assert time.monotonic() - began >= 2
    assert server.process.returncode == -signal.SIGTERM  # as uvicorn ends: by the signal that it was sent


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it(begin, number):
    server, *_ = begin(LONG)
    server.process.send_signal(signal.SIGTERM)
    wait_until(lambda: get(server, "/healthz") == (503, b'{"state": "draining"}'))
    server.process.send_signal(number)
    server.process.wait(60)


def test_ctrl_c_never_drains(begin):
    server, code, _ = begin(LONG)
    stream = server.listen(code)
    server.process.send_signal(signal.SIGINT)
    assert has_ended(stream)
    server.process.wait(60)


@pytest.mark.parametrize("drain", ["", "0"])
def test_without_others_beside_it_it_ends_as_soon_as_it_is_told(begin, drain):
    server, code, token = begin(drain)
    stream, half = server.listen(code), HalfSent(server, code, token)
    server.process.send_signal(signal.SIGTERM)
    assert has_ended(stream)
    assert half.finish() == 200
    server.process.wait(60)
    assert server.process.returncode == -signal.SIGTERM
