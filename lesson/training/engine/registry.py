"""The runs of this server: who looks at them, which run works, and which one waits for its turn.

A run works only as far as its foremost viewer requests, and ends when the last viewer has left.  Nothing is
worked for who has not looked for a while.  Nobody is refused: who comes late waits in a line (`line.py`), and
everybody can see their place in it.
"""

import threading
import time
from collections.abc import Callable
from weakref import WeakValueDictionary

from lesson.training.engine.line import Line, Run
from lesson.training.engine.messages import Answer
from lesson.training.engine.places import Places, Start
from lesson.training.engine.presence import CLOSED, Presence, is_class
from lesson.training.engine.process import Questions, WorkerProcess
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunSettings
from lstm.errors import InputError

MOST_OF_ONE = 4  # runs that one viewer holds: the two they look at, and two more of another part
MOST_VIEWERS = 1000  # of a run that are counted; whoever comes after them sees it all the same
MOST_IDLE = 12  # finished runs that nobody looks at any more
EVERYTHING = 2**53  # steps: as far as it goes
_SUSPECT = 60.0  # seconds after a worker's end in which its runs may not lose another one
_ENDED = "The process that trains has ended twice in a row; start the run again with smaller settings."


class Registry:
    """All runs, safe to use from any thread; `start` makes a worker, `most` says how many there may be."""

    def __init__(
        self,
        start: Start = WorkerProcess,
        clock: Callable[[], float] = time.monotonic,
        most: Callable[[], int] = lambda: 1,
    ) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._runs: dict[str, Run] = {}  # by the key of their settings; the order in which they came
        # Those that somebody's session still holds, too: they can be begun again.
        self._recordings: WeakValueDictionary[str, Recording] = WeakValueDictionary()
        self._line = Line()
        self._presence, self._questions = Presence(), Questions()
        self._places = Places(start, most, self._answered, self._died)

    # -- for viewers --

    def warm(self) -> None:
        """Start a worker, so that the first run need not wait for it."""
        with self._lock:
            self._places.warm()

    @property
    def workers(self) -> int:
        """The workers that there are, or could be at once."""
        return self._places.workers

    def join(self, viewer: str, settings: RunSettings, text: str, resume: bytes = b"") -> Recording:
        """Return the run with these settings, which is begun if nobody has yet."""
        with self._lock:
            run = self._runs.get(settings.key)
            if run is None or run.recording.error:
                run = self._add(viewer, Recording(settings, text, resume))
            self._enter(viewer, run)
            run.requests.setdefault(viewer, 0)
            self.reschedule()
            return run.recording

    def recording(self, id: str) -> Recording | None:
        """Return the run with this id; None if it is no longer known."""
        with self._lock:
            return self._recordings.get(id)

    def request(self, viewer: str, recording: Recording, step: int = EVERYTHING) -> Recording:
        """Request a run up to this step, everything by default, for a viewer who looks at it.

        Returns the recording to look at from now on: a run that ended while its viewer was away is begun
        again, and comes to the same numbers, or is by now somebody else's.
        """
        with self._lock:
            key = recording.settings.key
            if key not in self._runs and not (recording.finished or recording.error):
                self._add(viewer, recording)
            if (run := self._runs.get(key)) is not None:
                recording = run.recording
                if viewer in run.requests or len(run.requests) < MOST_VIEWERS:
                    self._enter(viewer, run)
                    run.requests[viewer] = step
            self.reschedule()
            return recording

    def leave(self, viewer: str, recording: Recording) -> None:
        """Let a viewer leave a run."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is not None and run.recording is recording:
                run.requests.pop(viewer, None)
            if not self._runs_of(viewer):
                self._presence.forget(viewer)
            self.reschedule()

    def away(self, viewer: str) -> None:
        """Stop working for a viewer whose page is closed; soon they have left."""
        with self._lock:
            if viewer not in self._presence:
                return
            self._presence.close(viewer, self._clock())
            self._rest(viewer)
            self.reschedule()
        # Nobody else may come by to notice that they have not come back.
        notice = threading.Timer(CLOSED + 1, self.reschedule)
        notice.daemon = True
        notice.start()

    def place(self, recording: Recording) -> int:
        """Return how many turns a run is away from working: 0 if it works, or if it has nothing to do."""
        with self._lock:
            return self._line.place_of(recording)

    def viewer_count(self) -> int:
        """Count the viewers of any run who look at it now."""
        with self._lock:
            return self._presence.count({v for r in self._runs.values() for v in r.requests}, self._clock())

    def viewers(self, recording: Recording) -> int:
        """Count the viewers of a run who look at it now."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is None or run.recording is not recording:
                return 0
            return self._presence.count(run.looked_at_by, self._clock())

    def checkpoint(self, recording: Recording, notes: dict[str, str], seconds: float = 10) -> bytes:
        """Return the newest state of a run as a file.  Raises InputError if there is none."""
        with self._lock:
            run = self._runs.get(recording.settings.key)
            if run is None or run.recording is not recording or not run.id:
                raise InputError("This run has ended; start it again to keep it.")
            number, answer = self._questions.ask(run.worker)
            self._places.ask_for_checkpoint(run, number, notes)
        try:
            return answer.result(seconds)
        except TimeoutError as error:
            raise InputError("The training process is busy; try again in a moment.") from error
        finally:
            self._questions.withdraw(number)

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            self._places.close()

    # -- who works --

    def reschedule(self) -> None:
        """Let those go who have left, and share places and turns anew.  Called at every occasion."""
        with self._lock:
            now = self._clock()
            self._notice_absence(now)
            for key, run in list(self._runs.items()):
                if not run.requests and not (run.recording.finished and not run.recording.error):
                    self._places.drop(self._runs.pop(key))
                elif run.of_class and run.recording.finished:
                    self._places.drop(run)  # nobody asks the worker for more of it
            self._forget()
            self._line.update(self._runs.values())
            self._places.give(self._line, self._runs.values(), now)
            self._line.rotate(now, self._places.workers)
            self._places.level(self._line, self._runs.values(), now)
            working = self._line.working()
            for run in self._runs.values():
                self._places.grant(run, run.goal if run in working else 0, now)

    def _notice_absence(self, now: float) -> None:
        """Stop working for viewers who are silent, and drop the requests of those who have left."""
        for viewer in self._presence.fall_silent(now):
            self._rest(viewer)
        for viewer in self._presence.leave(now):
            for run in self._runs_of(viewer):
                del run.requests[viewer]

    def _rest(self, viewer: str) -> None:
        """Stop working for a viewer until they look again."""
        for run in self._runs_of(viewer):
            run.requests[viewer] = min(0, run.requests[viewer])

    def _enter(self, viewer: str, run: Run) -> None:
        """Let a viewer look at a run, and leave what they hold beyond their share."""
        run.last_look = self._clock()
        self._presence.look(viewer, run.last_look)
        if is_class(viewer):
            return
        others = [other for other in self._runs_of(viewer) if other is not run]
        for other in others[: max(0, len(others) + 1 - MOST_OF_ONE)]:
            del other.requests[viewer]

    def _runs_of(self, viewer: str) -> list[Run]:
        return [run for run in self._runs.values() if viewer in run.requests]

    def _add(self, viewer: str, recording: Recording) -> Run:
        """Add a run, with a place at once if there is one: then its first numbers are there early."""
        now = self._clock()
        run = self._runs[recording.settings.key] = Run(recording, {viewer: 0}, last_look=now, waits=now)
        self._recordings[recording.id] = recording
        self._places.begin(run, self._runs.values())
        return run

    def _forget(self) -> None:
        """Drop the oldest of the finished runs that nobody looks at."""
        idle = sorted((run.last_look, key) for key, run in self._runs.items() if not run.requests)
        for _, key in idle[: max(0, len(idle) - MOST_IDLE)]:
            self._places.drop(self._runs.pop(key))

    # -- what workers say --

    def _answered(self, message: Answer, data: bytes) -> None:
        with self._lock:
            if (number := message.get("ask")) is not None:
                self._questions.answer(number, data, message.get("error", ""))
                return
            run = next((run for run in self._runs.values() if run.id == message["run"]), None)
            if run is None:
                return  # it was dropped meanwhile
            if "error" in message:
                run.recording.fail(message["error"])
            elif "begun" in message:
                run.recording.begin(message["begun"])
            else:
                run.fresh = False
                run.recording.add(message["report"], self._clock())
            self.reschedule()

    def _died(self, worker: int, blame: bool = True) -> None:
        """Let others do everything again after a worker has ended by itself.

        blame: whether a run may be the cause.  Then those are given up that have lost one just before: who
        takes too much memory ends two workers, and not all in turn.
        """
        with self._lock:
            now = self._clock()
            self._questions.fail(worker, "The training process has ended; try again.")
            placed = [run for run in self._runs.values() if run.id and run.worker == worker]
            for run in (run for run in placed if run.limit and blame):
                if now - run.lost < _SUSPECT:
                    run.recording.fail(_ENDED)
                run.lost = now
            self._places.lose(worker, placed)
            self.reschedule()
