"""A visitor's runs: one, or two beside each other.

The runs may be anybody's.  How far a visitor has seen them, whether they play or stand, is their browser's
own (`assets/run`); its questions say for whom how much is to be worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import RunSettings


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


class Viewer:
    """One visitor.  `runs` are those they look at, `visit` tells this look at them from any other."""

    def __init__(self, name: str, registry: Registry) -> None:
        self.name, self.registry = name, registry
        self.runs: list[Recording] = []
        self.visit = ""
        self._starts = 0

    def start(self, runs: Sequence[tuple[RunSettings, str]], resume: bytes = b"") -> None:
        """Look at these runs (settings and text each) from the beginning, and let them work."""
        joined = [self.registry.join(self.name, settings, text, resume) for settings, text in runs]
        self._starts += 1
        self._look_at(joined, f"{self.name}-{self._starts}")

    def come_back(self, ids: Sequence[str], visit: str) -> bool:
        """Look again at the runs of a page that was loaded anew; False if one of them is gone."""
        runs = [run for run in map(self.registry.recording, ids) if run is not None]
        if not runs or len(runs) < len(ids):
            return False
        self._look_at(runs, visit)
        return True

    def leave(self) -> None:
        """Look at nothing any more."""
        self._look_at([], "")

    def _look_at(self, runs: list[Recording], visit: str) -> None:
        for run in self.runs:
            if run not in runs:
                self.registry.leave(self.name, run)
        self.runs, self.visit = [self.registry.request(self.name, run) for run in runs], visit
