"""How many messages of a client pass in a second, and how many scripts run at a time.

Scripts share one interpreter: a hundred a second of one client would stop everybody else's.  So only a few
run at a time, and of those that wait, the one goes first whose client has used the least lately.
"""

import asyncio
import time
from collections.abc import Callable

AT_ONCE = 2  # scripts
TICK = 0.05  # seconds after which it is looked whether those that run wait for something themselves
LONGEST = 0.5  # seconds that a script counts as running
# Share of the time that the process computes if those that run do: on a machine that is busy with other
# things it gets only a small part.
_BUSY = 0.05
_FADES = 5.0  # seconds after which half of what a client has used is forgotten


class Pace:
    """So many a second, `burst` at once after a rest."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()

    def take(self, amount: float = 1) -> float:
        """Take an amount; how many seconds its taker has to wait before they go on."""
        now = self._clock()
        self._left = min(self.burst, self._left + (now - self._at) * self.rate) - amount
        self._at = now
        return max(0.0, -self._left / self.rate)


class Client:
    """What one client has used of the scripts' time, in seconds; older use counts less."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._used, self._at = 0.0, clock()
        self.since: float | None = None  # when its script began, if one counts as running

    def used(self) -> float:
        """Seconds, faded."""
        now = self._clock()
        self._used *= 0.5 ** ((now - self._at) / _FADES)
        self._at = now
        return self._used

    def add(self, seconds: float) -> None:
        """Its script has run so long."""
        self._used = self.used() + seconds


class Turnstile:
    """Lets scripts begin.  For the event loop alone: nothing of it may be called from another thread.

    processor: seconds that this process has computed.  If it does not, those that run wait for something
    themselves (a worker, a lock), and the longest makes room for another.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        processor: Callable[[], float] = time.process_time,
    ) -> None:
        self._clock, self._processor = clock, processor
        self._running: dict[Client, None] = {}  # the longest first
        self._waiting: dict[Client, asyncio.Future[None]] = {}  # in the order in which they came
        self._ticking: asyncio.Task[None] | None = None

    async def enter(self, client: Client) -> None:
        """Wait until a script of this client may begin; at once if nobody waits and one of theirs runs, which
        it ends.  Else who sends one after another would run all the time."""
        if not self._waiting and (client in self._running or len(self._running) < AT_ONCE):
            self._begin(client)
            return
        turn = self._waiting[client] = asyncio.get_running_loop().create_future()
        if self._ticking is None or self._ticking.done():
            self._ticking = asyncio.create_task(self._tick())
        try:
            await turn
        finally:
            self._waiting.pop(client, None)

    def leave(self, client: Client) -> None:
        """Its script has ended, or the client has gone."""
        if client in self._running:
            del self._running[client]
            client.add(self._clock() - (client.since or 0.0))
        self._let_in()

    def _begin(self, client: Client) -> None:
        self._running.pop(client, None)
        self._running[client] = None
        client.since = self._clock()

    def _let_in(self) -> None:
        while self._waiting and len(self._running) < AT_ONCE:
            client = min(self._waiting, key=Client.used)
            turn = self._waiting.pop(client)
            if not turn.done():
                self._begin(client)
                turn.set_result(None)

    async def _tick(self) -> None:
        """While somebody waits: see that those that run do run."""
        while self._waiting:
            at, computed = self._clock(), self._processor()
            await asyncio.sleep(TICK)
            self.look(self._clock() - at, self._processor() - computed)

    def look(self, passed: float, computed: float) -> None:
        """Let one more in if the process has computed little, and in place of whoever runs too long."""
        first = next(iter(self._running), None)
        if first is None:
            self._let_in()
        elif computed < _BUSY * passed or self._clock() - (first.since or 0.0) > LONGEST:
            self.leave(first)
