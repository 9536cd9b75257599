"""Contenders that run in turn, and a table of their times."""

import time
from collections.abc import Callable

ROUNDS = 9


def hurry() -> None:
    """Let one round do from now on, to try whether all works."""
    global ROUNDS
    ROUNDS = 1


def race(
    contenders: dict[str, Callable[[], object]], clock: Callable[[], float] = time.process_time
) -> dict[str, float]:
    """Seconds of one call of each contender: the best of nine rounds, in each of which all run.

    A turn lasts about a tenth of a second, so that nobody pays for the caches that the one before
    has filled with its own.
    """
    calls = {}
    for name, run in contenders.items():
        run()
        began = clock()
        run()
        calls[name] = max(1, round(0.1 / (clock() - began)))
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            began = clock()
            for _ in range(calls[name]):
                run()
            best[name] = min(best[name], (clock() - began) / calls[name])
    return best


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    """Print a table in Markdown."""
    print(f"\n**{title}**\n")
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(row)} |", flush=True)
