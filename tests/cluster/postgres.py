"""A PostgreSQL of our own, reached by a socket in its folder; nothing listens on the network."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def _programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if folders:
        return folders[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


PROGRAMS = _programs()
IS_HERE = PROGRAMS is not None and importlib.util.find_spec("psycopg") is not None


class Postgres:
    """A database that is started, stopped and killed.

    is_durable: whether a commit waits for the disk, as it does where lessons are held.
    """

    def __init__(self, is_durable: bool = False) -> None:
        # A short path: that of a socket has at most 107 characters.
        self._temporary = tempfile.TemporaryDirectory(prefix="pg", dir="/tmp")
        self._folder = Path(self._temporary.name)
        self._as_owner: list[str] = []
        if os.getuid() == 0:  # it refuses to run as root
            shutil.chown(self._folder, "postgres")
            self._as_owner = ["runuser", "-u", "postgres", "--"]
        options = f"-c listen_addresses= -c unix_socket_directories={self._folder}"
        self._options = options if is_durable else f"{options} -c fsync=off"
        data = self._folder / "data"
        self._call("initdb", "-D", data, "-U", "course", "-A", "trust", "-E", "UTF8", "--no-sync")

    def __enter__(self) -> "Postgres":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop("immediate")
        self._temporary.cleanup()

    @property
    def address(self) -> str:
        """Return it as SQLAlchemy writes it."""
        return f"postgresql://course@/postgres?host={self._folder}"

    @property
    def pid(self) -> int:
        """Return the number of its first process."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._control("-o", self._options, "-l", self._folder / "log", "-w", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it.  mode: "fast" ends all connections, "immediate" is a crash."""
        self._control("-m", mode, "-w", "stop")

    def _control(self, *arguments: object) -> None:
        self._call("pg_ctl", "-D", self._folder / "data", *arguments)

    def _call(self, program: str, *arguments: object) -> None:
        assert PROGRAMS is not None
        words = [*self._as_owner, PROGRAMS / program, *arguments]
        subprocess.run(list(map(str, words)), cwd="/", check=True, stdout=subprocess.DEVNULL)
