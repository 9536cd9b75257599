"""A lecturer who drives a room by plain HTTP, and the server that it is on."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from tests.browser.conftest import ROOT, free_port


class Server:
    """A server of rooms that can be killed and started again."""

    def __init__(self, folder):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {**os.environ, "COURSE_DATABASE": f"sqlite:///{folder / 'rooms.sqlite'}"}
        self._process = None

    def start(self):
        command = [
            sys.executable, "-m", "uvicorn", "tests.browser.class_server:app", "--host", "127.0.0.1",
            "--port", str(self.port), "--log-level", "warning",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment)
        for _ in range(300):
            try:
                urllib.request.urlopen(self.address, timeout=1)
                return
            except OSError:
                assert self._process.poll() is None
                time.sleep(0.1)

    def kill(self):
        self._process.kill()
        self._process.wait()


@contextmanager
def room_server(folder):
    """Yield a running server of rooms with a database of its own."""
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Host:
    """The lecturer of a room of their own."""

    def __init__(self, address):
        self.address = address
        room = self.call("POST", "", {})
        self.code, self._secret = room["code"], room["host"]
        self.asking = ""
        self._votes = 0

    def call(self, method, path, body=None, token=""):
        headers = {"content-type": "application/json"} | (
            {"authorization": f"Bearer {token}"} if token else {}
        )
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/rooms{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as reply:
            text = reply.read()
        return json.loads(text) if text else None

    def tell(self, method, path, body=None):
        return self.call(method, f"/{self.code}{path}", body, self._secret)

    @property
    def state(self):
        return self.call("GET", f"/{self.code}")

    def ask(self, question):
        """Ask a question of the course by its id, or one that is typed."""
        body = {"question": question} if isinstance(question, str) else {"typed": question}
        self.asking = self.tell("POST", "/ask", body)["asking"]

    def stage(self, stage, round=1, **more):
        body = {"asking": self.asking, "stage": stage, "round": round, "after": self.state["stage_version"]}
        self.tell("POST", "/stage", body | more)

    def students(self, count):
        """Let some more join; returns their tokens."""
        return [self.call("POST", f"/{self.code}/join", {})["token"] for _ in range(count)]

    def vote(self, tokens, answers, round=1):
        for token, answer in zip(tokens, answers, strict=True):
            self._votes += 1
            body = {"asking": self.asking, "round": round, "answer": answer, "n": self._votes}
            self.call("POST", f"/{self.code}/vote", body, token)

    def answers(self):
        """Return the counts of each round of what is asked."""
        return self.tell("GET", "/results")["askings"][-1]["rounds"]
