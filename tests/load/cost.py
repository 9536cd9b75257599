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


async def _points(running: Cluster, visitors: tuple[int, ...]) -> list[Point]:
    room = await Class.open(running.netloc)
    points = []
    for count in visitors:
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


def figures(is_quick: bool) -> dict[str, float | None]:
    """Measure what the README says of visitors' cost."""
    points, models = measure((1, 2), (0, 20, 40)) if is_quick else measure()
    values: dict[str, float | None] = {"missing": 1000 * models[0].residual}
    for point, rate in zip(points, rates(points), strict=True):
        key = f"{point.servers}_{point.visitors}_{rate}"
        values[f"votes_{key}"] = point.votes
        values |= {f"{part}_{key}": 100 * each for part, each in zip(PARTS, point.cores, strict=True)}
        for name, took in (("vote", point.vote_took), ("move", point.move_took)):
            if took:
                values |= {f"{name}50_{key}": p50(took), f"{name}95_{key}": p95(took)}
    for part, model in zip(PARTS, models, strict=True):
        for number, term in enumerate(("server", "visitor", "vote", "hearing")):
            error = model.covariance[number, number] ** 0.5
            values[f"{part}_{term}"] = digits(1000 * model.coefficients[number])
            values[f"{part}_{term}_error"] = digits(1000 * error)
    for name, rate in (("calm", CALM), ("busy", BUSY)):
        for visitors in PLANS:
            count, cores, error = planned(models, visitors, rate)
            key = f"{visitors}_{name}"
            values |= dict.fromkeys((f"{what}_{key}" for what in ("count", "cores", "low", "high")), None)
            if count:
                values |= {f"count_{key}": count, f"cores_{key}": cores}
                values |= {f"low_{key}": cores - 2 * error, f"high_{key}": cores + 2 * error}
    return values


def rates(points: list[Point]) -> list[str]:
    """Return of each point whether its phones voted seldom or often: both were measured, in this order."""
    return [
        "busy" if before and (before.servers, before.visitors) == (point.servers, point.visitors) else "calm"
        for before, point in zip([None, *points], points, strict=False)
    ]


def digits(value: float) -> float:
    """Return a value with three digits that count."""
    return float(f"{value:.3g}")


def measure(
    numbers: tuple[int, ...] = SERVERS, visitors: tuple[int, ...] = VISITORS
) -> tuple[list[Point], list[Model]]:
    """Measure all points, and print them, the model, and what it says of many visitors."""
    print_conditions()
    print("\n| servers | visitors | votes a second | servers, of a core | nginx | PostgreSQL "
          "| a vote takes, p50 / p95 | a slider's range | load |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    points = []
    for count in numbers:
        with cluster(count, is_durable=True) as running:
            points += uvloop.run(_points(running, visitors))
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
        for planned_for in PLANS:
            print(_plan(models, planned_for, rate))
    print(
        f"\nBetween: two standard errors. Measured was up to {max(visitors)} visitors on {max(numbers)} "
        "servers; far beyond, it is a guess. Each server hears of every vote: all rooms are on all servers."
    )
    return points, models


def planned(models: list[Model], visitors: int, rate: float) -> tuple[int, float, float]:
    """Return what the models say of so many visitors: servers (0: no number is enough), cores in all, and
    their standard error."""
    votes = rate * visitors
    count = servers_for(models[0], visitors, votes)
    each = [model.cores(count, visitors, votes) for model in models]
    return count, sum(cores for cores, _ in each), math.hypot(*(error for _, error in each))


def _plan(models: list[Model], visitors: int, rate: float) -> str:
    """Return a line of the table: what the models say of so many visitors."""
    votes = rate * visitors
    place = f"| {visitors:,} | one in {1 / rate:g} s |"
    count, total, error = planned(models, visitors, rate)
    if not count:
        return f"{place} no number is enough: divide the rooms among several such places | – | – |"
    each = ", ".join(f"{model.cores(count, visitors, votes)[0]:.2f}" for model in models)
    low, high = total - 2 * error, total + 2 * error
    return f"{place} {count} | {total:.1f} (between {low:.1f} and {high:.1f}) | {each} |"
