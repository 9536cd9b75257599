"""A visitor's runs: one, or two beside each other.

The runs may be anybody's.  How far a visitor has seen them, whether they play or stand, is their browser's
own (`assets/run`); its questions say for whom how much is to be worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lesson.training.engine.line import ELSEWHERE
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RunSettings

# Parts whose runs are remembered: more than a tab does (`assets/run`), which may show what it remembers.
MOST_LOOKS = 8


@dataclass(frozen=True)
class Watched:
    """A run and how far somebody has seen it."""

    recording: Recording
    cursor: int = 0

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to see, nor to come."""
        recording = self.recording
        return bool(recording.error) or (recording.finished and self.cursor >= recording.head)


class Look(NamedTuple):
    """Runs that a visitor looks at, and what tells this look at them from any other."""

    runs: list[Recording]
    visit: str


class Viewer:
    """One visitor: the runs that each part of a page has started for them, and which they look at now.

    Those of the other parts stand meanwhile.
    """

    def __init__(self, name: str, registry: Registry) -> None:
        self.name, self.registry = name, registry
        self._looks: dict[str, Look] = {}  # by part; the one that they look at is the last
        self._starts = 0

    @property
    def runs(self) -> list[Recording]:
        """Those that they look at."""
        return self._looks[self._about].runs if self._looks else []

    @property
    def visit(self) -> str:
        """What tells this look at them from any other; "" if they look at none."""
        return self._looks[self._about].visit if self._looks else ""

    @property
    def _about(self) -> str:
        return next(reversed(self._looks), "")

    @property
    def all_runs(self) -> list[Recording]:
        """Those of all parts, what is looked at first."""
        return [run for look in reversed(self._looks.values()) for run in look.runs]

    def start(self, runs: Sequence[tuple[RunSettings, str]], resume: bytes = b"", about: str = "") -> None:
        """Look at these runs (settings and text each) from the beginning, and let them work."""
        joined = [self.registry.join(self.name, settings, text, resume) for settings, text in runs]
        self._starts += 1
        self._look_at(about, Look(joined, f"{self.name}-{self._starts}"))

    def turn_to(self, about: str) -> bool:
        """Look at the runs of a part; False, and nothing changes, if it has started none."""
        if about in self._looks and about != self._about:
            self._look_at(about, self._looks[about])
        return about in self._looks

    def come_back(self, ids: Sequence[str], visit: str, about: str = "") -> bool:
        """Look again at the runs of a page that was loaded anew; False if one of them is gone."""
        runs = [run for run in map(self.registry.recording, ids) if run is not None]
        if not runs or len(runs) < len(ids):
            return False
        self._look_at(about, Look(runs, visit))
        return True

    def leave(self) -> None:
        """Look at nothing any more."""
        for run in self.all_runs:
            self.registry.leave(self.name, run)
        self._looks.clear()

    def _look_at(self, about: str, look: Look) -> None:
        for run in self.runs:
            if run in look.runs:
                continue
            if about == self._about:
                self.registry.leave(self.name, run)
            else:
                self.registry.request(self.name, run, ELSEWHERE)
        self._looks.pop(about, None)
        self._looks[about] = Look([self.registry.request(self.name, run) for run in look.runs], look.visit)
        if len(self._looks) > MOST_LOOKS:
            del self._looks[next(iter(self._looks))]
