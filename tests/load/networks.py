"""A class that trains thirty pairs of networks, while it votes on, and while sixty have the course open."""

import asyncio
import time

from tests.load.phone import Class, Phone
from tests.load.rows import Row, p95

QUESTION = "seeds_recall"
LOOK = 1.0  # seconds between two looks of the projector
RENEW = 5.0  # seconds after which a phone asks for its drawing again
PATIENCE = 400.0  # seconds


async def _look(room: Class, asking: str) -> dict | None:
    reply = await room.host.ask("GET", room.door.path(f"/runs/{asking}"))
    return reply.json() if reply.status == 200 else None


async def _watch_own(phone: Phone, asking: str, first: int, drawings: list[float]) -> None:
    """Ask for the drawing with the own network again and again, as the phone's page does."""
    seed = first + phone.mine["seat"] % 30
    await asyncio.sleep(RENEW * phone.dice.random())
    while True:
        began = time.perf_counter()
        reply = await phone.client.ask("GET", phone.door.path(f"/network/{asking}?seed={seed}"))
        if reply.status == 200:
            drawings.append(time.perf_counter() - began)
        await asyncio.sleep(RENEW * phone.dice.uniform(0.75, 1.25))


class Networks:
    """The networks of a room, from the reveal of their question on."""

    def __init__(self, room: Class) -> None:
        self._room = room
        self._asking, self._began = "", 0.0
        self._phones: list[asyncio.Task[None]] = []
        self.drawings: list[float] = []

    async def begin(self) -> float:
        """Reveal the question; returns the seconds until the first network has a curve."""
        asked = await self._room.host.must("POST", "/ask", {"question": QUESTION})
        self._asking = asked["asking"]
        version = await self._room.go(self._asking, "vote", after=asked["stage_version"])
        await self._room.told(await self._room.go(self._asking, "revealed", after=version))
        self._began = time.perf_counter()
        first = (await self._room.host.must("GET", ""))["asking"]["experiment"]["first"]
        self._phones = [
            asyncio.create_task(_watch_own(phone, self._asking, first, self.drawings))
            for phone in self._room.phones
        ]
        while True:
            table = await _look(self._room, self._asking)
            if table and any(len(run["points"]) > 1 for run in table["runs"]):
                return time.perf_counter() - self._began
            await asyncio.sleep(LOOK / 4)

    async def end(self) -> tuple[float, dict]:
        """Wait for all; returns the seconds since the reveal, and what has come of them."""
        while time.perf_counter() < self._began + PATIENCE:
            table = await _look(self._room, self._asking)
            if table and table["truth"] is not None:
                break
            await asyncio.sleep(LOOK)
        self.leave()
        assert table is not None
        return time.perf_counter() - self._began, table

    def leave(self) -> None:
        """Let phones ask no more."""
        for task in self._phones:
            task.cancel()

    def row(self, first: float, last: float, table: dict) -> Row:
        """Say what was measured."""
        pairs = zip(table["setups"], table["learned"], strict=True)
        learned = ", ".join(f"{count} with {setup['name']}" for setup, count in pairs)
        return Row(
            "thirty seeds of the recall pair, while all vote and the sixty move",
            "first curves ≤ 3 s, all ≤ 180 s",
            f"first after {first:.1f} s, all {table['done']} after {last:.0f} s; {learned} learned it; "
            f"{len(self.drawings)} drawings on phones, p95 {p95(self.drawings):.0f} ms",
            first <= 3 and last <= 180 and table["done"] == len(table["runs"]),
            {"networks_first": first, "networks_done": last},
        )  # fmt: skip
