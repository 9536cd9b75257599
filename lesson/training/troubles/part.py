"""The part Troubles of the training page: the cheat sheet's four, each cause an experiment of one click."""

import streamlit as st

from lesson.frame.links import complain, mend
from lesson.training.engine.run_names import names_of
from lesson.training.engine.settings import RunSettings
from lesson.training.live.controls import can_be_set, values_of
from lesson.training.live.session import registry
from lesson.training.live.watch import start, watch
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES, Experiment
from lesson.training.troubles.repetition import repeats
from lesson.training.troubles.speed import speed
from lesson.widgets.catalogue import sample_text
from lesson.widgets.questions import ask

_TEMPERATURE, _SPEED = "temperature", "what costs time"  # two that train nothing
# Causes by the words of the address, each with the trouble it makes.
CAUSES = {e.title: e.trouble for e in EXPERIMENTS} | {_TEMPERATURE: TROUBLES[2], _SPEED: TROUBLES[3]}


def troubles() -> None:
    """The whole part."""
    registry().warm()
    complain(mend({"cause": list(CAUSES), "trouble": TROUBLES}))
    cause = _choose()
    if cause == _TEMPERATURE:
        repeats()
    elif cause == _SPEED:
        speed()
    else:
        _experiment(next(e for e in EXPERIMENTS if e.title == cause))


def _choose() -> str:
    """The trouble and the cause, in one row each; the cause is what the address keeps."""
    linked = st.session_state.get("cause") or st.query_params.get("cause", "")
    if "trouble" not in st.session_state and linked in CAUSES:
        st.session_state.trouble = CAUSES[linked]
    # Both are in the address: of each trouble the first cause is the default, which an address leaves out.
    trouble = st.segmented_control(
        "Trouble", TROUBLES, default=TROUBLES[0], required=True, key="trouble", bind="query-params",
        on_change=_first_cause,
    )  # fmt: skip
    causes = [cause for cause, belongs in CAUSES.items() if belongs == trouble]
    return st.pills(
        "Cause", causes, default=causes[0], required=True, key="cause", bind="query-params",
        persist_state="session",
    )  # fmt: skip


def _first_cause() -> None:
    trouble = st.session_state.trouble
    st.session_state.cause = next(cause for cause, belongs in CAUSES.items() if belongs == trouble)


def _experiment(experiment: Experiment) -> None:
    ask([experiment.question], f"trouble_{experiment.name}")
    pair = [experiment.ill, experiment.cured]
    names = names_of(pair)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(f"Run both: {names[0]} and {names[1]}", type="primary", icon=":material/play_arrow:"):
            start(experiment.name, [(one, _text(one)) for one in pair])
        if can_be_set(experiment.ill):
            st.button(
                "Take the ill one to Live", icon=":material/edit:", type="tertiary", key="to_live",
                on_click=_to_live, args=(experiment.ill,),
                help="Its settings in your hands: change one, and see whether you find the cure.",
            )  # fmt: skip
    watch(experiment.name, lambda runs: experiment.words(*runs))


def _text(settings: RunSettings) -> str:
    return "" if settings.recall else sample_text(settings.text)


def _to_live(settings: RunSettings) -> None:
    st.session_state.update(values_of(settings))
    st.session_state.tab = "Live"
