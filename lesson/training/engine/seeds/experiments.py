"""All experiments of all rooms: a thread asks the registry for a little of one run after the other.

All curves of an experiment grow together, and both setups alike.  On each worker two runs are under way at a
time, so that it never waits for an order; what they take from visitors is bounded by `engine.line`.
"""

import threading
import time
from collections.abc import Callable, Mapping

from lesson.training.engine.registry import Registry
from lesson.training.engine.seeds.plan import Plan
from lesson.training.engine.seeds.series import Series, Table, Trial

SEEDS = 30
REST = 60.0  # seconds without a look after which an experiment rests
MOST_AT_A_TIME = 2  # experiments that work; others wait
MOST = 8  # experiments whose curves are held
AHEAD = 2  # runs under way on each worker: while it does one, the next is on its way
_LOOK = 0.05  # seconds between two looks whether a run on another worker has come
_PATIENCE = 1.0  # seconds after which a run under way is requested again: it may have been dropped

Task = tuple[Series, Trial]


class Experiments:
    """The experiments of a server, safe to use from any thread.

    registry, plans: called when they are first needed; the plans are by the names of the experiments.
    """

    def __init__(
        self,
        registry: Callable[[], Registry],
        plans: Mapping[str, Callable[[], Plan]],
        seeds: int = SEEDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._registry, self._plans, self._seeds, self._clock = registry, plans, seeds, clock
        self._series: dict[tuple[str, int], Series] = {}  # in the order in which they came
        self._gone: list[Series] = []  # whose runs are still to be left
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed, self._turns = False, 0

    def start(self, experiment: str, first: int) -> None:
        """Begin the runs with the seeds from the first one on; do nothing if they are there.

        Where too many are looked at already it has to wait: then it has no table, and is started again later.
        """
        key = experiment, first
        with self._changed:
            if key not in self._series and self._has_room():
                now = self._clock()
                self._series[key] = Series(experiment, first, self._plans[experiment](), self._seeds, now)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, daemon=True, name="experiments")
                self._thread.start()
        self._look(key)

    def table(self, experiment: str, first: int) -> Table | None:
        """Return what has come of an experiment so far; None if it has not been started, or long ago.

        Who asks lets it work for the next minute.  In the table: runs, a row each; learned, how many have of
        each setup; quantiles, of each setup rows of step, quartile, median, quartile, where a network that
        ended by having learned stays at its last value; truth and reply, once all are done.
        """
        series = self._look((experiment, first))
        return series.table() if series is not None else None

    def leave(self, experiment: str, first: int) -> None:
        """Let an experiment go whose class is over: its runs, and what has come of them."""
        with self._changed:
            if (series := self._series.pop((experiment, first), None)) is not None:
                self._let_go(series)
                self._changed.notify_all()

    def close(self) -> None:
        """End the work; the registry goes on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _look(self, key: tuple[str, int]) -> Series | None:
        with self._changed:
            series = self._series.get(key)
            if series is not None:
                series.last_look = self._clock()
                self._changed.notify_all()
            return series

    def _has_room(self) -> bool:
        """Return whether one more can be held.

        Of those that are done, or that nobody looks at, the one goes that nobody has looked at for longest,
        one that is done first.
        """
        if len(self._series) < MOST:
            return True
        others = [(key, each) for key, each in self._series.items() if each.done or self._rests(each)]
        if others:
            key, _ = min(others, key=lambda row: (not row[1].done, row[1].last_look))
            self._let_go(self._series.pop(key))
        return bool(others)

    def _let_go(self, series: Series) -> None:
        series.gone = True
        self._gone.append(series)

    # -- the thread --

    def _work(self) -> None:
        registry = self._registry()
        under_way: list[Task] = []
        while True:
            ahead = AHEAD * registry.workers
            with self._changed:
                while not (tasks := self._tasks(under_way, ahead)):
                    if under_way or self._gone or self._closed:
                        break
                    self._changed.wait()
                if self._closed:
                    return
                gone, self._gone = self._gone, []
            for series, trial in tasks:
                series.request(trial, registry, more=True)
            if under_way := under_way + tasks:
                under_way = self._step(under_way, registry)
            for series in gone:
                series.leave(registry)

    def _tasks(self, under_way: list[Task], ahead: int) -> list[Task]:
        """Return what is next, so that so many runs are under way."""
        tasks: list[Task] = []
        while len(under_way) + len(tasks) < ahead and (task := self._task(under_way + tasks)):
            tasks.append(task)
        return tasks

    def _task(self, under_way: list[Task]) -> Task | None:
        """Return the next run of the experiment that has waited longest for its turn."""
        trials = [trial for _, trial in under_way]
        working = [series for series in self._series.values() if not series.done and not self._rests(series)]
        for series in sorted(working[:MOST_AT_A_TIME], key=lambda series: series.last_turn):
            if trial := series.next_trial(trials):
                self._turns += 1
                series.last_turn = self._turns
                return series, trial
        return None

    def _rests(self, series: Series) -> bool:
        return self._clock() - series.last_look > REST

    def _step(self, under_way: list[Task], registry: Registry) -> list[Task]:
        """Wait for one of the runs under way; return those that still are."""
        first = under_way[0][1]  # on one worker it is the first that comes
        assert first.recording is not None
        for _ in range(round(_PATIENCE / _LOOK)):
            first.recording.wait(first.goal, _LOOK)
            if has_come := any(_has_ended(trial) for _, trial in under_way):
                break
        left = []
        for series, trial in under_way:
            if _has_ended(trial):
                series.settle(trial, registry)
            elif series.gone or self._rests(series):
                series.rest(trial, registry)
            else:
                left.append((series, trial))
                if not has_come:
                    series.request(trial, registry)
        return left


def _has_ended(trial: Trial) -> bool:
    recording = trial.recording
    assert recording is not None
    return bool(recording.error) or recording.finished or recording.head >= trial.goal
