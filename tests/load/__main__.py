"""A class in front of the app, measured: python -m tests.load [PART] [--minutes N] [--phones N] [--busy]

gates: three hundred on one page, then a thousand, beside a bare Streamlit page with thirty.  lesson: sixty
over all pages with three trainings, as soon as the server answers, and once it has prepared itself.
arrival: a hundred who open the course within five seconds while sixty move sliders.  cold: from the start
of the server to the first text in Chromium, beside `streamlit hello`.  soak: an hour of thirty who come and
go while two rooms are open, and what of it stays in the server (--minutes, --csv, --trace).  stranger: what
somebody with a client of their own tries, while another visitor opens a page.  room: class mode, three
hundred phones beside sixty on all pages; with --profile the server's time goes into a file for pstats.
cluster: a room spread over three servers, with nginx and PostgreSQL; one of them is killed, the database
restarted.  cost: what visitors cost on one, two and three servers, and a model of it.  --busy: another
process keeps every core busy meanwhile.
Settings are drawn at random from all that the sliders can reach, so that no answer is there already.
Linux; each begins a server of its own on this machine, which the visitors share with it.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from tests.load import cluster, cold, cost, habits, room, stranger
from tests.load.busy import busy
from tests.load.habits import Student
from tests.load.server import Server, bare, course
from tests.load.soak import run as soak
from tests.load.visitor import Visitor

PARTS = ("gates", "lesson", "arrival", "cold", "soak", "stranger", "room", "cluster", "cost")
SECONDS = 20.0  # of moving, for gates and lesson


class Moved(NamedTuple):
    """What moves took, milliseconds; of a core, per cent; MB of the server."""

    p95: float
    worst: float
    core: float
    memory: float
    pages: dict[str, float]  # p95 of each page
    errors: int


def at(share: float, values: list[float]) -> float:
    """A quantile, in milliseconds of seconds."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


async def moving(
    visitors: list, move: Callable[..., Awaitable[float]], every: float, seconds: float
) -> list[tuple[str, float]]:
    """Each visitor moves once in so many seconds, one after another; where, and how long the answer took.

    The time counts from when the move was due: whoever has to wait for their last answer waits here as well.
    """
    took: list[tuple[str, float]] = []

    async def hand(number: int, visitor) -> None:
        due = time.perf_counter() + every * number / len(visitors)
        end = time.perf_counter() + seconds
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            page = visitor.page
            await move(visitor)
            took.append((page, time.perf_counter() - due))
            due = max(due + every, time.perf_counter())  # who has waited too long lets a move go

    await asyncio.gather(*(hand(number, visitor) for number, visitor in enumerate(visitors)))
    return took


def by_page(took: list[tuple[str, float]]) -> dict[str, float]:
    """The quantile asked for, page by page, in milliseconds."""
    pages = sorted({page for page, _ in took})
    each = {page: [seconds for where, seconds in took if where == page] for page in pages}
    return {page or "start": at(0.95, found) for page, found in each.items()}


def faults(tabs: list[Visitor]) -> list[str]:
    """Every exception that anybody saw."""
    return [fault for tab in tabs for fault in tab.exceptions]


async def _moved(server: Server, visitors: list, move, every: float, seconds: float) -> Moved:
    spent = server.processor_seconds()
    moved = await moving(visitors, move, every, seconds)
    took = [seconds for _, seconds in moved]
    used = (server.processor_seconds() - spent) / seconds
    tabs = [visitor.tab if isinstance(visitor, Student) else visitor for visitor in visitors]
    print(
        f"  {len(visitors)} visitors, {len(took)} moves, {len(took) / seconds:.0f} a second: "
        f"p50 {at(0.5, took):.0f} ms, p95 {at(0.95, took):.0f} ms, worst {at(1, took):.0f} ms; "
        f"server {used:.0%} of a core, {server.cost().rss:.0f} MB; {len(faults(tabs))} errors",
        flush=True,
    )
    pages = by_page(moved)
    print(f"  p95 by page, ms: {', '.join(f'{page} {p95:.0f}' for page, p95 in pages.items())}", flush=True)
    return Moved(at(0.95, took), at(1, took), 100 * used, server.cost().rss, pages, len(faults(tabs)))


