"""What the server does when it starts and before it ends."""

import asyncio
import signal
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from types import FrameType
from typing import Any, Protocol

import streamlit as st

from lesson.server.draining import Draining
from lesson.server.health import Health

# Seconds after the start.  Imports share the interpreter with the first visitor's page: whoever opens it at
# once, as after the README's command, sees its text first, and whoever comes later finds all prepared.
QUIET = 2.0
CONNECTIONS = 16_384
GRACE = 5.0  # seconds that clients may take to let go once the server is told to end
# Seconds after which a thread that computes lets others go on, instead of Python's 0.005.  The event loop
# waits that long whenever a page or an answer is being computed, for every message of every visitor.
TURN = 0.001
Handler = Callable[[int, FrameType | None], Any]
_LISTENING = 0.1  # seconds after the start at which the server surely listens


class Rooms(Protocol):
    """What the server's start and end have to do with the rooms."""

    def start(self) -> None:
        """Look for rooms that are over, from now on."""

    def end_streams(self) -> None:
        """End all streams: the server waits for them."""

    async def stop(self) -> None:
        """Store what is on its way."""


def lifespan(
    warm_up: Callable[[], None], rooms: Rooms, health: Health, quiet: float = QUIET
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return what `st.App` runs around the server's life.

    warm_up: imports what pages and answers need; called in a thread.  health: is told when that has ended.
    """

    async def begin() -> None:
        await asyncio.sleep(_LISTENING)
        if url := address_to_open():
            await asyncio.to_thread(webbrowser.open, url)
        await asyncio.sleep(quiet)
        rooms.start()
        await asyncio.to_thread(warm_up)
        health.is_prepared = True

    @asynccontextmanager
    async def run(app: object) -> AsyncIterator[None]:
        allow_connections()
        former = sys.getswitchinterval()
        sys.setswitchinterval(TURN)
        work = asyncio.create_task(begin())
        # Where it fails, the log says why /healthz says "starting" for ever.
        work.add_done_callback(lambda done: done.cancelled() or done.result())
        _before_the_end(rooms.end_streams, health.draining)
        try:
            yield
        finally:
            work.cancel()
            await rooms.stop()
            sys.setswitchinterval(former)

    return run


def _before_the_end(call: Callable[[], None], draining: Draining) -> None:
    """Let something be called as soon as the server is told to end.

    It then waits until all requests are answered, and only afterwards calls what stands behind the yield: a
    stream would never let it come so far.  A client that does not read what it is sent would not either:
    after a while the server is told as by a second Ctrl-C.

    Where the server is to drain, the first SIGTERM only begins that; the server is told when it is over, or
    by whatever signal comes next.  Ctrl-C never drains: whoever sends it waits for the end.
    """
    if threading.current_thread() is not threading.main_thread():  # a test that runs the server in a thread
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        former = signal.getsignal(number)
        if not callable(former):
            continue

        def end(number: int, frame: FrameType | None, former: Handler = former) -> None:
            loop.call_soon_threadsafe(call)
            loop.call_soon_threadsafe(loop.call_later, GRACE, former, signal.SIGINT, None)
            former(number, frame)

        def handle(number: int, frame: FrameType | None, end: Handler = end) -> None:
            if number != signal.SIGTERM or draining.has_begun or not draining.seconds:
                end(number, frame)
                return
            draining.has_begun = True  # from now on, and not only when the event loop comes to it
            loop.call_soon_threadsafe(draining.begin)
            loop.call_soon_threadsafe(loop.call_later, draining.seconds, end, number, None)

        signal.signal(number, handle)


def allow_connections() -> None:
    """Let the process have as many open connections as a class needs: each phone keeps one.

    Many systems let a process have 1,024 files unless it asks for more.
    """
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < CONNECTIONS:
        most = CONNECTIONS if hard == resource.RLIM_INFINITY else min(CONNECTIONS, hard)
        with suppress(OSError, ValueError):  # a system that does not let it
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def address_to_open() -> str:
    """Return the address that a browser is to open by itself; "" on a machine without a screen.

    Streamlit opens it for a script, but not for an `st.App`.
    """
    if st.get_option("server.headless"):
        return ""
    host = st.get_option("server.address") or "localhost"
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return f"{scheme}://{host}:{st.get_option('server.port')}/{f'{base}/' if base else ''}"
