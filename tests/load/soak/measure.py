"""What a server costs, looked at from outside, and what it says of itself.  Linux only."""

import csv
import json
import os
import socket
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.load.server import Server

TABLES = ("rooms", "room_events", "pairing_codes", "experiments", "ended_rooms")
KINDS = ("database", "file", "socket", "pipe", "other")  # of what a process has open


@dataclass(frozen=True)
class Figures:
    """One look at the server.

    minute: since the first visitor came.  MB: rss, of the server alone; pss and uss, of it and its workers
    (pss shares out what several processes have in common, uss is what would be free if they ended); workers,
    their pss.  files, by kind, and connections with clients: of the server alone; threads: of all.  names:
    its threads by their names.  held: what it holds, see `hook.look`.  rows: of each table.
    """

    minute: float
    rss: float
    pss: float
    uss: float
    workers: float
    processes: int
    threads: int
    connections: int
    files: Mapping[str, int]
    names: Mapping[str, int]
    held: Mapping[str, int]
    rows: Mapping[str, int]

    def flat(self) -> dict[str, float]:
        """Return all in one row."""
        row: dict[str, float] = {}
        for name, value in asdict(self).items():
            row |= {f"{name}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {name: value}
        return {name: round(value, 2) for name, value in row.items() if not name.startswith("names.")}

    def line(self) -> str:
        """Return all in one line."""
        return (
            f"  minute {self.minute:5.1f}: rss {self.rss:.0f} MB, pss {self.pss:.1f}, uss {self.uss:.1f} "
            f"(workers {self.workers:.0f}); {self.processes} processes, {self.threads} threads, "
            f"{self.connections} connections; files {_text(self.files)}; {_text(self.held)}; "
            f"rows {_text(self.rows)}"
        )


def _text(counts: Mapping[str, int]) -> str:
    return " ".join(f"{name} {count}" for name, count in counts.items())


class Household:
    """A server with its workers, its database and its hook."""

    def __init__(self, server: Server, database: Path, hook: Path) -> None:
        self.server, self._database, self._hook = server, database, hook
        self.port = int(server.address.rpartition(":")[2])

    def look(self, minute: float) -> Figures:
        """Look at all of it."""
        family = self.server.family()
        memory = [_memory(pid) for pid in family]
        own = self.ask("look")
        names = own.pop("threads")
        return Figures(
            minute, memory[0]["Rss"], sum(each["Pss"] for each in memory),
            sum(each["Private"] for each in memory), sum(each["Pss"] for each in memory[1:]), len(family),
            sum(len(os.listdir(f"/proc/{pid}/task")) for pid in family), self.connections(),
            _files(family[0], self._database), names, own, self.rows(),
        )  # fmt: skip

    def ask(self, word: str) -> Any:
        """Ask the hook."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(300)
            line.connect(str(self._hook))
            with line.makefile("rw") as stream:
                stream.write(f"{word}\n")
                stream.flush()
                return json.loads(stream.readline())

    def rows(self) -> dict[str, int]:
        """Count the rows of each table; 0 of one that is not there yet."""
        if not self._database.exists():
            return dict.fromkeys(TABLES, 0)
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, timeout=10)) as connection:
            names = [
                row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")
            ]
            counts = {
                name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in names
            }
        return dict.fromkeys(TABLES, 0) | counts

    def connections(self) -> int:
        """Count the server's connections with clients that the system has not closed on either side."""
        count = 0
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            count += int(fields[1].rpartition(":")[2], 16) == self.port and fields[3] in ("01", "08")
        return count


def _memory(pid: int) -> dict[str, float]:
    """Return what a process has in memory, in MB."""
    values: Counter[str] = Counter()
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        values["Private" if name.startswith("Private") else name] += int(rest.split()[0])
    return {name: kilobytes / 1024 for name, kilobytes in values.items()}


def _files(pid: int, database: Path) -> dict[str, int]:
    """Count what a process has open."""
    counts = dict.fromkeys(KINDS, 0)
    for number in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{number}")
        except OSError:  # it was closed meanwhile
            continue
        counts[_kind(target, database)] += 1
    return counts


def _kind(target: str, database: Path) -> str:
    if target.startswith(str(database)):
        return "database"
    if target.startswith("/"):
        return "file"
    return target.partition(":")[0] if target.startswith(("socket:", "pipe:")) else "other"


class Table:
    """The figures as CSV, written line by line."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("w", newline="")
        self._writer: csv.DictWriter[str] | None = None

    def add(self, figures: Figures) -> None:
        """Write one line."""
        row = figures.flat()
        if self._writer is None:
            self._writer = csv.DictWriter(self._stream, list(row), extrasaction="ignore")
            self._writer.writeheader()
        self._writer.writerow(row)
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
