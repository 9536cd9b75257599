"""A class of phones in a room, without browsers: they ask, listen, wait and try again as their page does."""

import asyncio
import gzip
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.load.wire import Line, Reply, Stream, cookie_of, request

EVERY = 2.0  # seconds between two questions of who can have no events, as in assets/classroom/stream.js
LONGEST = 6.0  # seconds between two attempts to listen
QUESTION = "keep"  # that is asked: its reveal has a picture
PASSING = (429, 500, 502, 503, 504)
Told = Callable[[int, float], None]


@dataclass
class Door:
    """Where a room is.  netloc: host and port; code: of the room."""

    netloc: str
    code: str = ""

    async def connect(self, protocol: Callable[[], asyncio.Protocol]) -> Any:
        """Open a connection."""
        host, _, port = self.netloc.partition(":")
        transport_and_protocol = await asyncio.get_running_loop().create_connection(protocol, host, int(port))
        return transport_and_protocol[1]

    def path(self, route: str = "") -> str:
        """Return the address of a route of the room."""
        return f"/api/rooms/{self.code}{route}"


class Client:
    """One browser's way to a server: connections that stay open, and another where none is free.

    cookie: of a proxy, which names a server.
    """

    def __init__(self, door: Door, token: str = "") -> None:
        self.door, self.token, self.cookie = door, token, ""
        self._free: list[Line] = []

    async def ask(self, method: str, path: str, body: object = None, *, accept: str = "*/*") -> Reply:
        """Ask once; a connection that has rested for too long is opened again, as browsers do."""
        data = request(
            method, self.door.netloc, path, token=self.token, body=body, accept=accept, cookie=self.cookie
        )
        while self._free:
            if (line := self._free.pop()).is_open:
                try:
                    return await self._ask(line, data)
                except ConnectionResetError:
                    continue
        return await self._ask(await self.door.connect(Line), data)

    async def _ask(self, line: Line, data: bytes) -> Reply:
        is_answered = False
        try:
            reply = await line.ask(data)
            is_answered = True
            self.cookie = cookie_of(reply.head) or self.cookie
            return reply
        finally:
            if is_answered:
                self._free.append(line)
            else:
                line.drop()

    async def must(self, method: str, route: str, body: object = None) -> Any:
        """Ask the room; return what it says, which has to be a success."""
        reply = await self.ask(method, self.door.path(route), body)
        assert reply.status < 300, (method, route, reply.status, reply.body[:200])
        return reply.json() if reply.body else None

    def drop(self) -> None:
        """Let the connections go."""
        for line in self._free:
            line.drop()
        self._free.clear()


@dataclass
class Phone:
    """A phone.  staged, moved: told the number of a stage or a position, and when it was there.

    acknowledged: by asking and round, the counter of the newest vote that the server has confirmed.
    """

    door: Door
    dice: random.Random
    staged: Told = lambda number, at: None
    moved: Told = lambda number, at: None
    stage: int = -1
    token: str = ""
    mine: dict[str, Any] = field(default_factory=dict)
    acknowledged: dict[tuple[str, int], int] = field(default_factory=dict)
    sent: dict[tuple[str, int], int] = field(default_factory=dict)
    attempts: int = 0  # to send a vote
    heard_at: float = 0.0  # when the stream that is open has said the state
    away: list[tuple[bool, float]] = field(default_factory=list)  # what was said of the database, and when
    pictures: list[float] = field(default_factory=list)  # seconds that each picture took after a reveal

    def __post_init__(self) -> None:
        self.heard = asyncio.Event()  # whether it has
        self.client = Client(self.door)
        self._stream: Stream | None = None
        self._listening: asyncio.Task[None] | None = None
        self._looking: dict[str, asyncio.Task[None]] = {}  # at the picture of an asking
        self._n = 0

    async def arrive(self) -> None:
        """Scan the code: the page, a seat in the room, what is mine, and events."""
        page = await self.client.ask("GET", f"/j/{self.door.code}", accept="text/html")
        assert page.status == 200 and b"content-encoding: gzip" in page.head.lower(), page.head
        assert b"<main" in gzip.decompress(page.body)
        joined = await self.client.must("POST", "/join", {})
        self.token = self.client.token = joined["token"]
        await self.wake()

    async def wake(self) -> None:
        """Be looked at: ask for the state and for what is mine, and listen; returns when all are there."""
        self._listening = asyncio.create_task(self._listen())
        await asyncio.gather(self.look(), self.heard.wait())

    async def look(self) -> None:
        """Ask for the state, and for what is mine."""
        self._take(await self.client.must("GET", ""))
        self.mine = await self.client.must("GET", "/mine")

    def sleep(self) -> None:
        """Be put away: no stream, no connection."""
        self.heard.clear()
        if self._listening:
            self._listening.cancel()
        if self._stream:
            self._stream.drop()
        self.client.drop()

    def freeze(self) -> None:
        """Be out of reach: the stream stands open and is not read, until this phone is dropped or sleeps."""
        self.heard.clear()
        if self._listening:
            self._listening.cancel()
        if self._stream:
            self._stream.freeze()

    async def ask_again_and_again(self, seconds: float) -> None:
        """Have no events, and ask for the state with pauses instead."""
        end = time.perf_counter() + seconds
        await asyncio.sleep(EVERY * self.dice.random())
        while time.perf_counter() < end:
            self._take(await self.client.must("GET", ""))
            await asyncio.sleep(EVERY * self.dice.uniform(0.75, 1.25))

    async def vote(self, asking: str, round: int, answer: str) -> None:
        """Commit an answer, again and again until it is stored."""
        self._n += 1
        number, key, pause = self._n, (asking, round), 0.4
        self.sent[key] = number
        body = {"asking": asking, "round": round, "answer": answer, "n": number}
        while True:
            self.attempts += 1
            try:
                reply = await self.client.ask("POST", self.door.path("/vote"), body)
            except (OSError, TimeoutError):
                reply = None
            if reply and reply.status == 200:
                self.acknowledged[key] = max(self.acknowledged.get(key, 0), number)
                return
            assert reply is None or reply.status in PASSING, (reply.status, reply.body)
            await asyncio.sleep(pause * self.dice.uniform(0.75, 1.25))
            pause = min(10.0, 2 * pause)

    async def _listen(self) -> None:
        failures = 0
        while True:
            ended = asyncio.Event()
            try:
                await self.door.connect(lambda done=ended: self._listener(done))
                await ended.wait()
            except OSError:
                pass  # nobody answers there at present
            failures = 0 if self.heard.is_set() else failures + 1
            self.heard.clear()
            await asyncio.sleep(min(LONGEST, 0.5 * 2**failures) * self.dice.uniform(0.5, 1.5))

    def _listener(self, ended: asyncio.Event) -> Stream:
        path, client = self.door.path("/events"), self.client
        data = request("GET", self.door.netloc, path, accept="text/event-stream", cookie=client.cookie)
        self._stream = Stream(data, self._hear, ended.set)
        return self._stream

    def _hear(self, kind: bytes, data: bytes) -> None:
        now = time.perf_counter()
        if kind == b"state":
            if not self.heard.is_set():
                self.heard.set()
                self.heard_at = now
                assert self._stream is not None  # it is what hears
                self.client.cookie = cookie_of(self._stream.head) or self.client.cookie
            if b'"stage":"revealed"' in data:
                self._look_at(json.loads(data)["asking"]["id"])
            self._staged(int(data.partition(b'"stage_version":')[2].partition(b",")[0]), now)
        elif kind == b"away":
            self.away.append((data == b"true", now))
        elif kind == b"position" and b'"step":"' in data:  # not one of a slider in a browser
            self.moved(int(data.partition(b'"step":"')[2].partition(b'"')[0]), now)

    def _look_at(self, asking: str) -> None:
        """Load the model's picture once, as an <img> does; a question may have none."""

        async def load() -> None:
            began = time.perf_counter()
            reply = await self.client.ask("GET", self.door.path(f"/picture/{asking}"))
            if reply.status == 200:
                self.pictures.append(time.perf_counter() - began)

        if asking not in self._looking:
            self._looking[asking] = asyncio.create_task(load())

    def _take(self, state: dict[str, Any]) -> None:
        self._staged(state["stage_version"], time.perf_counter())

    def _staged(self, number: int, now: float) -> None:
        if number > self.stage:
            self.stage = number
            self.staged(number, now)


