"""A server of a page to be visited, and what it costs this machine."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from tests.browser.conftest import ROOT, serving
from tests.load.phone import Client, Door

# What FACTS calls collapsing: one slider, one Altair chart, all defaults.
BARE = """
import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

@st.fragment
def part():
    k = st.slider("k", 0.1, 5.0, 1.0, key="k")
    x = np.linspace(0, 10, 200)
    frame = pd.DataFrame({"x": x, "y": np.sin(k * x)})
    st.altair_chart(alt.Chart(frame).mark_line().encode(x="x", y="y"))

part()
"""


class Cost(NamedTuple):
    """rss: MB of the server itself; of it and the processes that it started: processes, threads, files."""

    rss: float
    processes: int
    threads: int
    files: int


class Server(NamedTuple):
    """A running server."""

    address: str
    process: Popen

    def cost(self) -> Cost:
        """What it costs at this moment.  Linux only."""
        family = self.family()
        pages = int(Path(f"/proc/{family[0]}/statm").read_text().split()[1])
        return Cost(
            pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
            len(family),
            sum(len(os.listdir(f"/proc/{pid}/task")) for pid in family),
            len(os.listdir(f"/proc/{family[0]}/fd")),
        )

    async def ready(self) -> None:
        """Wait until it has prepared itself: before, a proxy sends nobody there."""
        client = Client(Door(urlsplit(self.address).netloc))
        while (await client.ask("GET", "/healthz")).status != 200:
            await asyncio.sleep(0.2)
        client.drop()

    def family(self) -> list[int]:
        """The process itself, and those that it started."""
        return [self.process.pid, *_children(self.process.pid)]

    def processor_seconds(self) -> float:
        """What the server itself has used so far."""
        spent = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it has ended meanwhile
            continue
        if parent == pid:
            found += [int(folder.name), *_children(int(folder.name))]
    return found


@contextmanager
def course(
    port: int | None = None,
    database: str = "",
    profile: str = "",
    hook: str = "",
    log: IO[str] | None = None,
) -> Iterator[Server]:
    """The app, freshly started: nobody has been there yet.

    database: of its rooms, "" for one in memory.  profile: a file for cProfile's figures.  hook: a script
    that runs the app.  log: what the server says goes there.
    """
    python = (
        sys.executable,
        *(("-m", "cProfile", "-o", profile) if profile else ()),
        *((hook,) if hook else ()),
    )
    with serving("streamlit_app.py", ROOT, port, database=database, log=log, python=python) as (
        address,
        process,
    ):
        yield Server(address, process)


@contextmanager
def bare(folder: Path) -> Iterator[Server]:
    """The page that shows what Streamlit does by itself."""
    (folder / "bare.py").write_text(BARE, "utf-8")
    with serving("bare.py", folder) as (address, process):
        yield Server(address, process)
