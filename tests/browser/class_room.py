"""A room of class mode as its lecturer and its students drive it, by plain HTTP."""

import json
import urllib.request
from itertools import cycle


def call(address, method, path, token="", body=None):
    """Ask the rooms' interface; returns its JSON."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    data = None
    if body is not None:
        headers["content-type"], data = "application/json", json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/api/rooms{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=90) as response:
        text = response.read()
    return json.loads(text) if text else None


class ClassRoom:
    """A room with its lecturer's secret and its students' tokens."""

    def __init__(self, address):
        self.address = address
        self.code, self.host = call(address, "POST", "", body={}).values()
        self.students, self.asking, self.n = [], "", 0

    def do(self, method, path, body=None):
        """Do what only the lecturer may."""
        return call(self.address, method, f"/{self.code}{path}", self.host, body)

    def state(self):
        """Return what everybody sees."""
        return call(self.address, "GET", f"/{self.code}")

    def join(self, count):
        """Let students in."""
        for _ in range(count):
            self.students.append(call(self.address, "POST", f"/{self.code}/join", body={})["token"])

    def ask(self, question):
        """Ask a question of the course by its id, or a typed one, and open the vote."""
        body = {"question": question} if isinstance(question, str) else {"typed": question}
        self.asking = self.do("POST", "/ask", body)["asking"]
        self.go("vote")

    def go(self, stage, round=1, **more):
        """Go to a stage."""
        after = self.state()["stage_version"]
        self.do(
            "POST", "/stage", {"asking": self.asking, "stage": stage, "round": round, "after": after, **more}
        )

    def vote(self, answers, round=1):
        """Let as many students vote as there are answers, the first ones."""
        for token, answer in zip(self.students, answers, strict=False):
            self.n += 1
            vote = {"asking": self.asking, "round": round, "answer": answer, "n": self.n}
            call(self.address, "POST", f"/{self.code}/vote", token, vote)

    def vote_all(self, answers, round=1):
        """Let every student vote, answer after answer and again from the first."""
        self.vote([answer for answer, _ in zip(cycle(answers), self.students, strict=False)], round)