@dataclass
class Class:
    """A room with its phones.  arrivals, positions: by number, when it came to each phone."""

    door: Door
    host: Client
    question: str = ""
    answers: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    arrivals: dict[int, list[float]] = field(default_factory=dict)
    positions: dict[int, list[float]] = field(default_factory=dict)

    @classmethod
    async def open(cls, netloc: str) -> "Class":
        """Open a room on a server, and choose what is asked."""
        room = await cls.new(netloc)
        await room.choose()
        return room

    @classmethod
    async def new(cls, netloc: str) -> "Class":
        """Open a room on a server."""
        door = Door(netloc)
        host = Client(door)
        reply = await host.ask("POST", "/api/rooms", {})
        assert reply.status == 201, (reply.status, reply.body)
        made = reply.json()
        door.code, host.token = made["code"], made["host"]
        return cls(door, host)

    async def choose(self) -> None:
        """Ask what can be asked, as the private screen does when it opens, and choose a question."""
        questions = await self.host.must("GET", "/questions")
        question = next((each for each in questions if each["id"] == QUESTION), questions[0])
        self.question, self.answers = question["id"], [answer["id"] for answer in question["answers"]]

    def add(self, count: int) -> None:
        """Let phones be bought."""
        self.phones += [
            Phone(self.door, random.Random(number), self._staged, self._moved) for number in range(count)
        ]

    def _staged(self, number: int, at: float) -> None:
        self.arrivals.setdefault(number, []).append(at)

    def _moved(self, number: int, at: float) -> None:
        self.positions.setdefault(number, []).append(at)

    async def ask(self) -> tuple[str, int]:
        """Ask the question; returns the id of the asking, and the version of the stage."""
        asked = await self.host.must("POST", "/ask", {"question": self.question})
        return asked["asking"], asked["stage_version"]

    async def open_vote(self) -> str:
        """Ask the question and open its vote; returns the id of the asking, once all phones know."""
        asking, after = await self.ask()
        await self.told(await self.go(asking, "vote", after=after))
        return asking

    async def go(self, asking: str, stage: str, round: int = 1, *, after: int) -> int:
        """Go on to a stage from the one of a version; returns its own."""
        body = {"asking": asking, "stage": stage, "round": round, "after": after}
        return int((await self.host.must("POST", "/stage", body))["stage_version"])

    async def told(self, version: int, patience: float = 10.0) -> list[float]:
        """Return when each phone was told a stage, once all were or patience ends."""
        end = time.perf_counter() + patience
        while len(self.arrivals.get(version, [])) < len(self.phones) and time.perf_counter() < end:
            await asyncio.sleep(0.02)
        return self.arrivals.get(version, [])


async def lost_votes(room: Class) -> int:
    """Ask each phone's own record: how many acknowledged votes are not there."""
    lost = 0
    for phone in room.phones:
        mine = await phone.client.must("GET", "/mine")
        stored = {(each["asking"], each["round"]): each["n"] for each in mine["answers"]}
        lost += sum(stored.get(key, 0) < number for key, number in phone.acknowledged.items())
    return lost
