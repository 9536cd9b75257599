"""A Dask cluster as the registry sees it: how many workers there are, and begin one.

Without the cluster runs work in a process of this machine, as they do where no cluster was ever asked for: a
class in front of a teacher sees curves that grow more slowly, and no error that only an administrator could
mend.  The server's log says so once, and once when the cluster is there again; runs then move to it and come
to the same numbers.
"""

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from lesson.training.engine.places import Start, Worker
from lesson.training.engine.process import Died, Listener, WorkerProcess

if TYPE_CHECKING:
    from distributed import Client

    from lesson.training.engine.cluster.remote import RemoteWorker

EVERY = 1.0  # seconds between two looks at who is there
CONNECT = 5.0  # seconds that the scheduler may take to answer
# Seconds in which the network must confirm what was sent, or the connection is dead: the least that
# `distributed` takes.  A process that is killed is noticed at once, this is for a machine that vanishes.
# It is the operating system that confirms, so a worker in a long step is not taken for a dead one.
_CONFIRM = 11
_log = logging.getLogger(__name__)


class Cluster:
    """The workers of the Dask scheduler at this address; local: begins a process where there are none."""

    def __init__(self, address: str, local: Start = WorkerProcess) -> None:
        self._address, self._local = address, local
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._present: list[str] = []  # addresses
        self._gone: set[str] = set()  # of workers that the scheduler still takes for alive
        self._remote: list[RemoteWorker] = []
        self._makeshift: list[tuple[Worker, Died]] = []
        self._closing = threading.Event()
        self._connected: bool | None = None  # None: not known yet
        self._thread = threading.Thread(target=self._watch, daemon=True, name="cluster")
        self._thread.start()

    def count(self) -> int:
        """Return how many workers there may be: those of the cluster, or the one of this machine."""
        return max(1, len(self._addresses()))

    def start(self, answered: Listener, died: Died) -> Worker:
        """Begin a worker on one of the cluster's that has none of ours, else on this machine."""
        with self._lock:
            used = {worker.address for worker in self._remote}
            free = [address for address in self._addresses() if address not in used]
            if self._client is not None and free:
                return self._start_remote(self._client, free[0], answered, died)
            worker = self._local(answered, died)
            self._makeshift.append((worker, died))
            return worker

    def close(self) -> None:
        """Leave the cluster; its workers are forgotten."""
        self._closing.set()
        self._thread.join()

    def _addresses(self) -> list[str]:
        """Return the workers that can be reached; none while the scheduler is looked for again."""
        client = self._client
        return self._present if client is not None and client.status == "running" else []

    def _start_remote(self, client: "Client", address: str, answered: Listener, died: Died) -> Worker:
        from lesson.training.engine.cluster.remote import RemoteWorker

        worker: RemoteWorker

        def lost(blame: bool = True) -> None:
            with self._lock:
                self._remote.remove(worker)
                if worker.unreachable:
                    self._gone.add(address)
                    self._present = [other for other in self._present if other != address]
            died(blame)

        worker = RemoteWorker(client, address, answered, lost)
        self._remote.append(worker)
        return worker

    # -- the thread --

    def _watch(self) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError:
            _log.error("COURSE_DASK is set, but `distributed` is not installed: trainings work here alone.")
            return
        dask.config.set({"distributed.comm.timeouts.tcp": _CONFIRM})
        while not self._closing.is_set():
            try:
                self._client = Client(
                    self._address, timeout=CONNECT, set_as_default=False, direct_to_workers=True
                )
                self._look(self._client)
            except (OSError, ValueError, RuntimeError) as error:
                self._say(False, str(error))
            finally:
                self._forget()
            self._closing.wait(EVERY)

    def _look(self, client: "Client") -> None:
        """Follow who comes and goes until the scheduler or this server has gone."""
        while not self._closing.is_set() and client.status == "running":
            listed = list(client.scheduler_info()["workers"])
            with self._lock:
                self._gone.intersection_update(listed)
                present = self._present = [address for address in listed if address not in self._gone]
                lost = [worker for worker in self._remote if worker.address not in present]
                makeshift, self._makeshift = (self._makeshift, []) if present else ([], self._makeshift)
            self._say(bool(present), "no worker")
            for worker in lost:
                worker.lose()
            for process, died in makeshift:
                process.close()
                died(False)
            self._closing.wait(EVERY)
        self._say(self._closing.is_set(), "the connection has ended")

    def _forget(self) -> None:
        """Leave a cluster that is not there any more, or that is needed no longer."""
        with self._lock:
            client, self._client, self._present = self._client, None, []
            self._gone.clear()
            lost = list(self._remote)
        for worker in lost:
            worker.lose()
        if client is not None:
            with suppress(OSError, RuntimeError):  # a time-out, for one: then it goes by itself
                client.close(timeout=1)

    def _say(self, connected: bool, why: str) -> None:
        if connected is not self._connected:
            self._connected = connected
            if connected:
                _log.warning("Trainings work on the cluster %s.", self._address)
            else:
                _log.warning(
                    "The cluster %s does not answer (%s): trainings work on this machine until it does.",
                    self._address, why,
                )  # fmt: skip
