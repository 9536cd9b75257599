"""What the server does when it starts and before it ends."""

import asyncio
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import streamlit as st

# Seconds after the start.  Imports share the interpreter with the first visitor's page: whoever opens it at
# once, as after the README's command, sees its text first, and whoever comes later finds all prepared.
QUIET = 2.0
_LISTENING = 0.1  # seconds after the start at which the server surely listens


def lifespan(
    warm_up: Callable[[], None], quiet: float = QUIET
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return what `st.App` runs around the server's life.

    warm_up: imports what pages and answers need; called in a thread.
    """

    async def begin() -> None:
        await asyncio.sleep(_LISTENING)
        if url := address_to_open():
            await asyncio.to_thread(webbrowser.open, url)
        await asyncio.sleep(quiet)
        await asyncio.to_thread(warm_up)

    @asynccontextmanager
    async def run(app: object) -> AsyncIterator[None]:
        work = asyncio.create_task(begin())
        try:
            yield
        finally:
            work.cancel()

    return run


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