async def _leave(visitors: list) -> None:
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


async def _thirty_bare(server: Server, seconds: float = SECONDS) -> Moved:
    dice = random.Random(1)
    visitors = [Visitor(server.address) for _ in range(30)]
    await asyncio.gather(*(visitor.enter() for visitor in visitors))
    print("A bare page with a slider and an Altair chart, a move a second:")
    moved = await _moved(server, visitors, lambda v: v.move("k", dice.randint(1, 50) / 10), 1.0, seconds)
    await _leave(visitors)
    return moved


async def _on_gates(server: Server, count: int, seconds: float = SECONDS) -> Moved:
    dice = random.Random(1)
    students = [Student(server.address) for _ in range(count)]
    for begin in range(0, count, 10):
        await asyncio.gather(*(student.enter("gates") for student in students[begin : begin + 10]))
    await asyncio.sleep(3)
    print(f"The gates page, {count} visitors, a move a second:")
    moved = await _moved(server, students, lambda student: habits.move(student, dice), 1.0, seconds)
    await _leave(students)
    return moved


async def _class(server: Server) -> tuple[list[Student], list[Student]]:
    """Let a class come in: those on all pages, and those who watch a training."""
    students, watchers = [], []
    for page, count in habits.CLASS.items():
        for number in range(count):
            student = Student(server.address)
            await student.enter(page, number)
            (watchers if page == "live" else students).append(student)
    return students, watchers


async def _lesson(server: Server, seconds: float = SECONDS, waits: bool = False) -> Moved:
    """waits: until the server says that it has prepared itself; otherwise all come while it does."""
    dice = random.Random(1)
    if waits:
        await server.ready()
    students, watchers = await _class(server)
    print(f"Sixty over all pages, a move in two seconds or another page, three trainings watched by six, "
          f"{'once the server is prepared' if waits else 'as soon as the server answers'}:")  # fmt: skip
    steps = [await student.step() for student in watchers]
    moves, looked = await asyncio.gather(
        _moved(server, students, lambda student: habits.move_or_go(student, dice), 2.0, seconds),
        moving(watchers, Student.look, 0.25, seconds),
    )
    looks = [seconds for _, seconds in looked]
    moved = sum([was < await student.step() for was, student in zip(steps, watchers, strict=True)])
    print(f"  looks at a run: p50 {at(0.5, looks):.0f} ms, p95 {at(0.95, looks):.0f} ms; {moved} of 6 moved")
    print(f"  {faults([student.tab for student in students + watchers])}")
    await _leave(students + watchers)
    return moves


async def _arrival(server: Server, seconds: float = SECONDS) -> Moved:
    dice = random.Random(1)
    students = [Student(server.address) for _ in range(60)]
    for number, student in enumerate(students):
        await student.enter(("gates", "gradients", "training", "sampling")[number % 4])
    visitors = [Visitor(server.address) for _ in range(100)]

    async def arrive(visitor: Visitor) -> float:
        await asyncio.sleep(5 + dice.uniform(0, 5))
        return await visitor.enter("gates")

    print("A hundred open the course within five seconds while sixty move sliders, a move in two seconds:")
    took, moved = await asyncio.gather(
        asyncio.gather(*map(arrive, visitors)),
        _moved(server, students, lambda student: habits.move(student, dice), 2.0, seconds),
    )
    print(f"  they are in after p50 {at(0.5, took) / 1000:.1f} s, the slowest {max(took):.1f} s; "
          f"{len(faults(visitors))} errors; {server.cost().rss:.0f} MB")  # fmt: skip
    await _leave(visitors + students)
    return moved


