"""What a visitor sees of the runs they look at: progress, curves, samples, and their own cursor on them."""

from collections.abc import Callable, Sequence

import streamlit as st

from lesson.frame.glossary import prose
from lesson.training.engine.run_names import names_of
from lesson.training.engine.viewer import Viewer, Watched
from lesson.training.live.diagnosis import show_checklist, show_diagnosis
from lesson.training.live.downloads import offer_downloads
from lesson.training.live.run_pictures import draw_curves, draw_right_answers, draw_samples
from lesson.training.live.run_progress import draw_progress
from lesson.training.live.run_request import RunRequest
from lesson.training.live.session import interval, registry, viewer

Words = Callable[[Sequence[Watched]], str]  # what is to be said of the runs, if anything
_ABOUT = "runs_about"  # in the session state: which part of the page started them
_AT = "run_at"


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
        draw_progress(watched, name)
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
        draw_right_answers(visitor, names, histories)
    elif len(names) == 1:  # what it writes beside its curve: both are seen at once on a projector
        left, right = st.columns([3, 2])
        with left:
            draw_curves(visitor, names, histories)
        with right:
            draw_samples(visitor, names, histories)
            show_diagnosis(visitor, names)
    else:
        draw_curves(visitor, names, histories)
        draw_samples(visitor, names, histories)
        show_diagnosis(visitor, names)
    if words and all(watched.cursor > 0 for watched in visitor.runs) and (text := words(visitor.runs)):
        prose(text)
    show_checklist(visitor, names)
    for watched, name in zip(visitor.runs, names, strict=True):
        offer_downloads(watched.recording, registry(), name if len(names) > 1 else "")


def _controls(visitor: Viewer) -> None:
    """Draw pause, step, reset and, while it stands, the way to any step that is known."""
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
