"""How far a run is: its bar, its speed, the time left, and its place in the queue."""

import math
import time

import streamlit as st

from lesson.training.engine.line import ACTIVE
from lesson.training.engine.recording import Recording
from lesson.training.engine.viewer import Watched
from lesson.training.live.session import registry


def draw_progress(watched: Watched, name: str) -> None:
    """Draw the bar of a run, up to where its viewer is, with the step, the speed and the time left."""
    recording, cursor = watched.recording, min(watched.cursor, watched.recording.head)
    begun = recording.begun
    if recording.error:
        return  # it is said below, and there is nothing to wait for
    if begun is None:
        st.progress(0.0, f"{name} — {_waiting(recording) or 'getting ready'}")
        return
    share = cursor / recording.steps if recording.steps else _time_share(recording)
    parts = [f"step {cursor:,}" + (f" of {recording.steps:,}" if recording.steps else "")]
    if not recording.settings.recall:
        parts.append(f"epoch {max(0, cursor - 1) // begun.chunks + 1}")
    parts += _speed(recording) + [words for words in (_left(watched), _waiting(recording)) if words]
    if (others := registry().viewers(recording) - 1) > 0:
        parts.append(f"{others} other{'s look' if others > 1 else ' looks'} on")
    st.progress(min(1.0, share), f"**{name}** — " + " · ".join(parts))


def _time_share(recording: Recording) -> float:
    return min(1.0, recording.seconds / recording.settings.amount)


def _speed(recording: Recording) -> list[str]:
    speed = recording.characters_per_second
    return [f"{_round(speed):,} characters/s"] if speed and not recording.settings.recall else []


def _round(number: float) -> int:
    """Round to two digits, so that the number does not flicker."""
    digits = max(0, int(math.log10(max(1.0, number))) - 1)
    return round(number / 10**digits) * 10**digits


def _left(watched: Watched) -> str:
    """Say how much time is left, by the clock."""
    recording = watched.recording
    if recording.finished:
        return "done" if watched.at_head else ""
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
    return f"place {place} in the queue: {ACTIVE} other runs have their turn"


def _computed_again(recording: Recording) -> str:
    """Say that a run begins again after it made room for others; it comes to the same numbers."""
    if recording.finished or recording.computed >= recording.head:
        return ""
    return f"computed again after it made room for others: at step {recording.computed:,}"
