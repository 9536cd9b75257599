"""A real server in a process of its own: killed, told to end, and read for secrets."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from lesson.frame.files import ROOT
from tests.browser.conftest import free_port
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="it sends signals that other systems have"),
]
STREAMLIT, UVICORN = "streamlit", "uvicorn"


class Process:
    """A server of the course, with its output in a file."""

    def __init__(self, folder, by=STREAMLIT, more=()):
        self.port, self.folder = free_port(), folder
        options = {
            STREAMLIT: [
                "run", "streamlit_app.py", "--server.headless", "true", "--server.address", "127.0.0.1",
                "--server.port", str(self.port), "--browser.gatherUsageStats", "false",
            ],
            UVICORN: ["streamlit_app:app", "--host", "127.0.0.1", "--port", str(self.port)],
        }  # fmt: skip
        self.output = (folder / "output").open("ab")
        env = {**os.environ, "COURSE_DATABASE": f"sqlite:///{folder / 'rooms.sqlite'}"}
        command = [sys.executable, "-m", by, *options[by], *more]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=self.output, stderr=subprocess.STDOUT
        )
        wait_until(self.listens)

    def listens(self):
        assert self.process.poll() is None, (self.folder / "output").read_text()
        with contextlib.suppress(OSError):
            return self.ask("GET", "/AAAAAA")[0] == 404
        return False

    def ask(self, method, path, body=None, token=""):
        """Ask once; returns status and JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if method == "POST":
            headers["content-type"] = "application/json"
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        with contextlib.closing(connection):
            connection.request(method, f"/api/rooms{path}", data, headers)
            reply = connection.getresponse()
            text = reply.read()
        return reply.status, json.loads(text) if text.startswith((b"{", b"[")) else text

    def listen(self, code):
        """Open a stream, and wait for the first event."""
        stream = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        stream.sendall(f"GET /api/rooms/{code}/events HTTP/1.1\r\nHost: course\r\n\r\n".encode())
        data = b""
        while b"event: state" not in data:
            data += stream.recv(4_096)
        return stream

    def end(self, number):
        self.process.send_signal(number)
        self.process.wait(60)
        self.output.close()


@contextlib.contextmanager
def running(folder, *arguments, **options):
    process = Process(folder, *arguments, **options)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.end(signal.SIGKILL)


def open_vote(server, students):
    """Open a room with a vote; returns its code, the host's secret, and the students' tokens."""
    _, room = server.ask("POST", "", {})
    code, host = room["code"], room["host"]
    tokens = [server.ask("POST", f"/{code}/join", {})[1]["token"] for _ in range(students)]
    typed = {"text": "Now?", "answers": ["Yes", "No"]}
    _, asking = server.ask("POST", f"/{code}/ask", {"typed": typed}, host)
    body = {"asking": "1", "stage": "vote", "round": 1, "after": asking["stage_version"]}
    assert server.ask("POST", f"/{code}/stage", body, host)[0] == 200
    return code, host, tokens


def test_after_a_kill_in_a_burst_of_votes_every_acknowledged_vote_is_there(tmp_path):
    acknowledged = {}

    def vote(server, code, token):
        """Vote again and again until the server is gone."""
        n = 0
        with contextlib.suppress(OSError, http.client.HTTPException):
            while True:
                n += 1
                body = {"asking": "1", "round": 1, "answer": "ab"[n % 2], "n": n}
                if server.ask("POST", f"/{code}/vote", body, token) == (200, {"counted": True}):
                    acknowledged[token] = (body["answer"], n)

    with running(tmp_path) as server:
        code, host, tokens = open_vote(server, 12)
        threads = [threading.Thread(target=vote, args=(server, code, token)) for token in tokens]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(acknowledged) == 12 and max(n for _, n in acknowledged.values()) >= 5)
        server.end(signal.SIGKILL)
        for thread in threads:
            thread.join()
    with running(tmp_path) as server:
        for token in tokens:
            (answer,) = server.ask("GET", f"/{code}/mine", token=token)[1]["answers"]
            assert answer["n"] >= acknowledged[token][1]
            if answer["n"] == acknowledged[token][1]:
                assert answer["answer"] == acknowledged[token][0]
        assert server.ask("GET", f"/{code}")[1]["voted"] == 12
        body = {"asking": "1", "round": 1, "answer": "a", "n": 10**6}
        assert server.ask("POST", f"/{code}/vote", body, tokens[0]) == (200, {"counted": True})


