"""The hour: thirty visitors of the course and two rooms in front of one server, and nobody afterwards."""

import asyncio
import os
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from lesson.training.engine.presence import CLOSED, STAY
from tests.load import wire
from tests.load.rows import print_rows
from tests.load.server import course
from tests.load.soak.measure import Figures, Household, Table
from tests.load.soak.rooms import PATIENCE, Lessons
from tests.load.soak.verdicts import Soak, verdicts, windows
from tests.load.soak.visitors import Diary, Seat
from tests.load.visitor import Visitor

SEATS, ROOMS = 30, 2
EVERY = 30.0  # seconds between two looks
STAYS = 125.0  # seconds that Streamlit keeps a session after its tab was closed, and a little more
HOOK = Path(__file__).with_name("hook.py")


class Hour:
    """All who come and go in front of a server, for so many minutes.

    hurry: whether the two minutes in which Streamlit keeps sessions are over at once, for a test.
    """

    def __init__(self, household: Household, minutes: float, table: Table, hurry: bool) -> None:
        self._household, self._minutes, self._table, self._hurry = household, minutes, table, hurry
        self._figures: list[Figures] = []
        self._types: Counter[str] = Counter()  # of objects, when the first span begins that is compared
        self._diary = Diary()
        self._began = 0.0

    async def pass_by(self) -> Soak:
        """Let all come and go, and at last let nobody be there."""
        first = await _prepared(self._household)
        self._say(first)
        self._began = time.monotonic()
        end, address = self._began + 60 * self._minutes, self._household.server.address
        lessons = [Lessons(address, number, end, self._diary) for number in range(ROOMS)]
        seats = [Seat(address, number, end, self._diary) for number in range(SEATS)]
        await asyncio.gather(self._watch(end), *(each.live() for each in (*lessons, *seats)))
        print(f"  all have left after {(time.monotonic() - self._began) / 60:.1f} minutes", flush=True)
        for lecturer in lessons:
            await lecturer.delete_all()
        deeds = sorted(self._diary.deeds.items())
        print("  " + ", ".join(f"{count} {deed}" for deed, count in deeds), flush=True)
        last = await self._nobody(address)
        silent = sum(at > time.monotonic() - STAY for at in self._diary.silent)
        opened = sum(lecturer.opened for lecturer in lessons)
        return Soak(self._minutes, first, self._figures, last, opened, silent, self._diary.errors)

    async def _watch(self, end: float) -> None:
        (begin, _), _ = windows(self._minutes)
        while (now := time.monotonic()) < end:
            if not self._types and now >= self._began + 60 * begin:
                self._types.update(await asyncio.to_thread(self._household.ask, "types"))
                await asyncio.to_thread(self._household.ask, "trace")
            await self._look()
            await asyncio.sleep(max(0.0, min(EVERY, 3 * self._minutes, end - time.monotonic())))
        await self._look()
        await asyncio.to_thread(_tell_growth, self._household, self._types)

    async def _look(self) -> None:
        minute = (time.monotonic() - self._began) / 60
        self._figures.append(await asyncio.to_thread(self._household.look, minute))
        self._say(self._figures[-1])

    def _say(self, figures: Figures) -> None:
        self._table.add(figures)
        print(figures.line(), flush=True)

    async def _nobody(self, address: str) -> Figures:
        """Return what is left once the documented times are over."""
        if self._hurry:
            await asyncio.sleep(CLOSED + 5)
            await asyncio.to_thread(self._household.ask, "hurry")
        else:
            await asyncio.sleep(STAYS)
        await _look_in(address)  # what is kept for two minutes goes when somebody comes after that
        await asyncio.to_thread(_tell_growth, self._household, self._types)
        await self._look()
        return self._figures.pop()


async def _look_in(address: str) -> None:
    visitor = Visitor(address)
    await visitor.enter("gates")
    await visitor.leave()
    await asyncio.sleep(12)  # threads of a pool wait for work for ten seconds


def _tell_growth(household: Household, counts: Mapping[str, int]) -> None:
    """Say of which objects there are more than there were."""
    more = Counter(household.ask("types"))
    more.subtract(counts)
    print("  objects, more than at first: " + ", ".join(f"{n} {k}" for k, n in more.most_common(25) if n > 9))
    memos = [(size, count, name) for name, (count, size) in household.ask("memos").items() if size > 0.5]
    print(
        "  results that are kept: " + ", ".join(f"{s:.1f} MB {c} {name}" for s, c, name in memos), flush=True
    )
    trace = household.ask("trace")
    for size, count, frames in trace.get("rows", ())[:15]:
        print(f"    {size / 2**20:+.2f} MB {count:+d}: " + " < ".join(reversed(frames)), flush=True)


async def _prepared(household: Household) -> Figures:
    """Return what the server costs once it is prepared and somebody has looked in: before the hour begins."""
    await household.server.ready()
    await _visit(household.server.address)  # who comes to where trainings are starts the first worker
    return await asyncio.to_thread(household.look, 0.0)


async def _visit(address: str) -> None:
    visitor = Visitor(address)
    await visitor.enter("training", tab="Live")
    await visitor.leave()
    await asyncio.sleep(12)


def soak(minutes: float, file: Path, trace: bool = False, hurry: bool = False) -> Soak:
    """Soak a server of its own; the figures are printed and written to a file.

    trace: whether to follow where memory is allocated, which is slow.  hurry: see `Hour`.
    """
    with tempfile.TemporaryDirectory() as folder, closing(Table(file)) as table:
        database, hook = Path(folder, "rooms.sqlite"), Path(folder, "hook")
        wire.PATIENCE = PATIENCE  # a busy machine is no failure here
        os.environ |= {"SOAK_HOOK": str(hook)} | ({"SOAK_TRACE": "1"} if trace else {})
        log = Path(folder, "log")
        with course(database=f"sqlite:///{database}", hook=str(HOOK), log=log.open("w+")) as server:
            household = Household(server, database, hook)
            outcome = asyncio.run(Hour(household, minutes, table, hurry).pass_by())
        return replace(outcome, log=log.read_text())


def measure(minutes: float, file: Path, trace: bool = False) -> bool:
    """Soak a server for so many minutes, and say of each thing whether it holds; return whether all do."""
    print(f"{SEATS} visitors and {ROOMS} rooms for {minutes:g} minutes; figures go to {file}:", flush=True)
    outcome = soak(minutes, file, trace)
    for text in outcome.tracebacks[:5]:
        print(text[:5_000], flush=True)
    rows = verdicts(outcome)
    print_rows(f"soak of {minutes:g} minutes, {os.cpu_count()} cores", rows)
    return all(row.holds for row in rows)
