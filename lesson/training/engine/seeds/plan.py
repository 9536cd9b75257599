"""What an experiment is that trains a network of each setup for each seed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunSettings

Point = tuple[int, float]  # step, and what is drawn of it


class Judge(Protocol):
    """What is to be seen of a run, and whether it has learned."""

    def points(self, recording: Recording) -> list[Point]:
        """Return the curve of a run as far as it has come."""

    def has_learned(self, recording: Recording) -> bool:
        """Return whether a run that is done has learned."""

    def diagnosis(self, recording: Recording) -> str:
        """Say in a sentence or two why a run that is done has not learned."""


@dataclass(frozen=True)
class Plan:
    """An experiment.

    setups: names; settings: of each setup, with whatever seed; text: that they learn, "" for the recall task.
    last: the step at which a run ends that has not ended before; portion: steps of a run before another one's
    turn; together: runs that grow side by side.  heights: of the picture, as the table has them.  main: the
    setup that is asked about.  link: the address of a page that shows a run; reply: what came of it, from
    how many have learned of each setup.
    """

    setups: tuple[str, ...]
    settings: tuple[RunSettings, ...]
    text: str
    judge: Judge
    last: int
    portion: int
    together: int
    heights: Mapping[str, Any]
    main: int
    link: Callable[[RunSettings], str]
    reply: Callable[[Sequence[int], int], str]
