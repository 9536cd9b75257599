"""A visitor's own place in one run or two: a cursor that plays, pauses, steps and goes back.

The runs may be anybody's: whatever a viewer does moves their own cursor and nobody else's.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import EVERYTHING, Registry
from lesson.training.engine.settings import RunSettings

_HURRY = 0.8  # a second: how fast a cursor grows that lies behind, so 5,000 steps take eight seconds
_CLOSE = 1.0  # seconds of new steps: nearer than that, it follows


@dataclass
class Watched:
    """A run and how far its viewer has seen it."""

    recording: Recording
    cursor: int = 0

    @property
    def first(self) -> int:
        """The step it begins with: 0, unless it goes on with a checkpoint."""
        return self.recording.begun.began if self.recording.begun else 0

    @property
    def at_head(self) -> bool:
        """Whether there is nothing more to see at present."""
        return self.cursor >= self.recording.head

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to come either."""
        recording = self.recording
        return bool(recording.error) or (recording.finished and self.at_head)


class Viewer:
    """One visitor.  `runs` are those they look at; `playing`, whether their cursor goes on by itself."""

    def __init__(self, name: str, registry: Registry, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self.registry, self._clock = name, registry, clock
        self.runs: list[Watched] = []
        self.playing = False
        self._last_look = clock()

    def start(self, runs: Sequence[tuple[RunSettings, str]], resume: bytes = b"") -> None:
        """Look at these runs (settings and text each) from the beginning, and let them go on."""
        joined = [self.registry.join(self.name, settings, text, resume) for settings, text in runs]
        for watched in self.runs:
            if watched.recording not in joined:
                self.registry.leave(self.name, watched.recording)
        self.runs = [Watched(recording) for recording in joined]
        self.play()

    def leave(self) -> None:
        """Look at nothing any more."""
        for watched in self.runs:
            self.registry.leave(self.name, watched.recording)
        self.runs, self.playing = [], False

    @property
    def ended(self) -> bool:
        """Whether all has been seen that there will ever be."""
        return all(watched.ended for watched in self.runs)

    def play(self) -> None:
        """Go on."""
        self.playing, self._last_look = not self.ended, self._clock()
        for watched in self.runs:
            watched.recording = self.registry.request(self.name, watched.recording, EVERYTHING)

    def pause(self) -> None:
        """Stay here; nothing more is worked for this viewer."""
        self.playing = False
        for watched in self.runs:
            self.registry.request(self.name, watched.recording, watched.cursor)

    def step(self, seconds: float = 1.0) -> None:
        """Go one step of training further, and wait for it if it has to be computed."""
        self.playing = False
        for watched in self.runs:
            goal = watched.cursor + 1
            watched.recording = self.registry.request(self.name, watched.recording, goal)
            watched.recording.wait(goal, seconds)
            watched.cursor = min(goal, watched.recording.head)

    def go(self, step: int) -> None:
        """Go to a step that is known, and stay there."""
        for watched in self.runs:
            watched.cursor = max(watched.first, min(step, watched.recording.head))
        self.pause()

    def reset(self) -> None:
        """Go to the beginning: the same weights that it began with."""
        self.go(0)

    def look(self) -> None:
        """Move the cursor on with the clock; to be called before what it shows is drawn."""
        now = self._clock()
        passed, self._last_look = now - self._last_look, now
        for watched in self.runs:
            # Everything anew each time: a connection that was away for a moment requested nothing.
            goal = EVERYTHING if self.playing else watched.cursor
            watched.recording = self.registry.request(self.name, watched.recording, goal)
            if self.playing:
                self._advance(watched, passed, now)
        if self.playing and self.ended:
            self.playing = False

    def _advance(self, watched: Watched, passed: float, now: float) -> None:
        """Follow the newest step, or come nearer to it: slowly at first, where most is learned."""
        recording, cursor = watched.recording, max(watched.cursor, watched.first)
        if recording.head - cursor > recording.pace(now) * _CLOSE + 1:
            cursor += math.ceil((cursor - watched.first + 10) * (math.exp(passed * _HURRY) - 1))
            watched.cursor = min(cursor, recording.head)
        else:
            watched.cursor = recording.head
