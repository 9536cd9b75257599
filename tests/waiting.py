"""Waiting for what another process does, without a bound that a busy machine could miss."""

import time
from collections.abc import Callable

PATIENCE = 120  # seconds: who waits longer hangs


def wait_until(condition: Callable[[], bool]) -> None:
    """Return as soon as this is so; fail if it never comes to that."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)
