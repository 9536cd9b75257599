"""Those who have the course open: one after another sits on a seat, does something, and goes in some way."""

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.Common_pb2 import FileUploaderState

from tests.load import habits
from tests.load.asking import Asking
from tests.load.habits import Student
from tests.load.stranger import upload
from tests.load.watching import Watching

# What a visitor meets who comes while the machine has too much to do; a browser tries again.
LOST = (OSError, TimeoutError, asyncio.IncompleteReadError, websockets.ConnectionClosed)
WRONG = (AssertionError, LookupError, RuntimeError, ValueError)  # what was not expected of the server
SIZES = ("16", "32", "64")  # hidden units of the trainings
WORDS = ("the", "fox", "and", "his", "king", "saw", "a", "crow", "with", "cheese", "upon", "tall", "tree")


@dataclass
class Diary:
    """What has happened: how often what was done, and what went wrong."""

    deeds: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    silent: list[float] = field(default_factory=list)  # when watchers went without a word, by the clock

    def note(self, deed: str, count: int = 1) -> None:
        """Count what was done."""
        self.deeds[deed] += count

    def complain(self, error: str) -> None:
        """Take note of what went wrong."""
        self.errors.append(error)
        print(f"  ERROR {error[:300]}", flush=True)


class Seat:
    """A seat in front of the course, on which one sits after another until an end, by the clock."""

    def __init__(self, address: str, number: int, end: float, diary: Diary) -> None:
        self._address, self._number, self._end, self._diary = address, number, end, diary
        self._dice = random.Random(number)

    @property
    def _has_time(self) -> bool:
        return time.monotonic() < self._end

    async def live(self) -> None:
        """Let one come after another."""
        await asyncio.sleep(self._number / 2)
        while self._has_time:
            student = Student(self._address)
            try:
                await self._stay(student)
            except LOST + WRONG as error:
                self._diary.complain(f"seat {self._number} on {student.page!r}: {error!r}")
                student.tab.vanish()
                await asyncio.sleep(1)
            self._diary.errors += student.tab.exceptions
            await student.asking.leave()

    async def _stay(self, student: Student) -> None:
        """Come, do something, and go."""
        chance = self._dice.random()
        self._diary.note("visits")
        if chance < 0.15:
            await self._train(student)
        elif chance < 0.25:
            await self._bring(student)
        else:
            await student.enter(self._dice.choice(habits.PAGES))
        await self._look_around(student, self._dice.randint(5, 25))
        await self._go(student)

    async def _look_around(self, student: Student, moves: int) -> None:
        for _ in range(moves):
            if not self._has_time:
                return
            page = student.page
            await habits.move_or_go(student, self._dice)
            self._diary.note("moves" if page == student.page else "page changes")
            await asyncio.sleep(self._dice.uniform(1, 3))

    async def _go(self, student: Student) -> None:
        """Close the tab; or be gone without a word; or be out of reach for a while first."""
        chance = self._dice.random()
        if chance < 0.6:
            self._diary.note("tabs closed")
            await student.leave()
        elif chance < 0.9:
            self._diary.note("tabs gone without a word")
            student.tab.vanish()
        else:
            self._diary.note("tabs out of reach for up to two minutes")
            student.tab.freeze()
            pause = self._dice.uniform(5, 120)
            await asyncio.sleep(max(0.0, min(pause, self._end - time.monotonic())))
            student.tab.vanish()

    # -- trainings --

    async def _train(self, student: Student) -> None:
        """Start a training, or join it; watch, pause, go on; leave it, with a word or without."""
        seed = str(self._dice.choice((1, 2, 3, self._dice.randrange(4, 900))))
        await student.tab.enter("training", tab="Live", hidden=self._dice.choice(SIZES), run_seed=seed)
        await student.tab.move("start", True)
        self._diary.note("trainings started or joined")
        page = page_of(student, "watch_")
        watching = Watching(student.asking, page["runs"][0]["id"])
        watching.watcher = page["watcher"]
        await self._watch(watching, self._dice.uniform(5, 40))
        if self._dice.random() < 0.4:
            self._diary.note("trainings paused")
            await self._pause(student.asking, watching, self._dice.uniform(5, 20))
            await self._watch(watching, self._dice.uniform(5, 20))
        if self._dice.random() < 0.6:
            await student.asking.answer("runs/leave", {"watcher": watching.watcher}, post=True)
            self._diary.note("trainings left")
        else:
            self._diary.silent.append(time.monotonic())
            self._diary.note("trainings left without a word")

    async def _watch(self, watching: Watching, seconds: float) -> None:
        end = min(self._end, time.monotonic() + seconds)
        while time.monotonic() < end:
            await watching.look()
            await asyncio.sleep(watching.again)

    async def _pause(self, asking: Asking, watching: Watching, seconds: float) -> None:
        """Stand at a step, as the page does: it says every five seconds that somebody is there."""
        end = min(self._end, time.monotonic() + seconds)
        while time.monotonic() < end:
            step = str(max(0, watching.step))
            question = {"runs": watching.run, "since": step, "width": "0", "watcher": watching.watcher}
            await asking.answer("runs/news", {**question, "goal": step})
            await asyncio.sleep(5)

    # -- files --

    async def _bring(self, student: Student) -> None:
        """Bring a text of one's own, and train with it now and then; or a file that is no text."""
        await student.tab.enter("training", tab="Live", text="my own", hidden="16")
        good = self._dice.random() < 0.8
        data = self._text() if good else self._dice.randbytes(200_000)
        file = f"file{self._dice.randrange(10**9)}"
        status = await asyncio.to_thread(upload, student.tab, file, data)
        if status != 204:  # so many are on their way
            self._diary.note(f"uploads refused with {status}")
            return
        state = FileUploaderState()
        state.uploaded_file_info.add(name="text.txt", size=len(data), file_id=file)
        student.tab.set_state("upload_text", "file_uploader_state_value", state)
        await student.tab.run()
        self._diary.note("uploads")
        if good and self._dice.random() < 0.5:
            await student.tab.move("start", True)
            page = page_of(student, "watch_")
            assert page["runs"], student.tab.read()[-300:]
            watching = Watching(student.asking, page["runs"][0]["id"])
            watching.watcher = page["watcher"]
            await self._watch(watching, 8)
            await student.asking.answer("runs/leave", {"watcher": watching.watcher}, post=True)
            self._diary.note("trainings with a text of one's own")

    def _text(self) -> bytes:
        words = self._dice.choices(WORDS, k=self._dice.randint(5_000, 60_000))
        return " ".join(words).encode()


def page_of(student: Student, key: str) -> dict[str, Any]:
    """Return what the drawing with a key that begins so was handed by the page."""
    name = next(each for each in student.tab.widgets if f"-{key}" in each and not each.endswith("_loader"))
    data: dict[str, Any] = json.loads(student.tab.widgets[name].proto.json)[0]
    return data
