"""Who looks at present, who is away, and who has left."""

GRACE = 30.0  # seconds without a look after which a viewer is away, or has left if their tab is closed
_OPEN = float("inf")  # a tab that is open leaves at no time


class Presence:
    """When every viewer looked last.  Times in seconds, from the caller's clock."""

    def __init__(self) -> None:
        self._last_looks: dict[str, float] = {}
        self._away: dict[str, float] = {}  # viewer -> when they will have left

    @property
    def away(self) -> frozenset[str]:
        """Viewers for whom nothing is worked at present."""
        return frozenset(self._away)

    def look(self, viewer: str, now: float) -> None:
        """Take note that a viewer looks."""
        self._last_looks[viewer] = now
        self._away.pop(viewer, None)

    def close(self, viewer: str, now: float) -> None:
        """Take note that a viewer's tab is closed: they are away, and soon have left unless they return."""
        self._away[viewer] = now + GRACE

    def fall_silent(self, now: float) -> list[str]:
        """Return the viewers who are away from now on, because they have not looked for a while."""
        silent = [
            v for v, last_look in self._last_looks.items() if now - last_look > GRACE and v not in self._away
        ]
        self._away.update(dict.fromkeys(silent, _OPEN))
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
