"""Whether the server is ready for visitors: what /healthz says."""

from collections.abc import Callable

from lesson.server.draining import Draining

READY = "ready"


class Health:
    """The server's state.  is_away: returns whether the database does not answer, without asking it."""

    def __init__(self, draining: Draining, is_away: Callable[[], bool]) -> None:
        self.draining, self._is_away = draining, is_away
        self.is_prepared = False  # the warm-up has ended

    @property
    def state(self) -> str:
        """Return why visitors had better go to another server; READY if they are welcome."""
        if self.draining.has_begun:
            return "draining"
        if not self.is_prepared:
            return "starting"
        return "without its database" if self._is_away() else READY
