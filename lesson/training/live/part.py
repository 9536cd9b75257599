"""The part Live of the training page: a run with settings of one's own, and what is to be seen of it."""

from collections.abc import Sequence, Set
from inspect import getsource

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.training.engine.settings import RunRequest, digest
from lesson.training.live.challenges import challenge_tried, show_challenges
from lesson.training.live.controls import choose_runs
from lesson.training.live.going_on import run_that_resumes, what_ends
from lesson.training.live.own_checkpoint import (
    MODEL_FILE,
    choose_own_checkpoint,
    show_model,
)
from lesson.training.live.own_text import OWN_TEXT
from lesson.training.live.questions import questions
from lesson.training.live.session import registry
from lesson.training.live.watch import runs_of, start, watch
from lesson.widgets.questions import ask
from lstm import InputError
from lstm.text import split
from lstm.training import Training

_ABOUT = "live"
_AT_THE_CUT = 200  # characters that are shown on either side


def warm_up() -> None:
    """Compute what the first visitor would wait for, and a class that comes at once would queue up behind."""
    questions()


def show() -> Set[str]:
    """Ask, let the visitor choose and start runs, show them; return what stays covered."""
    registry().warm()
    covered = ask(questions(), "live")
    requests, row = choose_runs()
    if requests:
        with row:
            _start_button(requests)
        _compare_settings(requests)
    if not watch(_ABOUT, "runs/live", {"tried": challenge_tried()}, covered):
        st.info(
            "Press *Start*. With the settings that stand here at first, the network writes words after half "
            "a minute. Visitors with the same settings see the same run, and each can move back and forth "
            "in it without disturbing others. For a better text, press *Set the good starting point*, which "
            "sets what the cheat sheet recommends, and then *Start*. That run takes some minutes."
        )
    show_challenges()
    with st.expander("More: the cut of the text, a checkpoint of your own, the code", icon=":material/more:"):
        cut, checkpoint, code = st.tabs(["Where the text is cut", "A checkpoint made elsewhere", "The code"])
        with cut:
            if requests:
                _show_split(requests[0].text)
        with checkpoint:
            _own_checkpoint(covered)
        with code:
            note("One step of training:")
            st.code(getsource(Training._update), language="python")
    return covered


def _own_checkpoint(covered: Set[str]) -> None:
    """Draw the field for a checkpoint made elsewhere: to look at, and to go on with."""
    is_covered = "checkpoint" in covered
    model = choose_own_checkpoint(is_covered)
    if model is None:
        return
    if not is_covered:
        show_model(model)
    try:
        settings, text = run_that_resumes(model, st.session_state.get(OWN_TEXT))
    except InputError as error:
        note(str(error))
        return
    if words := what_ends(model):
        note(words)
    if st.button("Go on with its training", icon=":material/resume:"):
        data = st.session_state[MODEL_FILE]
        start(_ABOUT, [RunRequest(settings.but(resumed=digest(data)), text)], data)
        st.rerun()  # the run is shown further up


def _start_button(requests: Sequence[RunRequest]) -> None:
    label = "Start" if len(requests) == 1 else "Start both"
    if st.button(label, type="primary", icon=":material/play_arrow:", key="start"):
        start(_ABOUT, requests)


def _compare_settings(requests: Sequence[RunRequest]) -> None:
    """Say so if the run that is shown has other settings than the controls."""
    runs = runs_of(_ABOUT)
    if runs and [run.settings for run in runs] != [request.settings for request in requests]:
        note("The settings above are not those of the run below. Press *Start* to use them.")


def _show_split(text: str) -> None:
    """Draw where the text is cut into what is learned from and what is not."""
    cut, validation = (len(part) for part in split(range(len(text))))
    prose(
        f"The network learns from {cut:,} characters. The last {validation:,} are for validation: no weight "
        "is ever adjusted to them. They are the end of the text, not lines chosen at random. "
        "Neighbouring lines are alike, so lines chosen at random would be easier to predict than really new "
        "text."
    )
    left, right = st.columns(2)
    left.caption("The end of the training text")
    left.code(text[max(0, cut - _AT_THE_CUT) : cut], language=None, wrap_lines=True)
    right.caption("The beginning of the validation text")
    right.code(text[cut : cut + _AT_THE_CUT], language=None, wrap_lines=True)
