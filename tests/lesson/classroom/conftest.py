"""Rooms on each database that this machine has."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from lesson.classroom.server import requests
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


def _programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if folders:
        return folders[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL of our own, reached by a socket in its folder.  It is skipped where it is not installed,
    but never in CI."""
    programs = _programs()
    if programs is None or importlib.util.find_spec("psycopg") is None:
        assert not os.environ.get("CI"), "CI needs PostgreSQL and its driver"
        pytest.skip("no PostgreSQL on this machine")
    # A short path: that of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as name:
        folder = Path(name)
        as_owner: list[str] = []
        if os.getuid() == 0:  # it refuses to run as root
            shutil.chown(folder, "postgres")
            as_owner = ["runuser", "-u", "postgres", "--"]

        def call(program: str, *arguments: object) -> None:
            command = [*as_owner, programs / program, *arguments]
            subprocess.run(list(map(str, command)), cwd="/", check=True, stdout=subprocess.DEVNULL)

        call("initdb", "-D", folder / "data", "-U", "course", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        call("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql://course@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
