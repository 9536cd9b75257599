"""A run that is to be started."""

from typing import NamedTuple

from lesson.training.engine.settings import RunSettings


class RunRequest(NamedTuple):
    """The settings of a run, and the text they are for; "" for the recall task."""

    settings: RunSettings
    text: str
