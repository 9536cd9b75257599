"""A proxy, servers and a database on this machine, as a context manager."""

import subprocess
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.conftest import free_port
from tests.cluster import processes
from tests.cluster.postgres import Postgres
from tests.cluster.processes import ONE_THREAD, PATIENCE, CourseServer, family
from tests.cluster.proxy import proxy
from tests.lesson.training.engine.cluster.dask_cluster import DaskCluster

SECRET = "the same on all servers"


@dataclass
class Cluster:
    """What runs.  netloc: host and port of the proxy; folder: of the logs."""

    netloc: str
    folder: Path
    servers: list[CourseServer]
    database: Postgres
    nginx: "subprocess.Popen[bytes]"
    dask: DaskCluster | None = None
    ended: Counter[str] = field(
        default_factory=Counter
    )  # processor seconds of those that have ended, by name

    @property
    def address(self) -> str:
        """Return the proxy's address, without a page."""
        return f"http://{self.netloc}"

    def kill(self, number: int) -> None:
        """Kill a server (-9)."""
        name = f"server {number + 1}"
        self.ended[name] = self.spent()[name]
        self.servers[number].kill()

    def restart(self, number: int) -> None:
        """Start a server again that has ended, and wait until it is ready."""
        self.servers[number].start()
        self.servers[number].wait()

    def restart_postgres(self, seconds: float = 0.0) -> None:
        """Stop the database, and start it after so many seconds."""
        self.ended["postgres"] = self.spent()["postgres"]
        self.database.stop()
        time.sleep(seconds)
        self.database.start()

    def _processes(self) -> dict[str, int]:
        table = {f"server {n}": server.pid for n, server in enumerate(self.servers, 1) if server.is_running}
        workers = self.dask.workers if self.dask else []
        table |= {f"worker {n}": worker.pid for n, worker in enumerate(workers, 1) if worker.poll() is None}
        return {**table, "nginx": self.nginx.pid, "postgres": self.database.pid}

    def spent(self) -> dict[str, float]:
        """Return the processor seconds of each so far, with all that it has started."""
        running = self._processes().items()
        return {name: self.ended[name] + sum(map(processes.spent, family(pid))) for name, pid in running}

    def memory(self) -> dict[str, float]:
        """Return the MB of each, with all that it has started; what they share counts once (Pss)."""
        return {name: sum(map(processes.memory, family(pid))) for name, pid in self._processes().items()}


@contextmanager
def cluster(
    count: int = 3, is_durable: bool = False, workers: int = 0, drain: float = 0.0
) -> Iterator[Cluster]:
    """Start servers behind a proxy, with one database, and wait until all are ready.

    workers: of a Dask cluster for trainings.  drain: seconds that a server which is told to end still serves.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster")))
        database = stack.enter_context(Postgres(is_durable))
        environment = {
            "COURSE_DATABASE": database.address, "COURSE_DRAIN": f"{drain:g}",
            "STREAMLIT_SERVER_COOKIE_SECRET": SECRET, **ONE_THREAD,
        }  # fmt: skip
        dask = DaskCluster(folder) if workers else None
        if dask:
            stack.callback(dask.close)
            dask.start_scheduler()
            for _ in range(workers):
                dask.add_worker()
            environment["COURSE_DASK"] = dask.address
        servers = [
            CourseServer(free_port(), environment, folder / f"server{number}.log")
            for number in range(1, count + 1)
        ]
        for server in servers:
            server.start()
            stack.callback(server.kill)
        for server in servers:
            server.wait()
        port = free_port()
        nginx = stack.enter_context(proxy([server.netloc for server in servers], port, folder / "nginx.log"))
        running = Cluster(f"127.0.0.1:{port}", folder, servers, database, nginx, dask)
        _wait_for(running)
        yield running


def _wait_for(running: Cluster) -> None:
    """Wait until the proxy passes something on."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{running.address}/_stcore/health", timeout=2).close()
            return
        except OSError:
            is_over = running.nginx.poll() is not None or time.monotonic() > end
            assert not is_over, (running.folder / "nginx.log").read_text("utf-8")
            time.sleep(0.05)
