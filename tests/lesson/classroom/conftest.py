"""Rooms on each database that this machine has."""

import os

import pytest
import sqlalchemy as sql

from lesson.classroom.server import requests
from lesson.classroom.storage import database
from tests.cluster.postgres import IS_HERE, Postgres
from tests.lesson.classroom.server import Server


@pytest.fixture
def server():
    """Rooms in memory."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def room(server):
    """A room with its lecturer."""
    return server.room()


@pytest.fixture
def no_pause(monkeypatch):
    """Let wrong codes be answered at once."""
    monkeypatch.setattr(requests, "PAUSE", 0.0)


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL of our own.  It is skipped where it is not installed, but never in CI."""
    if not IS_HERE:
        assert not os.environ.get("CI"), "CI needs PostgreSQL and its driver"
        pytest.skip("no PostgreSQL on this machine")
    with Postgres() as database:
        yield database.address


@pytest.fixture
def empty_postgres(postgres):
    """The same, with nothing in its tables."""
    engine = database.open_database(postgres)
    with engine.begin() as connection:
        for table in database._TABLES.sorted_tables:
            connection.execute(sql.delete(table))
    engine.dispose()
    return postgres
