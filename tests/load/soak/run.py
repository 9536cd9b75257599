"""The hour: thirty visitors of the course and two rooms in front of one server, and nobody afterwards."""

import asyncio
import json
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.load.rows import print_rows
from tests.load.server import course
from tests.load.soak.measure import Figures, Household, Table
from tests.load.soak.rooms import Lessons
from tests.load.soak.verdicts import Soak, verdicts, windows
from tests.load.soak.visitors import Diary, Seat
from tests.load.visitor import Visitor

SEATS, ROOMS = 30, 2
EVERY = 30.0  # seconds between two looks
STAYS = 125.0  # seconds that Streamlit keeps a session after its tab was closed, and a little more
HALF_AN_HOUR = 1800.0  # that a training is kept for who went without a word
HOOK = Path(__file__).with_name("hook.py")


async def _come_and_go(household: Household, minutes: float, table: Table, first: Figures) -> Soak:
    began = time.monotonic()
    end, diary, figures = began + 60 * minutes, Diary(), []
    address = household.server.address
    lessons = [Lessons(address, number, end, diary) for number in range(ROOMS)]
    seats = [Seat(address, number, end, diary) for number in range(SEATS)]
    counts: dict[str, int] = {}

    def look() -> None:
        figures.append(household.look((time.monotonic() - began) / 60))
        table.add(figures[-1])
        print(figures[-1].line(), flush=True)

    async def watch() -> None:
        (begin, _), _ = windows(minutes)
        while (now := time.monotonic()) < end:
            if not counts and now >= began + 60 * begin:
                counts.update(await asyncio.to_thread(household.ask, "types"))
                await asyncio.to_thread(household.ask, "trace")
            await asyncio.to_thread(look)
            await asyncio.sleep(max(0.0, min(EVERY, 30 * minutes, end - time.monotonic())))
        await asyncio.to_thread(look)
        await asyncio.to_thread(_tell_growth, household, counts)

    await asyncio.gather(watch(), *(each.live() for each in (*lessons, *seats)))
    print(f"  all leave after {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    for lecturer in lessons:
        await lecturer.delete_all()
    print("  " + ", ".join(f"{count} {deed}" for deed, count in sorted(diary.deeds.items())), flush=True)
    for _ in range(2):  # what is kept for two minutes goes when somebody comes after that
        await asyncio.sleep(STAYS)
        await _look_in(address)
        await asyncio.to_thread(household.ask, "types")  # what nobody holds goes, and not some time later
        await asyncio.to_thread(look)
    await asyncio.to_thread(_tell_growth, household, counts)
    silent = sum(at > time.monotonic() - HALF_AN_HOUR for at in diary.silent)
    last = figures.pop()
    return Soak(minutes, first, figures, last, sum(e.opened for e in lessons), silent, diary.errors)


async def _look_in(address: str) -> None:
    visitor = Visitor(address)
    await visitor.enter("gates")
    await visitor.leave()
    await asyncio.sleep(12)  # threads of a pool wait for work for ten seconds


def _tell_growth(household: Household, counts: dict[str, int]) -> None:
    """Say of which objects there are more than there were."""
    more = Counter(household.ask("types"))
    more.subtract(counts)
    print("  objects, more than at first: " + ", ".join(f"{n} {k}" for k, n in more.most_common(25) if n > 9))
    trace = household.ask("trace")
    for size, count, frames in trace.get("rows", ())[:15]:
        print(f"    {size / 2**20:+.2f} MB {count:+d}: " + " < ".join(reversed(frames)), flush=True)


async def _prepared(household: Household) -> Figures:
    """Return what the server costs once it is prepared and somebody has looked in: before the hour begins."""
    end = time.monotonic() + 120
    while household.look(0).processes < 2 and time.monotonic() < end:
        await _visit(household.server.address)
    await asyncio.sleep(5)
    return household.look(0)


async def _visit(address: str) -> None:
    visitor = Visitor(address)
    await visitor.enter("training", tab="Live")
    await visitor.leave()
    await asyncio.sleep(12)


def measure(minutes: float, file: Path = Path("soak.csv"), trace: bool = False) -> bool:
    """Soak a server for so many minutes; print what was seen, and write it to a file.  Returns whether all
    holds."""
    with tempfile.TemporaryDirectory() as folder:
        database, hook = Path(folder, "rooms.sqlite"), Path(folder, "hook")
        os.environ |= {"SOAK_HOOK": str(hook)} | ({"SOAK_TRACE": "1"} if trace else {})
        with course(database=f"sqlite:///{database}", hook=str(HOOK)) as server:
            household, table = Household(server, database, hook), Table(file)
            print(f"Thirty visitors and two rooms for {minutes:g} minutes; figures go to {file}:", flush=True)
            first = asyncio.run(_prepared(household))
            print(first.line(), json.dumps(first.names), flush=True)
            soak = asyncio.run(_come_and_go(household, minutes, table, first))
            table.close()
    print(json.dumps(soak.last.names))
    rows = verdicts(soak)
    print_rows(f"soak of {minutes:g} minutes, {os.cpu_count()} cores", rows)
    return all(row.holds for row in rows)
