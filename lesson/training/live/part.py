"""The part Live of the training page: settings, a run of one's own, and what is to be seen of it."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.training.engine.settings import digest
from lesson.training.engine.viewer import Viewer
from lesson.training.live.challenges import challenges, verdicts
from lesson.training.live.controls import Asked, choose_runs
from lesson.training.live.own_checkpoint import MODEL_FILE, going_on, show_model, upload
from lesson.training.live.own_text import KEPT as OWN_TEXT
from lesson.training.live.questions import questions
from lesson.training.live.session import registry, viewer
from lesson.training.live.watch import running, start, watch
from lesson.widgets.display import show_source
from lesson.widgets.questions import ask
from lstm import InputError
from lstm.text import split
from lstm.training import Training

_ABOUT = "live"


def warm_up() -> None:
    """What the first visitor would wait for, and a class that comes at once would queue up behind."""
    questions()


def live() -> None:
    """The whole part."""
    registry().warm()
    looked = viewer()
    ask(questions(), "live")
    asked, row = choose_runs()
    if asked:
        with row:
            _start(asked)
        _compare_settings(looked, asked)
    if not watch(_ABOUT, verdicts):
        st.info(
            "Press start and half a minute is enough to see words. Whoever starts with the same settings "
            "shares the run with you; your cursor is your own."
        )
    if asked:
        _split(asked[0][1])
    challenges()
    _checkpoint()
    show_source(Training._update, "One step of training, as the code does it")


def _checkpoint() -> None:
    """A checkpoint made elsewhere: to look at, and to go on with."""
    with st.expander("A checkpoint made elsewhere", icon=":material/upload:"):
        model = upload()
        if model is None:
            return
        show_model(model)
        try:
            settings, text = going_on(model, st.session_state.get(OWN_TEXT))
        except InputError as error:
            note(str(error))
            return
        if st.button("Go on with its training", icon=":material/resume:"):
            data = st.session_state[MODEL_FILE]
            start(_ABOUT, [(settings.but(resumed=digest(data)), text)], data)
            st.rerun()  # the run is shown further up


def _start(asked: list[Asked]) -> None:
    label = "Start" if len(asked) == 1 else "Start both"
    if st.button(label, type="primary", icon=":material/play_arrow:", key="start"):
        start(_ABOUT, asked)


def _compare_settings(looked: Viewer, asked: list[Asked]) -> None:
    """Say so if the run that is shown has other settings than the controls."""
    shown = [watched.recording.settings for watched in looked.runs]
    if running(_ABOUT) and shown != [settings for settings, _ in asked]:
        note("The settings above are not those of the run below; start to use them.")


def _split(text: str) -> None:
    """Where the text is cut into what is learned from and what is not."""
    learned, kept = (len(part) for part in split(range(len(text))))
    with st.expander(
        f"What it learns from: {learned:,} characters; the last {kept:,} only measure it",
        icon=":material/content_cut:",
    ):
        prose(
            "Validation means a text that no weight has ever been adjusted to. It is the end of the text and "
            "not a random choice of lines: neighbours resemble each other, and a test that is mixed with the "
            "lesson looks easier than new text is. Here the text is cut:"
        )
        left, right = st.columns(2)
        left.caption("the end of what it learns from")
        left.code(text[max(0, learned - 200) : learned], language=None, wrap_lines=True)
        right.caption("the beginning of what it is measured on")
        right.code(text[learned : learned + 200], language=None, wrap_lines=True)
