"""What visitors cost on one, two and three servers, and a model of it, for whoever plans for more.

Phones listen, and vote as often as in a calm part of a lesson and as in a busy one; every fourth moves a
slider once a second as well.  Measured are the processor seconds of the servers, of nginx, of PostgreSQL.
"""

import asyncio
import math
import os
import random
import time
from typing import NamedTuple
from urllib.parse import urlencode

import uvloop

from tests.cluster.cluster import Cluster, cluster
from tests.load import habits
from tests.load.cluster import end, print_conditions
from tests.load.cost_model import FULL, TERMS, Model, fit, servers_for
from tests.load.phone import Class, Phone
from tests.load.rows import p50, p95

SERVERS = (1, 2, 3)
VISITORS = (0, 50, 100, 200, 400)
CALM, BUSY = 0.05, 0.25  # votes of a visitor, each second
MOVING = 4  # each fourth moves a slider, once a second
SECONDS = 4.0
PLANS = (500, 1000, 2000, 5000)  # visitors
PARTS = ("servers", "nginx", "postgres")


class Point(NamedTuple):
    """What was measured at once.  votes: each second; cores: of each of PARTS; took: seconds of answers."""

    servers: int
    visitors: int
    votes: float
    cores: tuple[float, ...]
    vote_took: list[float]
    move_took: list[float]


async def _point(running: Cluster, room: Class, rate: float, asking: str) -> Point:
    vote_took: list[float] = []
    move_took: list[float] = []
    until = time.perf_counter() + SECONDS

    async def hand(phone: Phone, every: float, act, took: list[float]) -> None:
        due = time.perf_counter() + phone.dice.uniform(0, every)
        while due < until:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await act(phone)
            took.append(time.perf_counter() - due)
            due += phone.dice.uniform(0.5, 1.5) * every

    async def vote(phone: Phone) -> None:
        await phone.vote(asking, 1, phone.dice.choice(room.answers))

    began, before = time.perf_counter(), running.spent()
    await asyncio.gather(
        *(hand(phone, 1 / rate, vote, vote_took) for phone in room.phones),
        *(hand(phone, 1.0, move, move_took) for phone in room.phones[::MOVING]),
    )
    await asyncio.sleep(max(0.0, until - time.perf_counter()))
    seconds, after = time.perf_counter() - began, running.spent()
    spent = {name: (after[name] - before[name]) / seconds for name in after}
    servers = sum(cores for name, cores in spent.items() if name.startswith("server"))
    cores = (servers, spent["nginx"], spent["postgres"])
    votes = len(vote_took) / seconds
    return Point(len(running.servers), len(room.phones), votes, cores, vote_took, move_took)


async def move(phone: Phone) -> None:
    """Ask for a slider's range at settings drawn at random, as the gates page does."""
    dice: random.Random = phone.dice
    question = {**habits.anywhere("gates", dice), "along": dice.choice(("x", "C_prev", "b_f"))}
    reply = await phone.client.ask("GET", f"/api/gates/step?{urlencode(question)}")
    assert reply.status in (200, 503), (reply.status, reply.body[:200])


async def _points(running: Cluster) -> list[Point]:
    room = await Class.open(running.netloc)
    points = []
    for count in VISITORS:
        room.add(count - len(room.phones))
        new = [phone for phone in room.phones if not phone.token]
        for begin in range(0, len(new), 20):
            await asyncio.gather(*(phone.arrive() for phone in new[begin : begin + 20]))
        asking = await room.open_vote()
        await asyncio.sleep(0.5)
        for rate in (CALM, BUSY) if count else (CALM,):
            points.append(await _point(running, room, rate, asking))
            print(_line(points[-1]), flush=True)
    end(room)
    return points


def _line(point: Point) -> str:
    cells = [f"{point.servers}", f"{point.visitors}", f"{point.votes:.0f}"]
    cells += [f"{cores:.1%}" for cores in point.cores]
    for took in (point.vote_took, point.move_took):
        cells.append(f"{p50(took):.0f} / {p95(took):.0f} ms" if took else "–")
    return f"| {' | '.join(cells)} | {os.getloadavg()[0]:.1f} |"


def measure() -> None:
    """Measure all points, and print them, the model, and what it says of many visitors."""
    print_conditions()
    print("\n| servers | visitors | votes a second | servers, of a core | nginx | PostgreSQL "
          "| a vote takes, p50 / p95 | a slider's range | load |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    points = []
    for count in SERVERS:
        with cluster(count, is_durable=True) as running:
            points += uvloop.run(_points(running))
    places = [(point.servers, point.visitors, point.votes) for point in points]
    models = [fit(places, [point.cores[number] for point in points]) for number in range(len(PARTS))]
    print(f"\n| ms of processor time a second for | {' | '.join(PARTS)} |")
    print("|---|---|---|---|")
    for number, term in enumerate(TERMS):
        cells = [
            f"{1000 * model.coefficients[number]:.3f} ± {1000 * model.covariance[number, number] ** 0.5:.3f}"
            for model in models
        ]
        print(f"| {term} | {' | '.join(cells)} |")
    print(f"| what the model misses (rms) | {' | '.join(f'{1000 * m.residual:.0f}' for m in models)} |")
    print(
        f"\n| visitors | votes of each | servers, each at most {FULL:.0%} of a core | cores in all "
        "| servers, nginx, PostgreSQL |"
    )
    print("|---|---|---|---|---|")
    for rate in (CALM, BUSY):
        for visitors in PLANS:
            print(_plan(models, visitors, rate))
    print(
        f"\nBetween: two standard errors. Measured was up to {max(VISITORS)} visitors on {max(SERVERS)} "
        "servers; far beyond, it is a guess. Each server hears of every vote: all rooms are on all servers."
    )


def _plan(models: list[Model], visitors: int, rate: float) -> str:
    """Return a line of the table: what the models say of so many visitors."""
    votes = rate * visitors
    place = f"| {visitors:,} | one in {1 / rate:g} s |"
    count = servers_for(models[0], visitors, votes)
    if not count:
        return f"{place} no number is enough: divide the rooms among several such places | – | – |"
    said = [model.cores(count, visitors, votes) for model in models]
    total, error = sum(cores for cores, _ in said), math.hypot(*(error for _, error in said))
    each = ", ".join(f"{cores:.2f}" for cores, _ in said)
    low, high = total - 2 * error, total + 2 * error
    return f"{place} {count} | {total:.1f} (between {low:.1f} and {high:.1f}) | {each} |"
