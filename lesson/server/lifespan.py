"""What the server does when it starts and before it ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

# Seconds after the start.  Imports share the interpreter with the first visitor's page: whoever opens it at
# once, as after the README's command, sees its text first, and whoever comes later finds all prepared.
QUIET = 2.0


def lifespan(
    warm_up: Callable[[], None], quiet: float = QUIET
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Return what `st.App` runs around the server's life.

    warm_up: imports what pages and answers need; called in a thread.
    """

    async def later() -> None:
        await asyncio.sleep(quiet)
        await asyncio.to_thread(warm_up)

    @asynccontextmanager
    async def run(app: object) -> AsyncIterator[None]:
        work = asyncio.create_task(later())
        try:
            yield
        finally:
            work.cancel()

    return run