async def _stranger(server: Server, attack: stranger.Attack) -> None:
    visitor = Visitor(server.address)
    for page in ("gates", "training", "gates"):  # a server that has been running for a while
        await visitor.enter(page)
        await visitor.leave()
    outcome, took = await stranger.probed(server, attack, 8.0)
    print(
        f"  {attack.__name__.replace('_', ' ')}: a full page takes p50 {at(0.5, took):.0f} ms, "
        f"p95 {at(0.95, took):.0f} ms of {len(took)}; {outcome}",
        flush=True,
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--minutes", type=float, default=60.0, help="of the soak (60)")
    parser.add_argument("--csv", default="soak.csv", metavar="FILE", help="for the soak's figures (soak.csv)")
    parser.add_argument("--trace", action="store_true", help="where memory goes, of the soak; slow")
    parser.add_argument("--phones", type=int, default=300, help="in the room (300)")
    parser.add_argument("--profile", default="", metavar="FILE", help="of the server, for the room")
    parser.add_argument("--busy", action="store_true", help="another process keeps every core busy")
    asked = parser.parse_args()
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f}; {os.cpu_count()} cores", flush=True)
    with busy((os.cpu_count() or 1) if asked.busy else 0):
        _run(asked.part)
        if asked.part in ("room", "all"):
            room.measure(asked.phones, asked.profile)
        if asked.part in ("cluster", "all"):
            cluster.measure(asked.phones)
        if asked.part in ("cost", "all"):
            cost.measure()
        if asked.part in ("soak", "all") and not soak.measure(asked.minutes, Path(asked.csv), asked.trace):
            sys.exit(1)


def figures(is_quick: bool) -> dict[str, float | str | None]:
    """Measure what the README says of gates, lesson, arrival and cold."""
    seconds, most = (3.0, 30) if is_quick else (SECONDS, 1000)
    with tempfile.TemporaryDirectory() as folder, bare(Path(folder)) as server:
        values: dict[str, float | str | None] = {"bare_p95": asyncio.run(_thirty_bare(server, seconds)).p95}
    errors = 0
    for count in (300, 1000):
        with course() as server:
            moved = asyncio.run(_on_gates(server, min(count, most), seconds))
        errors += moved.errors
        values[f"gates_{count}_p95"] = moved.p95
        if count == 300:
            values |= {"gates_300_core": moved.core, "gates_300_mb": moved.memory}
    for name, waits in (("lesson", False), ("prepared", True)):
        with course() as server:
            moved = asyncio.run(_lesson(server, seconds, waits))
        values |= {f"{name}_p95": moved.p95, f"{name}_worst": moved.worst / 1000}
        over = [page for page, p95 in moved.pages.items() if p95 > 100]
        values[f"{name}_over"] = ", ".join(over) or "no page"
        errors += moved.errors
    with course() as server:
        moved = asyncio.run(_arrival(server, max(seconds, 10.0)))
    errors += moved.errors
    values |= {"arrival_p95": moved.p95, "cold": cold.measure(1 if is_quick else 5)}
    return values | {"amiss": f"{errors} errors on visitors' pages" if errors else None}


def _run(part: str) -> None:
    if part in ("gates", "all"):
        with tempfile.TemporaryDirectory() as folder, bare(Path(folder)) as server:
            asyncio.run(_thirty_bare(server))
        for count in (300, 1000):
            with course() as server:
                asyncio.run(_on_gates(server, count))
    if part in ("lesson", "all"):
        for waits in (False, True):
            with course() as server:
                asyncio.run(_lesson(server, waits=waits))
    if part in ("arrival", "all"):
        with course() as server:
            asyncio.run(_arrival(server))
    if part in ("cold", "all"):
        cold.measure()
    if part in ("stranger", "all"):
        print("What a stranger's client tries, and what another visitor's page takes meanwhile:")
        for attack in stranger.ATTACKS:
            with course() as server:
                asyncio.run(_stranger(server, attack))


if __name__ == "__main__":
    main()
