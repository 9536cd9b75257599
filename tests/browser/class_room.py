"""A room of class mode as its lecturer and its students drive it, by plain HTTP, and a server of rooms."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from tests.browser.conftest import ROOT, free_port


def call(address, method, path, body=None, token=""):
    """Ask the rooms' interface; returns its JSON."""
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/api/rooms{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=90) as response:
        text = response.read()
    return json.loads(text) if text else None


class ClassRoom:
    """A room with its lecturer's secret, and students with their tokens and handles.

    code, host: of a room that there is; without them one is opened.
    """

    def __init__(self, address, code="", host=""):
        self.address = address
        if not code:
            code, host = call(address, "POST", "", {}).values()
        self.code, self.host = code, host
        self.students, self._votes = [], 0

    def tell(self, method, path, body=None):
        """Do what only the lecturer may."""
        return call(self.address, method, f"/{self.code}{path}", body, self.host)

    @property
    def state(self):
        """What everybody sees."""
        return call(self.address, "GET", f"/{self.code}")

    @property
    def results(self):
        return self.tell("GET", "/results")

    def ask(self, question, stage=""):
        """Ask a question of the course by its id, or a typed one, and go to a stage of it."""
        self.tell(
            "POST", "/ask", {"question": question} if isinstance(question, str) else {"typed": question}
        )
        if stage:
            self.stage(stage)

    def stage(self, stage, round=1, **more):
        state = self.state
        body = {"asking": state["asking"]["id"], "stage": stage, "round": round}
        self.tell("POST", "/stage", {**body, "after": state["stage_version"], **more})

    def join(self, count):
        """Let some more students in; returns them."""
        more = [call(self.address, "POST", f"/{self.code}/join", {}) for _ in range(count)]
        self.students += more
        return more

    def vote(self, answers, students=None):
        """Let as many students vote as there are answers, the first ones, in the round that is open."""
        asking = self.state["asking"]
        for student, answer in zip(students or self.students, answers, strict=False):
            self._votes += 1
            body = {"asking": asking["id"], "round": asking["round"], "answer": answer, "n": self._votes}
            call(self.address, "POST", f"/{self.code}/vote", body, student["token"])

    def counts(self, round=1):
        """What was voted for in a round of the question that was asked last."""
        rounds = self.results["askings"][-1]["rounds"]  # up to the last one in which somebody has voted
        counts = rounds[round - 1] if round <= len(rounds) else {}
        return {answer: count for answer, count in counts.items() if count}


def wait_for(measure, value):
    """Wait until a function returns a value; it is called from time to time."""
    end = time.monotonic() + 15
    while (now := measure()) != value:
        assert time.monotonic() < end, now
        time.sleep(0.1)


def sleep(page, is_asleep):
    """Let a page be hidden, as of a phone that is locked, or be looked at again."""
    page.evaluate(
        """(isAsleep) => {
          Object.defineProperty(document, "hidden", { value: isAsleep, configurable: true })
          document.dispatchEvent(new Event("visibilitychange"))
        }""",
        is_asleep,
    )


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
