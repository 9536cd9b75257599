"""The registry of this server, and how often its runs are looked at."""

import os

from lesson.frame.memo import memo
from lesson.training.engine.cluster.machines import Cluster
from lesson.training.engine.process import WorkerProcess, spare_cores
from lesson.training.engine.registry import Registry

# How often a browser asks what is new of its runs, in seconds: often for a few viewers, seldom enough that a
# hundred do not keep the server busy.
_SOONEST, _LATEST, _EACH = 0.25, 2.5, 0.02


@memo()
def registry() -> Registry:
    """Return the runs of this server, which work on the Dask cluster COURSE_DASK where that is set."""
    if address := os.environ.get("COURSE_DASK"):
        cluster = Cluster(address)
        return Registry(cluster.start, most=cluster.count)
    return Registry(WorkerProcess, most=spare_cores)


def interval() -> float:
    """Return the seconds between two questions, for as many viewers as there are now."""
    return round(min(_LATEST, max(_SOONEST, _EACH * registry().viewer_count())), 2)
