"""The rooms' interface as a client meets it: HTTP in this process, without a network."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple
from urllib.parse import unquote

from lesson.classroom.apply import replay
from lesson.classroom.question import Answer, Question, Scale
from lesson.classroom.room import Room
from lesson.classroom.server.http import FOLDER, Classroom
from lesson.classroom.server.rooms import Rooms
from lesson.classroom.storage.log import Log
from tests.browser.class_samples import SAMPLES, SampleTrainer

CATALOGUE = [
    Question(
        "forget",
        "What does the forget gate do?",
        html="What does f<sub>t</sub> do?",
        answers=(
            Answer("keeps", "It keeps.", "It <b>keeps</b>.", "REPLY keeps"),
            Answer("adds", "It adds.", "It <b>adds</b>.", "REPLY adds"),
            Answer("reads", "It reads.", "It <b>reads</b>.", "REPLY reads"),
        ),
        right="keeps",
        reply="REPLY unsure",
        page="Gates",
        link="gates?part=One+step",
        covers=("belt",),
    ),
    Question(
        "left", "How much is left?", kind="number", right=0.7251, scale=Scale(0.0, 1.0), reply="REPLY left"
    ),
    Question("second", "And now?", answers=(Answer("a", "A"), Answer("b", "B")), right="b"),
]


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def sentence(self) -> str:
        """Return the sentence of a refusal, which is nothing but that."""
        assert set(self.json) == {"error"}
        return self.json["error"]


class Stream:
    """A client that listens.  reads: whether it takes what it is sent."""

    def __init__(self) -> None:
        self.data, self.status, self.ended, self.reads = b"", 0, False, asyncio.Event()
        self.reads.set()
        self.gone = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def receive(self) -> dict:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.data += message["body"]
            self.ended = not message.get("more_body")

    @property
    def events(self) -> list[tuple[str, Any]]:
        """Return kind and value of each event; signs of life are none."""
        rows = [part.split("\n") for part in self.data.decode().split("\n\n") if part.startswith("event")]
        return [
            (kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for kind, data in rows
        ]


async def _not_found(scope: dict, receive: Callable, send: Callable) -> None:
    """Stand in for Streamlit."""
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"streamlit"})


class Server:
    """The rooms on a database; its clock stands still unless it is moved.

    beside: another server, in whose event loop this one runs.
    """

    def __init__(self, address: str = "sqlite://", beside: "Server | None" = None) -> None:
        self.address, self.now = address, 1_000_000.0
        self.trainer = SampleTrainer()
        self._has_runner = beside is None
        self._runner = asyncio.Runner() if beside is None else beside._runner
        self.begin()

    def begin(self) -> None:
        """Begin with nothing but the database."""
        self.rooms = Rooms(Log(lambda: self.address), clock=lambda: self.now)
        self.app = Classroom(
            _not_found, rooms=self.rooms, catalogue=lambda: [*CATALOGUE, *SAMPLES], trainer=self.trainer
        )

    def restart(self) -> None:
        """End in order, and begin anew."""
        self.run(self.rooms.stop())
        self.begin()

    def close(self) -> None:
        self.run(self.rooms.stop())
        if self._has_runner:
            self._runner.close()

    def run(self, work: Coroutine) -> Any:
        return self._runner.run(work)

    def ask(self, method: str, path: str, body: object = None, token: str = "", **options: Any) -> Reply:
        """Ask once.  path: behind /api/rooms."""
        return self.run(self.request(method, path, body, token, **options))

    async def request(
        self,
        method: str,
        path: str,
        body: object = None,
        token: str = "",
        *,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
        folder: str = FOLDER,
    ) -> Reply:
        """Ask once, beside others.  raw: the body as bytes."""
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        all_headers = {"host": "course"} | ({"authorization": f"Bearer {token}"} if token else {})
        if method == "POST":
            all_headers["content-type"] = "application/json"
        path, _, query = (folder + path).partition("?")
        pieces = [{"type": "http.request", "body": data[:9_000], "more_body": True}]
        pieces.append({"type": "http.request", "body": data[9_000:], "more_body": False})
        sent: list[dict] = []

        async def receive() -> dict:
            return pieces.pop(0) if pieces else {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "query_string": query.encode(),
            "headers": [
                (name.encode(), value.encode("latin-1"))
                for name, value in (all_headers | (headers or {})).items()
            ],
        }
        await self.app(scope, receive, send)
        return Reply(
            sent[0]["status"],
            {name.decode(): value.decode() for name, value in sent[0]["headers"]},
            b"".join(message["body"] for message in sent[1:]),
        )

    async def listen(self, code: str) -> Stream:
        """Open a stream of a room."""
        stream = Stream()
        scope = {"type": "http", "method": "GET", "path": f"{FOLDER}/{code}/events", "headers": []}
        stream.task = asyncio.create_task(self.app(scope, stream.receive, stream.send))
        for _ in range(50):
            await asyncio.sleep(0.001)
            if stream.data:
                break
        return stream

    def log_of(self, code: str) -> Room:
        """Return a room as its log makes it."""
        return replay(self.run(self.rooms.log.events(code)))

    def room(self) -> "Class":
        """Open a room."""
        reply = self.ask("POST", "", {})
        assert reply.status == 201
        return Class(self, reply.json["code"], reply.json["host"])


class Class:
    """A room, its lecturer, and students as they join."""

    def __init__(self, server: Server, code: str, host: str) -> None:
        self.server, self.code, self.host = server, code, host

    def get(self, path: str = "", token: str = "", **options: Any) -> Reply:
        return self.server.ask("GET", f"/{self.code}{path}", token=token, **options)

    def post(self, path: str, body: object, token: str = "", **options: Any) -> Reply:
        return self.server.ask("POST", f"/{self.code}/{path}", body, token, **options)

    @property
    def state(self) -> Any:
        return self.get().json

    @property
    def live(self) -> Room:
        """Return the room as the server has it."""
        return self.server.rooms._live[self.code].room

    def student(self) -> str:
        """Let a student in; returns their token."""
        reply = self.post("join", {})
        assert reply.status == 201, reply.body
        return reply.json["token"]

    def ask(self, question: str = "forget", **more: Any) -> str:
        reply = self.post("ask", {"question": question} | more, self.host)
        assert reply.status == 201, reply.body
        return reply.json["asking"]

    def stage(self, stage: str, round: int = 1, **more: Any) -> Reply:
        """Go to a stage of what is asked, having seen the present one."""
        state = self.state
        body = {"asking": state["asking"]["id"], "stage": stage, "round": round}
        return self.post("stage", body | {"after": state["stage_version"]} | more, self.host)

    def vote(self, token: str, answer: object, n: int = 1, round: int = 1, asking: str = "1") -> Reply:
        return self.post("vote", {"asking": asking, "round": round, "answer": answer, "n": n}, token)

    def mine(self, token: str) -> Any:
        return self.get("/mine", token).json

    def results(self) -> Any:
        return self.get("/results", self.host).json
