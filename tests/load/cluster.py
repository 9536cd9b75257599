"""A room that is spread over several servers, behind the proxy of deploy/: what is asked, and what is
measured.

The servers, nginx, PostgreSQL and the phones are processes of their own, on the same cores.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TypeVar

import sqlalchemy as sql
import uvloop

from lesson.frame.files import ROOT
from tests.cluster.cluster import Cluster, cluster
from tests.cluster.postgres import PROGRAMS
from tests.cluster.proxy import NGINX
from tests.load.phone import Class, Phone
from tests.load.room import join, lost_votes, staged
from tests.load.rows import Row, figures_of, p50, p95, print_rows, worst

SERVERS = 3
BACK = 60.0  # seconds: who is not back by then does not come back
DOWN = 3.0  # seconds for which the database is stopped
TRAININGS = ROOT / "tests" / "benchmarks" / "cluster.py"
T = TypeVar("T")
# What a room's log has twice, or leaves out.
_GAPS = sql.text("select count(*), max(number) from room_events where room = :room")


@contextmanager
def costs(name: str, running: Cluster) -> Iterator[None]:
    """Say what a part of the lesson has cost each process and the phones."""
    began, before, own = time.perf_counter(), running.spent(), time.process_time()
    yield
    seconds, after = time.perf_counter() - began, running.spent()
    each = ", ".join(
        f"{process} {(spent - before.get(process, 0.0)) / seconds:.0%}" for process, spent in after.items()
    )
    own = time.process_time() - own
    print(
        f"  {name}: {seconds:.1f} s; of a core {each}, phones {own / seconds:.0%}; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def on_each(room: Class) -> str:
    """Return how many phones each server has, by the cookies that they carry."""
    counts = Counter(phone.client.cookie.partition("=")[2] or "none" for phone in room.phones)
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def gaps(running: Cluster, room: Class) -> int:
    """Return how many numbers the log of a room has twice or leaves out."""
    engine = sql.create_engine(running.database.address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        count, last = connection.execute(_GAPS, {"room": room.door.code}).one()
    engine.dispose()
    return abs(last - count)


async def all_in(room: Class, seconds: float) -> Row:
    """Let all come in; how fast is not asked here."""
    row = await join(room, seconds)
    return row._replace(asked="all in", holds=f"{len(room.phones)} in," in row.measured)


async def stages(room: Class) -> Row:
    """Tell a stage to all who listen, whichever server they are on."""
    took, told, count = await staged(room, 0.7)
    return Row(
        f"a room of {len(room.phones)} spread over {SERVERS} servers: stage to every student", "p95 ≤ 1 s",
        f"p50 {p50(took):.0f} ms, p95 {p95(took):.0f} ms, the slowest {worst(took):.0f} ms; "
        f"{told} of {count}",
        told == count and p95(took) <= 1000, {"stage_p95": p95(took), "stage_worst": worst(took)},
    )  # fmt: skip


class Burst:
    """Votes at random moments of some seconds.  took: how long each was on its way, with all that failed."""

    def __init__(self, room: Class, count: int, seconds: float) -> None:
        self.room, self.count, self.seconds = room, count, seconds
        self.took: list[float] = []
        self.asking = ""
        self._votes: list[asyncio.Task[None]] = []

    async def begin(self) -> None:
        """Open a vote, and let all begin; each votes as often as all others, or once more."""
        self.asking = await self.room.open_vote()
        times = dict.fromkeys(range(len(self.room.phones)), 0)
        for number in range(self.count):
            times[number % len(self.room.phones)] += 1
        self._votes = [
            asyncio.create_task(self._commit(phone, times[number]))
            for number, phone in enumerate(self.room.phones)
        ]

    async def _commit(self, phone: Phone, times: int) -> None:
        began = time.perf_counter()
        for due in sorted(phone.dice.uniform(0, self.seconds) for _ in range(times)):
            await asyncio.sleep(max(0.0, began + due - time.perf_counter()))
            await phone.vote(self.asking, 1, phone.dice.choice(self.room.answers))
            self.took.append(time.perf_counter() - began - due)

    async def end(self) -> tuple[int, int]:
        """Wait for all; how many acknowledged votes are not there, and of how many students one counts."""
        await asyncio.gather(*self._votes)
        until, counted = time.perf_counter() + 2.0, -1
        while (
            counted < len(self.room.phones) and time.perf_counter() < until
        ):  # one server hears from another
            results = await patiently(lambda: self.room.host.must("GET", "/results"))
            counted = sum(results["askings"][-1]["rounds"][0].values())
            await asyncio.sleep(0.05)
        return await lost_votes(self.room), counted


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until it works: a server or a database that has just died is found out by asking."""
    end = time.perf_counter() + BACK
    while True:
        try:
            return await ask()
        except (AssertionError, OSError, TimeoutError):
            if time.perf_counter() > end:
                raise
            await asyncio.sleep(0.2)


