"""A class in front of the app, measured: python -m tests.load [PART] [--minutes N]

gates: a hundred on one page, beside a bare Streamlit page with thirty.  lesson: sixty over all pages with
three trainings.  arrival: a hundred within five seconds on a cold server.  cold: from the start of the
server to the first text in Chromium, beside `streamlit hello`.  soak: an hour of coming and going.
stranger: what somebody with a client of their own tries, while another visitor opens a page.
Linux; each begins a server of its own on this machine, which the visitors share with it.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.load import cold, habits, stranger
from tests.load.server import Server, bare, course
from tests.load.visitor import Visitor

PARTS = ("gates", "lesson", "arrival", "cold", "soak", "stranger")
SECONDS = 20.0  # of moving, for gates and lesson


def at(share: float, values: list[float]) -> float:
    """A quantile, in milliseconds of seconds."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000


async def moving(
    visitors: list[Visitor], move: Callable[[Visitor], Awaitable[float]], every: float, seconds: float
) -> list[tuple[str, float]]:
    """Each visitor moves once in so many seconds, one after another; where, and how long the answer took."""
    took: list[tuple[str, float]] = []

    async def hand(number: int, visitor: Visitor) -> None:
        due = time.perf_counter() + every * number / len(visitors)
        end = time.perf_counter() + seconds
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            took.append((visitor.page, await move(visitor)))
            due = max(due + every, time.perf_counter())  # who has waited too long lets a move go

    await asyncio.gather(*(hand(number, visitor) for number, visitor in enumerate(visitors)))
    return took


def by_page(took: list[tuple[str, float]]) -> str:
    """The quantile asked for, page by page."""
    pages = sorted({page for page, _ in took})
    each = {page: [seconds for where, seconds in took if where == page] for page in pages}
    return ", ".join(f"{page or 'start'} {at(0.95, found):.0f}" for page, found in each.items())


def faults(visitors: list[Visitor]) -> list[str]:
    """Every exception that anybody saw."""
    return [fault for visitor in visitors for fault in visitor.exceptions]


async def _moved(server: Server, visitors: list[Visitor], move, every: float) -> None:
    spent = server.processor_seconds()
    moved = await moving(visitors, move, every, SECONDS)
    took = [seconds for _, seconds in moved]
    used = (server.processor_seconds() - spent) / SECONDS
    print(
        f"  {len(visitors)} visitors, {len(took)} moves, {len(took) / SECONDS:.0f} a second: "
        f"p50 {at(0.5, took):.0f} ms, p95 {at(0.95, took):.0f} ms, worst {at(1, took):.0f} ms; "
        f"server {used:.0%} of a core, {server.cost().rss:.0f} MB; {len(faults(visitors))} errors"
    )
    print(f"  p95 by page, ms: {by_page(moved)}")


async def _thirty_bare(server: Server) -> None:
    dice = random.Random(1)
    visitors = [Visitor(server.address) for _ in range(30)]
    await asyncio.gather(*(visitor.enter() for visitor in visitors))
    print("A bare page with a slider and an Altair chart, a move a second:")
    await _moved(server, visitors, lambda v: v.move("k", dice.randint(1, 50) / 10), 1.0)
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


async def _hundred(server: Server) -> None:
    dice = random.Random(1)
    visitors = [Visitor(server.address) for _ in range(100)]
    for begin in range(0, 100, 10):
        await asyncio.gather(*(visitor.enter("gates") for visitor in visitors[begin : begin + 10]))
    print("The gates page, a move a second:")
    await _moved(server, visitors, lambda v: habits.move(v, dice), 1.0)
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


