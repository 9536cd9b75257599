"""What watching a live run costs the server: python -m tests.benchmarks.watched_runs

One, ten and a hundred watch the same run over HTTP.  They ask what is new of it as often as they are told to,
and what is to be said of it once a second, as the page does.  Processor time is the server's own, without the
worker that trains, and without what it takes while the run works and nobody asks.  Takes a minute; Linux.
"""

import asyncio
import time

from tests.benchmarks.race import table
from tests.load.asking import Asking
from tests.load.server import Server, course
from tests.load.visitor import Visitor
from tests.load.watching import Watching, id_of

COUNTS = (1, 10, 100)
SECONDS = 12.0


async def watch(watcher: Watching, until: float) -> list[float]:
    """Look until then; the seconds of each look."""
    took, said = [], 0.0
    while time.perf_counter() < until:
        took.append(await watcher.look())
        if time.perf_counter() > said + 1 and watcher.step > 0:
            said = time.perf_counter()
            await watcher.asking.ask("runs/live", {"runs": watcher.run, "at": str(watcher.step)})
        await asyncio.sleep(watcher.again)
    return took


async def share_of_nobody(server: Server) -> float:
    """Return the share of a core that is used while the run works and nobody asks."""
    spent = server.processor_seconds()
    await asyncio.sleep(SECONDS)
    return (server.processor_seconds() - spent) / SECONDS


async def measure(server: Server, run: str, count: int, idle: float) -> list[str]:
    """Let so many watch; a row of the table.  idle: the share of a core without them."""
    watchers = [Watching(Asking(server.address), run) for _ in range(count)]
    began, spent = time.perf_counter(), server.processor_seconds()
    looks = await asyncio.gather(*(watch(watcher, began + SECONDS) for watcher in watchers))
    passed = time.perf_counter() - began
    spent = server.processor_seconds() - spent - idle * passed
    took = sorted(1e3 * seconds for each in looks for seconds in each)
    for watcher in watchers:
        await watcher.asking.ask("runs/leave", {"watcher": watcher.watcher})
        await watcher.asking.leave()
    bytes_each = sum(watcher.asking.bytes for watcher in watchers) / len(took)
    return [
        str(count), f"{len(took) / passed:.0f}", f"{1e3 * spent / len(took):.2f}", f"{spent / passed:.1%}",
        f"{took[len(took) // 2]:.1f}", f"{took[int(0.95 * len(took))]:.1f}", f"{bytes_each:.0f}",
    ]  # fmt: skip


async def rows(server: Server) -> list[list[str]]:
    """Start a run as a visitor does, and let others watch it."""
    visitor = Visitor(server.address)
    await visitor.enter("training", tab="Live", hidden="64", budget="50 epochs")
    await visitor.move("start", True)
    await asyncio.sleep(3)
    run = id_of(hidden="64", budget="50 epochs")
    idle = await share_of_nobody(server)
    return [await measure(server, run, count, idle) for count in COUNTS]


def main() -> None:
    """Print the table."""
    head = ["watchers", "looks/s", "ms of processor a look", "of a core", "p50 ms", "p95 ms", "bytes a look"]
    with course() as server:
        table("Watching a live run", head, asyncio.run(rows(server)))


if __name__ == "__main__":
    main()
