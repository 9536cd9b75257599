"""Who looks at present, for whom is worked, and who has left."""

from collections.abc import Iterable

PRESENT = 10.0  # seconds after a look during which a viewer is counted: pages that stand look every five
# Seconds after a look during which is worked for a viewer: they read another tab, or a phone sleeps.
GRACE = 120.0
# Seconds after a look during which their runs are kept as they are; who comes later has them computed again,
# to the same numbers.  Half an hour of them grew a worker by 60 MB in a soak of thirty visitors.
STAY = 600.0
CLASS = "class:"  # begins the names under which a class looks; no visitor's name has a colon
CLOSED = 30.0  # seconds after which who has closed their page has left; a reload takes less


def is_class(viewer: str) -> bool:
    """Return whether a class looks under this name, and no visitor."""
    return viewer.startswith(CLASS)


class Presence:
    """When every viewer looked last.  Times in seconds, from the caller's clock."""

    def __init__(self) -> None:
        self._last_looks: dict[str, float] = {}
        self._away: dict[str, float] = {}  # viewer -> when they will have left

    def __contains__(self, viewer: str) -> bool:
        return viewer in self._last_looks

    def is_looking(self, viewer: str, now: float) -> bool:
        """Return whether a viewer has looked just now."""
        return viewer not in self._away and now - self._last_looks.get(viewer, -STAY) <= PRESENT

    def count(self, viewers: Iterable[str], now: float) -> int:
        """Count the visitors among these viewers who have looked just now."""
        return sum(self.is_looking(viewer, now) and not is_class(viewer) for viewer in viewers)

    def look(self, viewer: str, now: float) -> None:
        """Take note that a viewer looks."""
        self._last_looks[viewer] = now
        self._away.pop(viewer, None)

    def close(self, viewer: str, now: float) -> None:
        """Take note that a viewer's page is closed: they are away, and soon have left unless they return."""
        self._away[viewer] = now + CLOSED

    def fall_silent(self, now: float) -> list[str]:
        """Return the viewers who are away from now on, because they have not looked for a while."""
        silent = [v for v, last in self._last_looks.items() if now - last > GRACE and v not in self._away]
        self._away.update({viewer: self._last_looks[viewer] + STAY for viewer in silent})
        return silent

    def leave(self, now: float) -> list[str]:
        """Return the viewers who have left by now, and forget them."""
        left = [viewer for viewer, leaves in self._away.items() if now > leaves]
        for viewer in left:
            self.forget(viewer)
        return left

    def forget(self, viewer: str) -> None:
        """Forget a viewer, who looks at nothing any more."""
        self._last_looks.pop(viewer, None)
        self._away.pop(viewer, None)
