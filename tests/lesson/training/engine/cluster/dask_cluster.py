"""A Dask scheduler and its workers on this machine, each a process of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[5]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class DaskCluster:
    """workers: the processes; log: what all of them say."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.log = folder / "dask.log"
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> None:
        """Start the scheduler, again if it has gone."""
        self.scheduler = self._start("dask_scheduler", "--port", str(self.port))

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """Start another worker.  Without options it has no nanny: what is killed stays away."""
        options = options or ("--no-nanny",)
        folder = ("--local-directory", str(self._folder))
        worker = self._start("dask_worker", self.address, "--nthreads", "1", *folder, *options)
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """End all processes."""
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            process.terminate()
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, program: str, *options: str) -> "subprocess.Popen[bytes]":
        # With `-m` the working directory, the repository, is where Python looks for what it is to run.
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options]
        environment = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "MKL", "OMP")}
        environment["DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED"] = "False"
        with self.log.open("a") as log:
            return subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=ROOT, env=os.environ | environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
