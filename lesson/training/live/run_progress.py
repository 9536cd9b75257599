"""How far a run is, in words: its speed, the time left, and its place in the queue."""

import math
import time
from typing import Any

from lesson.training.engine.line import ACTIVE
from lesson.training.engine.recording import Recording
from lesson.training.live.registry import registry


def progress(recording: Recording) -> dict[str, Any]:
    """Return what a browser says of a run's progress, at whatever step its viewer is.

    step, epoch: how these are written, {} for the number; chunks: steps of an epoch; share: of the bar, where
    a time bounds the run; status: what holds for all; end: what is said at the last step.
    """
    begun = recording.begun
    if begun is None:
        waiting = "" if recording.error else _waiting(recording) or "getting ready"
        return {"step": "", "epoch": "", "chunks": 1, "share": 0, "status": [waiting], "end": ""}
    steps = recording.steps
    return {
        "step": "step {}" + (f" of {steps:,}" if steps else ""),
        "epoch": "" if recording.settings.recall else "epoch {}",
        "chunks": begun.chunks,
        "share": None if steps else _time_share(recording),
        "status": [words for words in _status(recording) if words],
        "end": "done" if recording.finished else "",
    }


def _status(recording: Recording) -> list[str]:
    others = registry().viewers(recording) - 1
    return [
        _speed(recording),
        _left(recording),
        _waiting(recording),
        f"{others} other visitor{'s look' if others > 1 else ' looks'} at this run" if others > 0 else "",
    ]


def _time_share(recording: Recording) -> float:
    return round(min(1.0, recording.seconds / recording.settings.amount), 4)


def _speed(recording: Recording) -> str:
    speed = recording.characters_per_second
    is_text = recording.settings.reads_text
    return f"{_round(speed):,} characters/s" if speed and is_text else ""


def _round(number: float) -> int:
    """Round to two digits, so that the number does not flicker."""
    digits = max(0, int(math.log10(max(1.0, number))) - 1)
    return round(number / 10**digits) * 10**digits


def _left(recording: Recording) -> str:
    """Say how much time is left, by the clock."""
    if recording.finished:
        return ""
    now = time.monotonic()
    if recording.steps is None:
        share = recording.share(now)
        seconds = (recording.settings.amount - recording.seconds) / share if share else None
    else:
        pace = recording.pace(now)
        seconds = (recording.steps - recording.head) / pace if pace else None
    if seconds is None:
        return ""
    return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} min left"


def _waiting(recording: Recording) -> str:
    place = registry().place(recording)
    if not place:
        return _computed_again(recording)
    first = ACTIVE * registry().workers
    return f"place {place} in the queue: {first} other runs are computed first"


def _computed_again(recording: Recording) -> str:
    """Say that a run begins again after it made room for others; it comes to the same numbers."""
    if recording.finished or recording.computed >= recording.head:
        return ""
    return f"is computed again, because it had made room for other runs: at step {recording.computed:,}"