async def _lesson(server: Server) -> None:
    dice = random.Random(1)
    visitors, live = [], []
    for page, count in habits.CLASS.items():
        for number in range(count):
            visitor = Visitor(server.address)
            await habits.enter(visitor, page, number)
            (live if page == "live" else visitors).append(visitor)
    print("Sixty over all pages, a move in two seconds, three trainings watched by six:")
    before = [visitor.read() for visitor in live]
    _, looked = await asyncio.gather(
        _moved(server, visitors, lambda v: habits.move(v, dice), 2.0),
        moving(live, Visitor.look, 0.25, SECONDS),
    )
    looks = [seconds for _, seconds in looked]
    moved = sum(was != visitor.read() for was, visitor in zip(before, live, strict=True))
    print(f"  looks at a run: p50 {at(0.5, looks):.0f} ms, p95 {at(0.95, looks):.0f} ms; {moved} of 6 moved")
    took = []
    for visitor in live[:3]:
        began = time.perf_counter()
        await visitor.move("run_pause", True)
        while not visitor.find("run_resume") and time.perf_counter() < began + 5:
            await visitor.look()
        took.append(time.perf_counter() - began)
    print(f"  pause: {', '.join(f'{seconds * 1000:.0f}' for seconds in took)} ms; {faults(visitors + live)}")
    await asyncio.gather(*(visitor.leave() for visitor in visitors + live))


async def _arrival(server: Server) -> None:
    dice = random.Random(1)
    visitors = [Visitor(server.address) for _ in range(100)]

    async def arrive(visitor: Visitor) -> float:
        await asyncio.sleep(dice.uniform(0, 5))
        return await visitor.enter("gates")

    took = await asyncio.gather(*map(arrive, visitors))
    print(
        f"A hundred within five seconds on a cold server: p50 {at(0.5, took) / 1000:.1f} s, "
        f"slowest {max(took):.1f} s; {len(faults(visitors))} errors; {server.cost().rss:.0f} MB"
    )
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


async def _soak(server: Server, minutes: float) -> None:
    dice, end = random.Random(1), time.monotonic() + 60 * minutes
    seen: list[str] = []

    async def seat(number: int) -> None:
        """One after another, somebody sits here for half a minute or so."""
        await asyncio.sleep(number)
        while time.monotonic() < end:
            visitor = Visitor(server.address)
            page = dice.choice(habits.PAGES if dice.random() < 0.9 else ["live"])
            await habits.enter(visitor, page, dice.randrange(3))
            for _ in range(dice.randint(5, 25)):
                if dice.random() < 0.1:
                    await visitor.go(dice.choice(habits.PAGES))
                else:
                    await habits.move(visitor, dice)
                await asyncio.sleep(dice.uniform(1, 3))
            seen.extend(visitor.exceptions)
            await visitor.leave()

    async def note() -> None:
        began = time.monotonic()
        while time.monotonic() < end:
            _tell(f"minute {(time.monotonic() - began) / 60:4.0f}", server)
            await asyncio.sleep(120)

    print(f"Thirty who come and go for {minutes:g} minutes:", flush=True)
    await asyncio.gather(note(), *map(seat, range(30)))
    _tell("all have left", server)
    print(f"  {len(seen)} errors {seen[:3]}")


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


async def _look_in(server: Server) -> None:
    visitor = Visitor(server.address)
    await visitor.enter("gates")
    await visitor.leave()
    await asyncio.sleep(2)


def _tell(when: str, server: Server) -> None:
    cost = server.cost()
    print(
        f"  {when}: {cost.rss:.1f} MB, {cost.processes} processes, {cost.threads} threads, "
        f"{cost.files} files",
        flush=True,
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--minutes", type=float, default=60.0, help="of the soak (60)")
    asked = parser.parse_args()
    if asked.part in ("gates", "all"):
        with tempfile.TemporaryDirectory() as folder, bare(Path(folder)) as server:
            asyncio.run(_thirty_bare(server))
        with course() as server:
            asyncio.run(_hundred(server))
    if asked.part in ("lesson", "all"):
        with course() as server:
            asyncio.run(_lesson(server))
    if asked.part in ("arrival", "all"):
        with course() as server:
            asyncio.run(_arrival(server))
    if asked.part in ("cold", "all"):
        cold.measure()
    if asked.part in ("stranger", "all"):
        print("What a stranger's client tries, and what another visitor's page takes meanwhile:")
        for attack in stranger.ATTACKS:
            with course() as server:
                asyncio.run(_stranger(server, attack))
    if asked.part in ("soak", "all"):
        with course() as server:
            asyncio.run(_soak(server, asked.minutes))
            # Streamlit keeps who has left for two minutes, and lets go when somebody comes after that.
            time.sleep(180)
            asyncio.run(_look_in(server))
            _tell("three minutes later, after one who looked in", server)


if __name__ == "__main__":
    main()
