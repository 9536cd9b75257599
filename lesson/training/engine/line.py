"""The runs in their order: which of them work, which wait for their turn, and which have a place.

A place is what a run takes up in a worker's memory.  Each worker has PLACES; a run without work gives its own
up to one that has some, and where all have work, the one that has worked most gives way to who has waited for
longer than a turn.  What it has computed is kept, and it comes to the same numbers again.

The order is fair between visitors, not between runs: everybody's first run comes before anybody's second, and
who has had a turn is behind all others with all that only they look at.  Who compares four runs has as many
turns as who looks at one.

What only a class looks at, one network for each of its seeds, stands in no visitor's way: it has places of
its own, and on each worker two of its runs work beside those of the visitors, whose order and turns are as if
it were not there.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lesson.training.engine.presence import is_class
from lesson.training.engine.recording import Recording

ACTIVE = 3  # runs that work at a time on each worker: each gets a third of a core or more
TURN = 15.0  # seconds that a run may work while another one waits
SHORTEST_TURN = 2.0  # seconds, where many wait
PLACES = 40  # runs that a worker holds
CLASS_ACTIVE = 2  # of a class, on each worker: while it does one, the next is on its way
CROWD = 30  # visitors: what more than these look at is nobody's own run
CLASS_PLACES = 120  # of a class on each worker, in turns of a moment: two experiments of thirty pairs


ELSEWHERE = -1  # a request of who looks at other runs: the run stands, and is held for them


@dataclass(eq=False)
class Run:
    """A recording, and who requests how much of it: viewer -> step.

    id: its name, "" if it has no place; worker: where that is; fresh: whether nothing has come of it there;
    limit: the step up to which the worker may go; times in seconds: since, when its turn began; last_look,
    when somebody last looked at it; waits, since when it waits for a place; busy, when it last had work;
    lost, when a worker last ended that worked on it.
    """

    recording: Recording
    requests: dict[str, int] = field(default_factory=dict)
    id: str = ""
    worker: int = 0
    fresh: bool = True
    limit: int = 0
    since: float = 0.0
    last_look: float = 0.0
    waits: float = 0.0
    busy: float = -math.inf
    lost: float = -math.inf

    @property
    def goal(self) -> int:
        """The furthest step that anybody requests."""
        return max(self.requests.values(), default=0)

    @property
    def looked_at_by(self) -> list[str]:
        """The viewers who do not look at other runs at present."""
        return [viewer for viewer, step in self.requests.items() if step != ELSEWHERE]

    @property
    def of_class(self) -> bool:
        """Whether no visitor looks at it, only a class."""
        return bool(self.requests) and all(map(is_class, self.requests))

    @property
    def places(self) -> int:
        """The runs of its kind that have a place on a worker at a time."""
        return CLASS_PLACES if self.of_class else PLACES

    @property
    def has_work(self) -> bool:
        """Whether somebody requests more of it than there is."""
        recording = self.recording
        return not (recording.finished or recording.error) and self.goal > recording.head

    @property
    def waiting(self) -> list[str]:
        """The visitors who request more of it than there is; none of a crowd, whose run it is not."""
        if len(self.requests) > CROWD:
            return []
        head = self.recording.head
        return [viewer for viewer, step in self.requests.items() if step > head and not is_class(viewer)]


class Line:
    """Runs that have work.  On each worker the first ACTIVE of those with a place there work, others wait.

    Beside them the first CLASS_ACTIVE of those of a class.
    """

    def __init__(self) -> None:
        self.runs: list[Run] = []

    def update(self, runs: Iterable[Run]) -> None:
        """Let those go that have no work any more, and let others join at the end."""
        self.runs = [run for run in self.runs if run.has_work]
        members = set(self.runs)
        self.runs += [run for run in runs if run.has_work and run not in members]

    def working(self) -> list[Run]:
        """Return the runs whose turn it is."""
        of_class = _by_worker(run for run in self.runs if run.id and run.of_class)
        return [run for runs in self._visitors() for run in runs[:ACTIVE]] + [
            run for runs in of_class for run in runs[:CLASS_ACTIVE]
        ]

    def _visitors(self) -> list[list[Run]]:
        """Return the runs with a place that visitors look at, of each worker, in the order of their turns."""
        runs = [run for run in self.runs if run.id and not run.of_class]
        groups = _by_worker(runs)
        if all(len(group) <= ACTIVE for group in groups):
            return groups  # all of them work
        return _by_worker(_fair(runs))

    def place_of(self, recording: Recording) -> int:
        """Return how many turns a run is away from working: 0 if it works, or if it has nothing to do."""
        working = set(self.working())
        runs = [run for run in self.runs if not run.of_class]
        waiting = [run for run in _fair(runs) if run not in working] if len(runs) > ACTIVE else []
        return next((at for at, run in enumerate(waiting, 1) if run.recording is recording), 0)

    def rotate(self, now: float, workers: int) -> None:
        """Send runs to the end that have had their turn, as many as there are others that wait."""
        count = sum(not run.of_class for run in self.runs)
        turn = max(SHORTEST_TURN, TURN * ACTIVE * workers / max(ACTIVE * workers, count))
        for runs in self._visitors():
            over = [run for run in runs[:ACTIVE] if run.limit and now - run.since > turn]
            for run in over[: max(0, len(runs) - ACTIVE)]:
                self.send_to_the_end(run)
                run.since = now  # if nobody else's turn comes before its own, it is another one

    def send_to_the_end(self, run: Run) -> None:
        """Let everybody else go first: the run is behind all others, and before it its visitors' others.

        A run that somebody else waits for too stays where it is.
        """
        if run not in self.runs:
            return
        had_turn = set(run.waiting)
        own = [r for r in self.runs if r is not run and r.waiting and had_turn.issuperset(r.waiting)]
        behind = {run, *own}
        self.runs = [r for r in self.runs if r not in behind] + own + [run]


def _fair(runs: Iterable[Run]) -> list[Run]:
    """Return runs in such an order that everybody's first comes before anybody's second."""
    earlier: Counter[str] = Counter()
    rows = []
    for run in runs:
        waiting = run.waiting
        rows.append((min((earlier[viewer] for viewer in waiting), default=0), run))
        earlier.update(waiting)
    return [run for _, run in sorted(rows, key=lambda row: row[0])]


def _by_worker(runs: Iterable[Run]) -> list[list[Run]]:
    groups: defaultdict[int, list[Run]] = defaultdict(list)
    for run in runs:
        groups[run.worker].append(run)
    return list(groups.values())


def rivals(run: Run, runs: Iterable[Run]) -> list[Run]:
    """Return the runs with a place of the kind that this one needs."""
    return [other for other in runs if other.id and other.of_class == run.of_class]


def gives_its_place(placed: Iterable[Run], waiting: Run, now: float) -> Run | None:
    """Return the run with a place that makes room for one that waits; None if it has to wait on."""
    placed = list(placed)
    if idle := [run for run in placed if not run.has_work]:
        return min(idle, key=lambda run: run.last_look)
    if now - waiting.waits > TURN:
        return max(placed, key=lambda run: run.recording.seconds)
    return None
