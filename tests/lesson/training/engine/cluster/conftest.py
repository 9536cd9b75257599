"""A Dask cluster for tests, and servers' registries that use it."""

import importlib.util
import os
import sys

import pytest

from lesson.training.engine.cluster.machines import Cluster
from lesson.training.engine.registry import Registry
from tests.lesson.training.engine.cluster.dask_cluster import DaskCluster
from tests.waiting import wait_until


class Site:
    """A cluster and the servers that use it."""

    def __init__(self, folder):
        self.dask, self._servers = DaskCluster(folder), []

    def server(self):
        """The registry of another server, and its view of the cluster."""
        cluster = Cluster(self.dask.address)
        registry = Registry(cluster.start, most=cluster.count)
        self._servers.append((registry, cluster))
        return registry, cluster

    def close(self):
        for registry, cluster in self._servers:
            registry.close()
            cluster.close()
        self.dask.close()


@pytest.fixture
def bare_site(tmp_path):
    """A cluster that has not been started.  It is skipped where there is no Dask, but never in CI."""
    if importlib.util.find_spec("distributed") is None:
        assert not os.environ.get("CI"), "CI needs distributed"
        pytest.skip("distributed is not installed")
    site = Site(tmp_path)
    yield site
    site.close()
    print(site.dask.log.read_text() if site.dask.log.exists() else "", file=sys.stderr)


@pytest.fixture
def site(bare_site):
    """A cluster with two workers."""
    bare_site.dask.start_scheduler()
    for _ in range(2):
        bare_site.dask.add_worker()
    return bare_site


@pytest.fixture
def server(site):
    """A server that knows both workers."""
    registry, cluster = site.server()
    wait_until(lambda: cluster.count() == 2)
    return registry, cluster
