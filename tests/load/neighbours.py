"""Sixty who have the course open meanwhile, in a process of their own: no phone waits for them."""

import asyncio
import math
import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

import websockets

from tests.load import habits
from tests.load.habits import Student

EVERY = 2.0  # seconds between two moves of one hand
LOOKS = 0.25  # seconds between two looks at a run
_LOST = (OSError, TimeoutError, asyncio.IncompleteReadError, websockets.ConnectionClosed)
MOVE, REST, END = "move", "rest", "end"


class Move(NamedTuple):
    """A move of a hand, or the way to another page: when it was due, and the seconds until all was there."""

    due: float
    page: str
    seconds: float
    is_page: bool


class Neighbours:
    """The process of those who have the course open; spent: processor seconds of it, once it has ended."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.moves: list[Move] = []
        self.errors: list[str] = []
        self.spent = 0.0

    def tell(self, word: str) -> None:
        """Let them move, or rest."""
        self._pipe.send(word)

    def end(self) -> None:
        """Let them go; afterwards their moves are here."""
        self._pipe.send(END)
        self.moves, self.errors, self.spent = self._pipe.recv()

    def between(self, begin: float, end: float, is_page: bool) -> list[float]:
        """Return the seconds that moves took that were due between two moments."""
        return [move.seconds for move in self.moves if begin <= move.due < end and move.is_page == is_page]


@contextmanager
def neighbours(address: str) -> Iterator[Neighbours]:
    """Sixty who come in, and rest until they are told to move."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(address, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        assert ours.recv() == "all are in"
        yield Neighbours(ours)
    finally:
        process.terminate()


def _run(address: str, pipe: Connection) -> None:
    asyncio.run(_Sixty(address, pipe).live())


class _Sixty:
    def __init__(self, address: str, pipe: Connection) -> None:
        self._address, self._pipe = address, pipe
        self._moves: list[Move] = []
        self._errors: list[str] = []
        self._dice = random.Random(1)
        self._may_move = asyncio.Event()

    async def live(self) -> None:
        """Come in, and do what is told until the end."""
        students, watchers = [], []
        for page, count in habits.CLASS.items():
            for number in range(count):
                student = Student(self._address)
                await student.enter(page, number)
                (watchers if page == "live" else students).append(student)
        tasks = [
            asyncio.create_task(self._hand(student, EVERY * number / len(students)))
            for number, student in enumerate(students)
        ]
        tasks += [asyncio.create_task(self._eye(*each)) for each in enumerate(watchers)]
        self._pipe.send("all are in")
        while (word := await asyncio.to_thread(self._pipe.recv)) != END:
            (self._may_move.set if word == MOVE else self._may_move.clear)()
        await self._stop(tasks)
        for student in students + watchers:
            self._errors.extend(student.tab.exceptions)
        self._pipe.send((self._moves, self._errors, time.process_time()))

    async def _stop(self, tasks: list[asyncio.Task[None]]) -> None:
        """Cancel all, more than once: until Python 3.12 `wait_for` may lose it."""
        pending = set(tasks)
        while pending:
            for task in pending:
                task.cancel()
            done, pending = await asyncio.wait(pending, timeout=1)
            self._errors += [repr(task.exception()) for task in done if not task.cancelled()]

    async def _hand(self, student: Student, first: float) -> None:
        due = time.perf_counter() + first
        while True:
            await self._may_move.wait()
            # Each hand has moments of its own: after a rest they do not all move at once.
            due += EVERY * max(0, math.ceil((time.perf_counter() - due) / EVERY))
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            page, leaves = student.page, self._dice.random() < 0.1
            try:
                if leaves:
                    await student.tab.go(self._dice.choice(habits.PAGES))
                else:
                    await habits.move(student, self._dice)
                is_page = leaves or page in habits.WHOLE
                self._moves.append(Move(due, page, time.perf_counter() - due, is_page))
            except _LOST:
                await self._come_again(student, page)
            due += EVERY

    async def _eye(self, number: int, student: Student) -> None:
        while True:
            await self._may_move.wait()
            try:
                await student.look()
            except _LOST:
                await self._come_again(student, "live", number)
            await asyncio.sleep(LOOKS)

    async def _come_again(self, student: Student, page: str, run: int = 0) -> None:
        """Connect again until the server is back, as Streamlit's page does by itself."""
        student.tab.vanish()
        while True:
            await asyncio.sleep(self._dice.uniform(0.5, 1.5))
            try:
                await student.asking.leave()
                await student.enter(page, run)
                return
            except _LOST:
                continue
