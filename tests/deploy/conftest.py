"""What deploy/ describes, running on this machine."""

import os

import pytest

from tests.cluster.cluster import cluster
from tests.cluster.postgres import IS_HERE
from tests.cluster.proxy import NGINX

DRAIN = 4.0  # seconds for which a server that is told to end still serves


@pytest.fixture(scope="session")
def nginx():
    """nginx.  Without it the tests are skipped, but never in CI."""
    if NGINX is None:
        assert not os.environ.get("CI"), "CI needs nginx"
        pytest.skip("no nginx on this machine")


@pytest.fixture(scope="module")
def running(nginx):
    """Three servers behind the proxy, with a database."""
    if not IS_HERE:
        assert not os.environ.get("CI"), "CI needs PostgreSQL and its driver"
        pytest.skip("no PostgreSQL on this machine")
    with cluster(3, drain=DRAIN) as running:
        yield running