async def votes(running: Cluster, room: Class, count: int, seconds: float, most: float) -> Row:
    """Let all vote; most: milliseconds that are asked."""
    burst = Burst(room, count, seconds)
    await burst.begin()
    lost, counted = await burst.end()
    doubles = gaps(running, room)
    attempts = sum(phone.attempts for phone in room.phones)
    for phone in room.phones:
        phone.attempts = 0
    return Row(
        f"{count} votes within {seconds:g} s over {SERVERS} servers, a room of {len(room.phones)}",
        f"all stored once; p95 ≤ {most:g} ms",
        f"{len(burst.took)} acknowledged after {attempts} attempts, {lost} lost, {counted} students counted, "
        f"{doubles} events twice or missing; p50 {p50(burst.took):.0f} ms, p95 {p95(burst.took):.0f} ms, "
        f"the slowest {worst(burst.took):.0f} ms",
        lost == doubles == 0 and counted == len(room.phones) and p95(burst.took) <= most,
        {"votes_p95": p95(burst.took), "votes_amiss": lost + doubles},
    )  # fmt: skip


async def killed(running: Cluster, room: Class) -> Row:
    """Kill the lecturer's server (-9) in the middle of a burst of votes."""
    number = int(room.host.cookie.partition("=server")[2] or 1) - 1
    theirs = [phone for phone in room.phones if phone.client.cookie == f"course=server{number + 1}"]
    burst = Burst(room, 2 * len(room.phones), 5.0)
    await burst.begin()
    await asyncio.sleep(2.5)
    before = sum((burst.asking, 1) in phone.acknowledged for phone in room.phones)
    moment = time.perf_counter()
    await asyncio.to_thread(running.kill, number)
    while any(phone.heard_at < moment for phone in theirs) and time.perf_counter() < moment + BACK:
        await asyncio.sleep(0.05)
    back = [phone.heard_at - moment for phone in theirs if phone.heard_at > moment]
    lost, counted = await burst.end()
    doubles = gaps(running, room)
    return Row(
        f"one of {SERVERS} servers killed with -9 in a burst of {burst.count} votes",
        "nothing acknowledged is lost; its students back ≤ 5 s, p95",
        f"{before} students had an acknowledged vote, {lost} lost, {counted} counted, {doubles} events twice "
        f"or missing; {len(back)} of its {len(theirs)} students back, p95 {p95(back) / 1000:.1f} s, the "
        f"slowest {worst(back) / 1000:.1f} s; votes p95 {p95(burst.took):.0f} ms, the slowest "
        f"{worst(burst.took) / 1000:.1f} s",
        lost == doubles == 0 and counted == len(room.phones) and len(back) == len(theirs) > 0
        and p95(back) <= 5000,
        {"killed_lost": lost, "killed_back_p95": p95(back) / 1000, "killed_votes_p95": p95(burst.took)},
    )  # fmt: skip