@pytest.mark.parametrize("by", [STREAMLIT, UVICORN])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_a_server_that_is_told_to_end_does_so_with_open_streams(tmp_path, by, number):
    with running(tmp_path, by) as server:
        code, _, _ = open_vote(server, 1)
        streams = [server.listen(code) for _ in range(20)]
        server.process.send_signal(number)
        server.process.wait(60)  # it would wait for the streams for ever
        for stream in streams:
            data = b"x"
            while data:
                data = stream.recv(4_096)
            stream.close()
    assert b"Traceback" not in (tmp_path / "output").read_bytes().replace(b"KeyboardInterrupt", b"")
    with running(tmp_path, by) as server:
        assert server.ask("GET", f"/{code}")[1]["joined"] == 1


@pytest.mark.parametrize("by", [STREAMLIT, UVICORN])
def test_a_client_that_reads_nothing_does_not_hold_up_the_end(tmp_path, by):
    long = {"text": "😀" * 300, "answers": [f"{number} {'😀' * 290}" for number in range(5)]}
    with running(tmp_path, by) as server:
        code, host, (token,) = open_vote(server, 1)
        deaf = server.listen(code)
        for _ in range(290):  # megabytes, more than a network keeps for somebody
            assert server.ask("POST", f"/{code}/ask", {"typed": long}, host)[0] == 201
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(60)
        deaf.close()
    with running(tmp_path, by) as server:
        assert server.ask("GET", f"/{code}")[1]["asking"]["id"] == "291"


@pytest.mark.parametrize("by", [STREAMLIT, UVICORN])
def test_secrets_are_in_no_log_no_file_and_nothing_that_all_are_sent(tmp_path, by):
    more = ["--log-level", "debug"] if by == UVICORN else ["--logger.level", "debug"]
    with running(tmp_path, by, more=more) as server:
        code, host, (token,) = open_vote(server, 1)
        once = server.ask("POST", f"/{code}/pair", {}, host)[1]["once"]
        second = server.ask("POST", "/pair", {"once": once})[1]["host"]
        secrets = [host, token, once, second]
        body = {"asking": "1", "round": 1, "answer": "a", "n": 1}
        assert server.ask("POST", f"/{code}/vote", body, token)[0] == 200
        # Also where something is refused or breaks off.
        for secret in secrets:
            server.ask("POST", f"/{code}/vote", {"answer": "a"}, secret)
            server.ask("GET", f"/{code}/results", token=secret)
            server.ask("POST", f"/{code}/follow", {"page": "gates", "query": f"host={host}"}, host)
            with socket.create_connection(("127.0.0.1", server.port)) as broken:
                lines = [
                    f"POST /api/rooms/{code}/vote HTTP/1.1", "Host: x", f"Authorization: Bearer {secret}",
                    "Content-Type: application/json", "Content-Length: 99", "", "{",
                ]  # fmt: skip
                broken.sendall("\r\n".join(lines).encode())
        server.ask("POST", f"/{code}/follow", {"page": "gates", "query": "f=1"}, second)
        public = json.dumps(server.ask("GET", f"/{code}")[1])
        results = json.dumps(server.ask("GET", f"/{code}/results", token=host)[1])
        time.sleep(0.2)
        files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        server.end(signal.SIGTERM)
    files["output"] = (tmp_path / "output").read_bytes()
    assert {"output", "rooms.sqlite"} <= files.keys()
    for secret in secrets:
        assert secret not in public + results
        assert [name for name, data in files.items() if secret.encode() in data] == []
    assert b"Traceback" not in files["output"], files["output"].decode()


def test_a_query_string_is_in_no_log(tmp_path):
    with running(tmp_path) as server:
        code, host, _ = open_vote(server, 1)
        server.ask("GET", f"/{code}/export.csv?handles=1&secret=SECRET", token=host)
        server.end(signal.SIGTERM)
    assert b"SECRET" not in (tmp_path / "output").read_bytes()


def test_the_output_is_read_where_it_is_written(tmp_path):
    """The tests above would see nothing in an empty file."""
    with running(tmp_path) as server:
        server.end(signal.SIGTERM)
    assert str(server.port).encode() in (tmp_path / "output").read_bytes()
