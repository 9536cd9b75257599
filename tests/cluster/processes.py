"""Processes of the cluster: started again and again with the same words, killed, and what they cost."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from lesson.frame.files import ROOT

PATIENCE = 120.0  # seconds: what takes longer to start hangs
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Process:
    """A process that is started with the same words again and again; its output is appended to a file."""

    words: list[str]
    environment: dict[str, str]
    log: Path
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it; this returns at once."""
        assert not self.is_running
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                self.words, cwd=ROOT, env=os.environ | self.environment, stdout=output, stderr=output
            )

    @property
    def is_running(self) -> bool:
        """Return whether it has not ended."""
        return self.running is not None and self.running.poll() is None

    @property
    def pid(self) -> int:
        """Return its number."""
        assert self.running is not None
        return self.running.pid

    def kill(self) -> None:
        """Kill it (-9), and wait until it is gone."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()

    def end(self, patience: float = 60.0) -> None:
        """Tell it to end, and wait until it has."""
        if self.running is not None:
            self.running.terminate()
            self.running.wait(patience)


class CourseServer(Process):
    """A server of the course."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        words = [
            sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.headless", "true",
            "--server.address", "127.0.0.1", "--server.port", str(port),
            "--browser.gatherUsageStats", "false",
        ]  # fmt: skip
        super().__init__(words, environment, log)
        self.netloc = f"127.0.0.1:{port}"

    def is_ready(self) -> bool:
        """Return whether it says so, or, where it has no word for that, whether Streamlit does."""
        try:
            with urllib.request.urlopen(f"http://{self.netloc}/healthz", timeout=2) as reply:
                if "json" in reply.headers.get_content_type():
                    return bool(json.load(reply)["state"] == "ready")
            urllib.request.urlopen(f"http://{self.netloc}/_stcore/health", timeout=2).close()
        except (OSError, urllib.error.HTTPError):
            assert self.is_running, self.log.read_text("utf-8")
            return False
        return True

    def wait(self) -> None:
        """Wait until it is ready."""
        end = time.monotonic() + PATIENCE
        while not self.is_ready():
            assert time.monotonic() < end, self.log.read_text("utf-8")
            time.sleep(0.05)


def family(pid: int) -> list[int]:
    """Return the numbers of a process and of all that it has started and that run.  Linux only."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
        except OSError:  # it has ended meanwhile
            continue
    members = [pid]
    for member in members:  # it grows
        members += parents.get(member, [])
    return members


def _stat(pid: int) -> list[str]:
    """Return the fields of a process from its state on."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def spent(pid: int) -> float:
    """Return the processor seconds of a process, and of those that it has started and that have ended."""
    try:
        return sum(map(int, _stat(pid)[11:15])) / _TICKS
    except OSError:
        return 0.0


def memory(pid: int) -> float:
    """Return the MB of a process; what it shares with others counts in part (Pss)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0
