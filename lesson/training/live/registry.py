"""The registry of this server, and how often its runs are looked at."""

from lesson.frame.memo import memo
from lesson.training.engine.registry import Registry

# How often a browser asks what is new of its runs, in seconds: often for a few viewers, seldom enough that a
# hundred do not keep the server busy.
_SOONEST, _LATEST, _EACH = 0.25, 2.5, 0.02


@memo()
def registry() -> Registry:
    """Return the runs of this server."""
    return Registry()


def interval() -> float:
    """Return the seconds between two questions, for as many viewers as there are now."""
    return round(min(_LATEST, max(_SOONEST, _EACH * registry().viewer_count())), 2)
