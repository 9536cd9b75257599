"""What a visitor sees of the runs they look at: progress, curves, samples, and their own cursor on them."""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.training.engine.line import ACTIVE
from lesson.training.engine.recording import Recording, RunHistory
from lesson.training.engine.run_names import names_of
from lesson.training.engine.viewer import Viewer, Watched
from lesson.training.live.diagnosis import show_checklist, show_diagnosis
from lesson.training.live.downloads import offer_downloads
from lesson.training.live.run_request import RunRequest
from lesson.training.live.session import interval, registry, viewer
from lesson.widgets.display import draw_prepared, side_by_side, theme
from lesson.widgets.loss_curves import draw_losses
from visualization.charts.recall import recall_pair_spec
from visualization.drawings.losses import Curve

Words = Callable[[Sequence[Watched]], str]  # what is to be said of the runs, if anything
_ABOUT = "runs_about"  # in the session state: which part of the page started them
_AT = "run_at"
_TALL = 190


def start(about: str, requests: Sequence[RunRequest], resume: bytes = b"") -> None:
    """Start these runs for a part of the page, in place of what the visitor looked at before.

    resume: the checkpoint that they go on with, if any.
    """
    visitor = viewer()
    visitor.start(requests, resume)
    st.session_state[_ABOUT] = about
    # A moment and the first numbers are there: they come with the page, not after it.
    for watched in visitor.runs:
        watched.recording.wait(1, 0.3)


def running(about: str) -> bool:
    """Return whether the visitor looks at runs that this part of the page has started."""
    return bool(viewer().runs) and st.session_state.get(_ABOUT) == about


def watch(about: str, words: Words | None = None) -> bool:
    """Show the runs that this part of the page has started; False if there are none."""
    if not running(about):
        return False
    visitor = viewer()
    every = interval() if visitor.playing else None
    st.fragment(_look, run_every=every)(every, words)
    return True


def _look(every: float | None, words: Words | None) -> None:
    """Look once at the runs, and draw it.  every: how often it is repeated at present, None if it is not."""
    visitor = viewer()
    visitor.look()
    _controls(visitor)
    names = names_of([watched.recording.settings for watched in visitor.runs])
    for watched, name in zip(visitor.runs, names, strict=True):
        _progress(watched, name)
    if failed := [w.recording.error for w in visitor.runs if w.recording.error]:
        st.error(failed[0])
    if all(watched.recording.begun for watched in visitor.runs):
        _show(visitor, names, words)
    # Only a run of the page starts or stops the clock, or changes its pace.
    seconds = interval() if visitor.playing else None
    if (seconds is None) != (every is None) or (seconds and not 0.6 < seconds / every < 1.7):
        st.rerun()


def _show(visitor: Viewer, names: Sequence[str], words: Words | None) -> None:
    """Draw the pictures and the words of one look."""
    histories = [watched.recording.up_to(watched.cursor) for watched in visitor.runs]
    if visitor.runs[0].recording.settings.recall:
        _right_answers(visitor, names, histories)
    elif len(names) == 1:  # what it writes beside its curve: both are seen at once on a projector
        left, right = st.columns([3, 2])
        with left:
            _curves(visitor, names, histories)
        with right:
            _samples(visitor, names, histories)
            show_diagnosis(visitor, names)
    else:
        _curves(visitor, names, histories)
        _samples(visitor, names, histories)
        show_diagnosis(visitor, names)
    if words and all(watched.cursor > 0 for watched in visitor.runs) and (text := words(visitor.runs)):
        prose(text)
    show_checklist(visitor, names)
    for watched, name in zip(visitor.runs, names, strict=True):
        offer_downloads(watched.recording, registry(), name if len(names) > 1 else "")


