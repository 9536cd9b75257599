"""Fixtures that every test may use."""

import gc
import logging
import os
import re
from pathlib import Path

import numpy as np
import pytest

from lstm.network import NETWORKS

# Rooms of the whole test run, also of the servers that it starts: never in the user's own database.
os.environ["COURSE_DATABASE"] = "sqlite://"

ALL_SLOW = re.compile(r"^pytestmark = (?:\[\s*)?pytest\.mark\.slow\b", re.M)
MEMORY = "BAD_INPUT_MEGABYTES"  # in the environment: how much more than at its start the process can have


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """Let Python look for what nobody needs any more less often: all tests and all modules stay, and to walk
    through them again and again took a tenth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        if MEMORY not in os.environ:
            gc.set_threshold(20_000, 20, 20)
        gc.enable()


def pytest_collection_finish(session):
    """Let Streamlit's seventy loggers speak through the root: pytest would attach itself to each of them at
    each test, three times."""
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger.name.startswith("streamlit"):
            logger.propagate = True


def pytest_ignore_collect(collection_path, config):
    """Leave out files of slow tests where none is wanted: to prepare them takes a while, in every process."""
    if config.option.markexpr == "not slow" and collection_path.suffix == ".py":
        return bool(ALL_SLOW.search(collection_path.read_text("utf-8"))) or None
    return None


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(params=["rnn", "gru", "gru_reset_after", "lstm"])
def kind(request):
    """The name of a cell; a test that asks for it runs for all four."""
    return request.param


@pytest.fixture
def make(kind):
    """The network class of this cell, in float64 unless told otherwise, with biases that are not 0."""

    def make(D=5, H=7, V=5, *, dtype=np.float64, seed=1):
        net = NETWORKS[kind](D, H, V, seed=seed, dtype=dtype)
        noise = np.random.default_rng(seed)
        for name in ("b", "by"):
            net.weights[name][:] += 0.3 * noise.standard_normal(net.weights[name].shape)
        return net

    return make


@pytest.fixture(autouse=True, scope="session")
def little_memory():
    """Let the process have only so much more memory, if it is to be so."""
    if MEMORY not in os.environ:
        yield
        return
    import resource  # not on every system

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limits = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + int(os.environ[MEMORY]) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, limits)
