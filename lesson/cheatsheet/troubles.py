"""The sheet's troubles: each cause with its experiment, what the two runs differ in and what they share."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.training.engine.run_names import names_of
from lesson.training.engine.settings import RunSettings
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES, Experiment
from lesson.training.troubles.part import CAUSES

# Where a cause is often named for a trouble that its own runs do not show: what they show instead.
FINDINGS = {
    "too_few_units": "In our run the loss does fall, but it stops at a high value.",
    "forget_bias": "1 is a usual bias. With it, a network that sees only sequences of 50 steps does not "
    "learn to keep a symbol.",
    "overtraining": "In our run the text does not repeat itself: it copies its training text.",
}


def show() -> None:
    """Show each trouble with its causes."""
    st.subheader("Problems, their causes and how to fix them")
    note(
        "Each link opens two runs, a faulty one and a fixed one. They differ only in the settings that "
        "stand after “Faulty run” and “Fixed run”."
    )
    by_title = {experiment.title: experiment for experiment in EXPERIMENTS}
    for trouble in TROUBLES:
        with st.container(border=True):
            prose(f"**{trouble}**")
            for cause in (cause for cause, belongs in CAUSES.items() if belongs == trouble):
                address = {"tab": "Problems", "cause": cause}
                page_link("4_training.py", f"{cause[0].upper()}{cause[1:]}", address)
                if experiment := by_title.get(cause):
                    note(in_words(experiment))


def in_words(experiment: Experiment) -> str:
    """Say what the two runs of an experiment differ in, what else is set in both, and what they show."""
    faulty, fixed = names_of([experiment.faulty, experiment.cured])
    shared = what_is_shared(experiment)
    words = f"Faulty run: {faulty}. Fixed run: {fixed}.{f' Both runs: {shared}.' if shared else ''}"
    return f"{words} {FINDINGS[experiment.name]}" if experiment.name in FINDINGS else words


def what_is_shared(experiment: Experiment) -> str:
    """Name what both runs have set otherwise than a run has it at first, but for how long they train."""
    first, fixed = RunSettings(), experiment.cured
    elsewhere = {"amount", "budget", *experiment.faulty.differs(fixed)}
    if "clip" in elsewhere:  # a threshold belongs to its way of clipping
        elsewhere.add("clip_at")
    shared = fixed.but(**{name: getattr(first, name) for name in elsewhere})
    return names_of([first, shared])[1] if first.differs(shared) else ""