def _controls(visitor: Viewer) -> None:
    """Pause, step, reset and, while it stands, the way to any step that is known."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if visitor.playing:
            st.button("Pause", icon=":material/pause:", on_click=visitor.pause, key="run_pause")
        else:
            label = "Watch again" if visitor.ended else "Go on"
            st.button(label, icon=":material/resume:", on_click=_resume, args=(visitor,), key="run_resume")
        st.button(
            "Step", icon=":material/skip_next:", on_click=visitor.step, key="run_step",
            disabled=visitor.ended, help="One update of the weights.",
        )  # fmt: skip
        st.button(
            "Reset", icon=":material/restart_alt:", on_click=visitor.reset, key="run_reset",
            help="Back to the weights it began with. What was computed is kept: going on repeats it.",
        )  # fmt: skip
        first, last = min(w.first for w in visitor.runs), max(w.recording.head for w in visitor.runs)
        if not visitor.playing and last > first:
            st.session_state[_AT] = max(first, *(min(w.cursor, w.recording.head) for w in visitor.runs))
            st.slider("Look at step", first, last, key=_AT, on_change=_go, args=(visitor,), width=320)


def _go(visitor: Viewer) -> None:
    visitor.go(st.session_state[_AT])


def _resume(visitor: Viewer) -> None:
    if visitor.ended:
        visitor.reset()
    visitor.play()


def _progress(watched: Watched, name: str) -> None:
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
    """Two digits, so that it does not flicker."""
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
    """A run that had to make room for others begins again, and comes to the same numbers."""
    if recording.finished or recording.computed >= recording.head:
        return ""
    return f"computed again after it made room for others: at step {recording.computed:,}"


def _curves(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    curves = [
        _curve(watched, name, history)
        for watched, name, history in zip(visitor.runs, names, histories, strict=True)
    ]
    recordings = [watched.recording for watched in visitor.runs]
    last = max(r.steps or math.ceil(max(r.head, 50) / 200) * 200 for r in recordings)
    clips = {r.settings.clip_at if r.settings.clip == "norm" else None for r in recordings}
    size = recordings[0].vocabulary_size
    clip = clips.pop() if len(clips) == 1 else None
    draw_losses(curves, size, last, key="run_losses", clip=clip)


def _right_answers(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    """For the recall task: the share of right answers, which says more than its loss."""
    rows = [(name, *row) for name, history in zip(names, histories, strict=True) for row in history.right]
    last = max(watched.recording.begun.steps or watched.recording.head for watched in visitor.runs)
    words = (
        ". ".join(right_words(name, history.right) for name, history in zip(names, histories, strict=True))
        + "."
    )
    frame = pd.DataFrame(rows, columns=["run", "step", "accuracy"])
    draw_prepared(recall_pair_spec(tuple(names), last, theme()), frame, words, key="run_right")


def right_words(name: str, right: Sequence[tuple[int, float]]) -> str:
    """Say what a network of the recall task has reached."""
    if not right:
        return f"{name} has just begun"
    step, share = right[-1]
    return f"{name}: {share:.0%} right after {step} updates"


def _curve(watched: Watched, name: str, history: RunHistory) -> Curve:
    before = watched.recording.begun.before
    if not before:
        return Curve(
            name, history.step, history.loss, history.validation_step, history.validation_loss,
            history.gradient_norm,
        )  # fmt: skip
    columns = {key: np.array(column, float) for key, column in before.items()}
    measured = ~np.isnan(columns["validation_loss"])
    return Curve(
        name,
        np.concatenate([columns["step"], history.step]),
        np.concatenate([columns["loss"], history.loss]),
        np.concatenate([columns["step"][measured], history.validation_step]),
        np.concatenate([columns["validation_loss"][measured], history.validation_loss]),
        np.concatenate([columns["gradient_norm"], history.gradient_norm]),
    )


def _samples(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    """Draw what each of them wrote at the last moment that was looked at."""
    places = side_by_side(len(names))
    for column, watched, name, history in zip(places, visitor.runs, names, histories, strict=True):
        if history.sample is None:
            continue
        step, text = history.sample
        with column:
            which = f"{name}, step {step:,}" if len(names) > 1 else f"Step {step:,}"
            note(f"{which}: what it writes at temperature {watched.recording.settings.temperature:g}")
            st.code(text, language=None, wrap_lines=True, height=_TALL)
