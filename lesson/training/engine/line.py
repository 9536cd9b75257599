"""The runs in their order: which of them work, which wait for their turn, and which have a place.

A place is what a run takes up in the worker's memory.  There are PLACES; a run without work gives its own up
to one that has some, and where all have work, the one that has worked most gives way to who has waited for
longer than a turn.  What it has computed is kept, and it comes to the same numbers again.

What only a class looks at, one network for each of its seeds, stands in no visitor's way: it has places of
its own, and two of its runs work beside those of the visitors, whose order and turns are as if it were not
there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lesson.training.engine.presence import is_class
from lesson.training.engine.recording import Recording

ACTIVE = 3  # runs that work at a time: each gets a third of a core or more
TURN = 15.0  # seconds that a run may work while another one waits
SHORTEST_TURN = 2.0  # seconds, where many wait
PLACES = 40  # runs that the worker holds
CLASS_ACTIVE = 2  # of a class: while the worker does one, the next is on its way
CLASS_PLACES = 120  # of a class, in turns of a moment: two experiments of thirty pairs


@dataclass(eq=False)
class Run:
    """A recording, and who requests how much of it: viewer -> step.

    id: its name in the worker, "" if it has no place there; limit: the step up to which the worker may go;
    times in seconds: since, when its turn began; last_look, when somebody last looked at it; waits, since
    when it waits for a place.
    """

    recording: Recording
    requests: dict[str, int] = field(default_factory=dict)
    id: str = ""
    limit: int = 0
    since: float = 0.0
    last_look: float = 0.0
    waits: float = 0.0

    @property
    def goal(self) -> int:
        """The furthest step that anybody requests."""
        return max(self.requests.values(), default=0)

    @property
    def of_class(self) -> bool:
        """Whether no visitor looks at it, only a class."""
        return bool(self.requests) and all(map(is_class, self.requests))

    @property
    def places(self) -> int:
        """The runs of its kind that have a place at a time."""
        return CLASS_PLACES if self.of_class else PLACES

    @property
    def has_work(self) -> bool:
        """Whether somebody requests more of it than there is."""
        recording = self.recording
        return not (recording.finished or recording.error) and self.goal > recording.head


class Line:
    """Runs that have work.  The first ACTIVE of those with a place work, all others wait.

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
        of_class = [run for run in self.runs if run.id and run.of_class]
        return self._visitors()[:ACTIVE] + of_class[:CLASS_ACTIVE]

    def _visitors(self) -> list[Run]:
        """Return the runs with a place that visitors look at."""
        return [run for run in self.runs if run.id and not run.of_class]

    def place_of(self, recording: Recording) -> int:
        """Return how many turns a run is away from working: 0 if it works, or if it has nothing to do."""
        working = self.working()
        waiting = [run for run in self.runs if run not in working and not run.of_class]
        return next((at for at, run in enumerate(waiting, 1) if run.recording is recording), 0)

    def rotate(self, now: float) -> None:
        """Send runs to the end that have had their turn, as many as there are others that wait."""
        count = sum(not run.of_class for run in self.runs)
        turn = max(SHORTEST_TURN, TURN * ACTIVE / max(ACTIVE, count))
        visitors = self._visitors()
        over = [run for run in visitors[:ACTIVE] if run.limit and now - run.since > turn]
        waiting = len(visitors) - ACTIVE
        for run in over[: max(0, waiting)]:
            self.send_to_the_end(run)

    def send_to_the_end(self, run: Run) -> None:
        """Let everybody else go first."""
        if run in self.runs:
            self.runs.remove(run)
            self.runs.append(run)


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
