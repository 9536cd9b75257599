"""The runs of this server: who looks on, which run works, and which one waits for its turn.

A run works only as far as its foremost viewer wants to see, and ends when the last viewer has left.  At
most ACTIVE runs work at a time; where more want to, one that has worked for a TURN goes to the end of the
line, and everybody can see their place in it.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from lesson.training.engine.process import Answer, WorkerProcess
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunSettings
from lstm.errors import InputError

ACTIVE = 3  # runs that work at a time: each gets a third of a core or more
TURN = 15.0  # seconds that a run may work while another one waits
GRACE = 30.0  # seconds that a viewer may be away (a reload, a tunnel) before they have left
MOST = 40  # runs that somebody looks on at
KEPT = 12  # finished runs that nobody looks at any more
EVERYTHING = 2**53  # steps: as far as it goes
_ENDED = "The process that trains has ended twice in a row; start the run again with smaller settings."


class Worker(Protocol):
    """What the registry needs of the process."""

    def send(self, message: dict[str, Any], data: bytes = b"") -> None:
        """Give an order."""

    def close(self) -> None:
        """End it."""


@dataclass
class _Run:
    """A recording, and who wants how much of it: viewer -> step."""

    id: str
    recording: Recording
    wants: dict[str, int] = field(default_factory=dict)
    told: int = 0  # the limit that the worker was told
    since: float = 0.0  # when its turn began
    used: float = 0.0  # when somebody last looked on

    @property
    def hungry(self) -> bool:
        """Whether somebody wants to see more of it than there is."""
        recording = self.recording
        if recording.finished or recording.error or not self.wants:
            return False
        return max(self.wants.values()) > recording.head


class Registry:
    """All runs, safe to use from any thread; `start` makes the worker."""

    def __init__(
        self,
        start: Callable[[Answer, Callable[[], None]], Worker] = WorkerProcess,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start, self._clock = start, clock
        self._lock = threading.RLock()
        self._runs: dict[str, _Run] = {}  # by the key of their settings; the order in which they came
        self._line: list[_Run] = []  # hungry runs: the first ACTIVE of them work, the others wait
        self._gone: dict[str, float] = {}  # viewer -> since when
        self._questions: dict[int, Future] = {}
        self._numbers = count(1)
        self._worker: Worker | None = None
        self._deaths: list[float] = []

    # -- for viewers --

    def warm(self) -> None:
        """Start the worker, so that the first run need not wait for it."""
        with self._lock:
            if self._worker is None:
                self._worker = self._start(self._answered, self._died)

    def join(self, viewer: str, settings: RunSettings, text: str, resume: bytes = b"") -> Recording:
        """The run with these settings, which is begun if nobody has yet.

        Raises InputError if there are as many runs as this server can hold.
        """
        with self._lock:
            self.warm()
            self.settle()
            run = self._runs.get(settings.key)
            if run is None or run.recording.error:
                if sum(bool(r.wants) for r in self._runs.values()) >= MOST:
                    raise InputError(
                        f"{MOST} runs are being watched on this server already; try again in a minute, or "
                        "take the settings of somebody beside you: then you share their run."
                    )
                run = self._add(Recording(settings, text, resume), viewer)
            run.wants.setdefault(viewer, 0)
            self._gone.pop(viewer, None)
            run.used = self._clock()
            self._forget()
            return run.recording

    def want(self, viewer: str, recording: Recording, step: int = EVERYTHING) -> Recording:
        """A viewer wants to see a run up to this step; everything by default.

        Returns the recording to look at from now on: a run that ended while its viewer was away is begun
        again, and comes to the same numbers, or is by now somebody else's.
        """
        with self._lock:
            key = recording.settings.key
            if key not in self._runs and not (recording.finished or recording.error):
                self._add(recording, viewer)
            if (run := self._runs.get(key)) is not None:
                recording = run.recording
                run.wants[viewer] = step
            self._gone.pop(viewer, None)
            self.settle()
            return recording

    def leave(self, viewer: str, recording: Recording) -> None:
        """A viewer looks on no more."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is not None and run.recording is recording:
                run.wants.pop(viewer, None)
            self.settle()

    def away(self, viewer: str) -> None:
        """A viewer's connection is gone: for now nothing is done for them, and soon they have left."""
        with self._lock:
            self._gone[viewer] = self._clock()
            for run in self._runs.values():
                if viewer in run.wants:
                    run.wants[viewer] = 0
            self.settle()
        # Nobody else may come by to notice that they have not come back.
        notice = threading.Timer(GRACE + 1, self.settle)
        notice.daemon = True
        notice.start()

    def place(self, recording: Recording) -> int:
        """How many turns a run is away from working: 0 if it works, or if it has nothing to do."""
        with self._lock:
            waiting = self._line[ACTIVE:]
            return next((at + 1 for at, run in enumerate(waiting) if run.recording is recording), 0)

    def watched(self) -> int:
        """How many look on, at any run."""
        with self._lock:
            return len({viewer for run in self._runs.values() for viewer in run.wants} - self._gone.keys())

    def working(self) -> int:
        """How many runs want to go on, those that wait included."""
        with self._lock:
            return len(self._line)

    def lookers(self, recording: Recording) -> int:
        """How many look on at a run, who are away left out."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is None or run.recording is not recording:
                return 0
            return sum(viewer not in self._gone for viewer in run.wants)

    def checkpoint(self, recording: Recording, notes: dict[str, str], seconds: float = 10) -> bytes:
        """The newest state of a run as a file.  Raises InputError if there is none."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is None or run.recording is not recording or self._worker is None:
                raise InputError("This run has ended; start it again to keep it.")
            number, answer = next(self._numbers), Future()
            self._questions[number] = answer
            self._worker.send({"do": "checkpoint", "run": run.id, "ask": number, "notes": notes})
        try:
            return answer.result(seconds)
        except TimeoutError as error:
            raise InputError("The training process is busy; try again in a moment.") from error
        finally:
            self._questions.pop(number, None)

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    # -- who works --

    def settle(self) -> None:
        """Let those go who have left, and share the work out anew.  Called at every occasion."""
        with self._lock:
            now = self._clock()
            for viewer, since in list(self._gone.items()):
                if now - since > GRACE:
                    del self._gone[viewer]
                    for run in self._runs.values():
                        run.wants.pop(viewer, None)
            for key, run in list(self._runs.items()):
                if not run.wants and not (run.recording.finished and not run.recording.error):
                    self._drop(key)
            self._line = [run for run in self._line if run.hungry]
            self._line += [run for run in self._runs.values() if run.hungry and run not in self._line]
            self._rotate(now)
            for run in self._runs.values():
                self._tell(run, max(run.wants.values()) if run in self._line[:ACTIVE] else 0, now)

    def _rotate(self, now: float) -> None:
        """Runs that have had their turn make room for those that wait."""
        tired = [run for run in self._line[:ACTIVE] if run.told and now - run.since > TURN]
        for run in tired[: max(0, len(self._line) - ACTIVE)]:
            self._line.remove(run)
            self._line.append(run)

    def _tell(self, run: _Run, limit: int, now: float) -> None:
        if limit == run.told or self._worker is None:
            return
        if not run.told:
            run.since = now
        run.told = limit
        self._worker.send({"do": "want", "run": run.id, "limit": limit})

    def _add(self, recording: Recording, viewer: str) -> _Run:
        self.warm()
        run = _Run(f"r{next(self._numbers)}", recording, {viewer: 0}, used=self._clock())
        self._runs[recording.settings.key] = run
        self._order_start(run)
        return run

    def _order_start(self, run: _Run) -> None:
        recording = run.recording
        data = recording.text.encode("utf-8", "surrogatepass")
        self._worker.send(
            {
                "do": "start",
                "run": run.id,
                "settings": recording.settings.key,
                "text_bytes": len(data),
            },
            data + recording.resume,
        )

    def _drop(self, key: str) -> None:
        run = self._runs.pop(key)
        if self._worker is not None:
            self._worker.send({"do": "drop", "run": run.id})

    def _forget(self) -> None:
        """Of the finished runs that nobody looks at, the oldest go."""
        idle = sorted((run.used, key) for key, run in self._runs.items() if not run.wants)
        for _, key in idle[: max(0, len(idle) - KEPT)]:
            self._drop(key)

    # -- what the worker says --

    def _answered(self, message: dict[str, Any], data: bytes) -> None:
        with self._lock:
            if (asked := message.get("ask")) is not None:
                if (answer := self._questions.get(asked)) is not None:
                    if "error" in message:
                        answer.set_exception(InputError(message["error"]))
                    else:
                        answer.set_result(data)
                return
            run = next((r for r in self._runs.values() if r.id == message["run"]), None)
            if run is None:
                return  # it was dropped meanwhile
            if "error" in message:
                run.recording.fail(message["error"])
            elif "begun" in message:
                run.recording.begin(message["begun"])
            else:
                run.recording.add(message["report"], self._clock())
            self.settle()

    def _died(self) -> None:
        """The worker has ended by itself: another one does everything again, if it was not the second."""
        with self._lock:
            now = self._clock()
            self._deaths = [at for at in self._deaths if now - at < 60] + [now]
            for answer in self._questions.values():
                answer.set_exception(InputError("The training process has ended; try again."))
            self._questions.clear()
            self._worker = None
            if len(self._deaths) > 1:
                for run in self._line[:ACTIVE]:  # one of those that worked is to blame
                    run.recording.fail(_ENDED)
            if self._runs:
                self.warm()
            for run in self._runs.values():
                run.told = 0
                if not run.recording.error:
                    self._order_start(run)
            self.settle()
