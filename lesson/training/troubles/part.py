"""The part Problems of the training page: four troubles, each cause an experiment of one click."""

from collections.abc import Set

import streamlit as st

from lesson.frame.links import complain, mend
from lesson.training.engine.run_names import length_of, names_of
from lesson.training.engine.settings import RunRequest, RunSettings
from lesson.training.live.controls import can_be_set, values_of
from lesson.training.live.session import registry
from lesson.training.live.watch import start, watch
from lesson.training.parameters import CAUSE, CURE, TAB, TROUBLE
from lesson.training.troubles import repetition, speed
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES, Experiment
from lesson.widgets.catalogue import sample_text
from lesson.widgets.questions import ask

_TEMPERATURE, _SPEED = "temperature", "what costs time"  # two that train nothing
# Causes by the words of the address, each with the trouble it makes.
CAUSES = {e.title: e.trouble for e in EXPERIMENTS} | {_TEMPERATURE: TROUBLES[2], _SPEED: TROUBLES[3]}


def show() -> Set[str]:
    """Let the visitor choose a trouble and a cause of it, and show its experiment; return what is covered."""
    registry().warm()
    complain(mend(CAUSE.among(list(CAUSES)), TROUBLE))
    cause = _choose_cause()
    if cause == _TEMPERATURE:
        return repetition.show()
    if cause == _SPEED:
        speed.show()
        return frozenset()
    return _experiment(next(e for e in EXPERIMENTS if e.title == cause))


def _choose_cause() -> str:
    """Draw the troubles and the causes, in one row each; return the cause."""
    linked = st.session_state.get(CAUSE.name) or st.query_params.get(CAUSE.name, "")
    if TROUBLE.name not in st.session_state and linked in CAUSES:
        st.session_state[TROUBLE.name] = CAUSES[linked]
    # Both are in the address: of each trouble the first cause is the default, which an address leaves out.
    trouble = TROUBLE.segmented_control(on_change=_take_first_cause)
    return CAUSE.among(_causes_of(trouble)).pills()


def _causes_of(trouble: str) -> list[str]:
    return [cause for cause, caused in CAUSES.items() if caused == trouble]


def _take_first_cause() -> None:
    st.session_state[CAUSE.name] = _causes_of(st.session_state[TROUBLE.name])[0]


def _experiment(experiment: Experiment) -> Set[str]:
    """Ask, run both with one click, and say what they measured; return what is covered."""
    covered = ask([experiment.question], f"trouble_{experiment.name}")
    about, also = experiment.name, {"experiment": experiment.name}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if experiment.cures:
            complain(mend(CURE))
            cure = CURE.pills(width="content")
            experiment = experiment.with_cure(cure)
            about, also = f"{about} {cure}", also | {CURE.name: cure}
        if st.button(_label(experiment.runs), type="primary", icon=":material/play_arrow:"):
            start(about, [RunRequest(settings, _text(settings)) for settings in experiment.runs])
        if can_be_set(experiment.faulty):
            st.button(
                "Change the faulty run in Live", icon=":material/edit:", type="tertiary", key="to_live",
                on_click=_to_live, args=(experiment.faulty,),
                help="Opens Live with the settings of the faulty run. Change one: does that repair the run?",
            )  # fmt: skip
    watch(about, "troubles/sentences", also, covered)
    return covered


def _label(runs: list[RunSettings]) -> str:
    """Return what stands on the button that starts these runs."""
    if len(runs) == 1:
        return f"Run: {length_of(runs[0])}"
    faulty, cured = names_of(runs)
    return f"Run both: {faulty} and {cured}"


def _text(settings: RunSettings) -> str:
    return "" if settings.recall else sample_text(settings.text)


def _to_live(settings: RunSettings) -> None:
    st.session_state.update(values_of(settings))
    st.session_state[TAB.name] = "Live"
