"""What the server does when it starts and before it ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


def lifespan(warm_up: Callable[[], None]) -> Callable[[object], object]:
    """Return what `st.App` runs around the server's life.

    warm_up: imports what pages and answers need; in a thread, so that the first visitor is let in meanwhile.
    """

    @asynccontextmanager
    async def run(app: object) -> AsyncIterator[None]:
        work = asyncio.get_running_loop().run_in_executor(None, warm_up)
        yield
        work.cancel()

    return run