async def without_database(running: Cluster, room: Class) -> Row:
    """Stop the database in the middle of a burst of votes, and start it again."""
    for phone in room.phones:
        phone.away.clear()
    burst = Burst(room, 2 * len(room.phones), 5.0)
    await burst.begin()
    await asyncio.sleep(1.5)
    began = time.perf_counter()
    await asyncio.to_thread(running.restart_postgres, DOWN)
    up = time.perf_counter()
    lost, counted = await burst.end()
    voted = time.perf_counter()
    await asyncio.sleep(3.0)  # until the last screen has heard that it is back
    told = [phone.away for phone in room.phones if any(is_away for is_away, _ in phone.away)]
    first = [at - began for away in told for is_away, at in away[:1]]
    back = [away[-1][1] - up for away in told if not away[-1][0]]
    doubles = gaps(running, room)
    return Row(
        f"PostgreSQL stopped for {up - began:.1f} s in a burst of {burst.count} votes",
        "votes wait and arrive; every screen says so; nothing is lost",
        f"{len(burst.took)} arrived, the last {voted - up:.1f} s after it was up (the slowest was on its way "
        f"for {worst(burst.took) / 1000:.1f} s), {lost} lost, {counted} counted, {doubles} events twice or "
        f"missing; {len(told)} of {len(room.phones)} screens told, p95 {p95(first) / 1000:.1f} s after the "
        f"stop, and {len(back)} that it is back, p95 {p95(back) / 1000:.1f} s after",
        lost == doubles == 0 and counted == len(back) == len(room.phones),
        {"down": up - began, "down_lost": lost, "down_last": voted - up, "down_screens": len(told)},
    )  # fmt: skip


async def lesson(running: Cluster, count: int) -> list[Row]:
    """All parts in one room."""
    room = await Class.open(running.netloc)
    room.add(count)
    rows = []
    with costs("join", running):
        rows.append(await all_in(room, 10.0))
    print(f"  on each server: {on_each(room)}", flush=True)
    with costs("stages", running):
        rows.append(await stages(room))
    with costs("votes", running):
        rows.append(await votes(running, room, 2 * count, 5.0, 600))
    with costs("a server is killed", running):
        rows.append(await killed(running, room))
    print(f"  on each server: {on_each(room)}", flush=True)
    for number, server in enumerate(running.servers):
        if not server.is_running:
            await asyncio.to_thread(running.restart, number)
    with costs("the database is restarted", running):
        rows.append(await without_database(running, room))
    end(room)
    return rows


async def large(running: Cluster, count: int) -> list[Row]:
    """A room as large as rooms can be."""
    room = await patiently(lambda: Class.open(running.netloc))  # a server may say 503, and try again
    room.add(count)
    with costs(f"{count} join within 30 s", running):
        rows = [await all_in(room, 30.0)]
    print(f"  on each server: {on_each(room)}", flush=True)
    with costs("votes", running):
        rows.append(await votes(running, room, count * 3 // 2, 10.0, 1000))
    end(room)
    # Other figures than those of the lesson.
    names = {"join_p95": "large_join_p95", "votes_p95": "large_p95", "votes_amiss": "large_amiss"}
    return [row._replace(figures={names[name]: each for name, each in row.figures.items()}) for row in rows]


def end(room: Class) -> None:
    """Let all go."""
    for phone in room.phones:
        phone.sleep()


def measure(count: int, largest: int = 1000) -> None:
    """Measure all that the issue asks of rooms, and print its table; then the trainings."""
    rooms(count, largest)
    if TRAININGS.is_file():
        print("\nTrainings on a Dask cluster:", flush=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.cluster"], cwd=ROOT, check=False)


def figures(is_quick: bool) -> dict[str, float | str | None]:
    """Measure what the README says of a room over several servers."""
    return figures_of(rooms(30, 60) if is_quick else rooms(300, 1000))


def rooms(count: int, largest: int) -> list[Row]:
    """Measure all that the issue asks of rooms, and print its table."""
    print_conditions()
    with cluster(SERVERS, is_durable=True) as running:
        rows = uvloop.run(lesson(running, count))
        rows += uvloop.run(large(running, largest))
        memory = ", ".join(f"{name} {size:.0f}" for name, size in running.memory().items())
        print(f"  memory at the end, MB: {memory}", flush=True)
    print_rows(f"{count} phones, {SERVERS} servers, {os.cpu_count()} cores", rows)
    return rows


def print_conditions() -> None:
    """Say on what it is measured."""
    nginx = subprocess.run([NGINX, "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]
    assert PROGRAMS is not None
    words = [PROGRAMS / "postgres", "--version"]
    postgres = subprocess.run(words, capture_output=True, text=True).stdout.split()[2]
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "uvicorn", "numpy", "psycopg"))
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {sys.version.split()[0]}, "
        f"{packages}, nginx {nginx}, PostgreSQL {postgres} (commits wait for the disk)",
        flush=True,
    )
