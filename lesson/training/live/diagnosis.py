"""The doctor and the checklist beside a run: what `lstm.diagnosis` says of it."""

from collections.abc import Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

import streamlit as st

from lesson.frame.glossary import prose
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import SPEED
from lesson.training.engine.viewer import Viewer
from lesson.widgets.display import side_by_side
from lesson.widgets.gate_table import gate_table
from lstm.diagnosis.checklist import Check, checklist
from lstm.diagnosis.doctor import diagnose, verdict
from lstm.diagnosis.signs import Finding
from visualization.symbols import GATES

_MARK = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/pending:]",
}

_EVERY = 10  # steps: the diagnosis changes slowly, and a class of a hundred looks at it
# Diagnoses by run, then by how far it was looked at.
_DIAGNOSES: WeakKeyDictionary[Recording, dict[tuple[int, int], tuple[str, bool]]] = WeakKeyDictionary()
_MOST_DIAGNOSES = 64  # of a run


class Case(NamedTuple):
    """A run that learns a text, the step up to which it is looked at, and its name beside another."""

    recording: Recording
    cursor: int
    name: str


def show_diagnosis(viewer: Viewer, names: Sequence[str]) -> None:
    """Draw what is wrong with each run that learns a text, or that nothing is."""
    cases = _cases(viewer, names)
    for place, (recording, cursor, name) in zip(side_by_side(len(cases)), cases, strict=True):
        with place:
            words, healthy = _diagnosis(recording, cursor if viewer.ended else cursor // _EVERY * _EVERY)
            if recording.finished and cursor == recording.head and words.startswith("Too early"):
                words += " The run has ended: take more epochs, a smaller batch or a longer text."
            words = f"{name}: {words}" if len(cases) > 1 else words
            (st.success if healthy else st.warning)(words, icon=":material/stethoscope:")


def show_checklist(viewer: Viewer, names: Sequence[str]) -> None:
    """Draw the checklist and the gates of each, behind a drawer; worked out while it is open."""
    if not (cases := _cases(viewer, names)):
        return
    with st.expander(
        "Debugging checklist, and the gates",
        icon=":material/checklist:",
        key="run_checklist",
        on_change="rerun",
    ) as drawer:
        if not drawer.open:
            return
        for place, (recording, cursor, name) in zip(side_by_side(len(cases)), cases, strict=True):
            with place:
                if len(cases) > 1:
                    prose(f"**{name}**")
                prose(_checklist_table(checklist(recording.observed(cursor))))
                prose(_gates(recording, cursor))


def _cases(viewer: Viewer, names: Sequence[str]) -> list[Case]:
    return [
        Case(watched.recording, min(watched.cursor, watched.recording.head), name)
        for watched, name in zip(viewer.runs, names, strict=True)
        if not watched.recording.settings.recall and watched.recording.settings.text != SPEED
    ]


def _diagnosis(recording: Recording, cursor: int) -> tuple[str, bool]:
    """Return the diagnosis of a run up to a step, and whether it is healthy; once for all who share it.

    It stays as long as the run does, and no longer: a run carries its text and its checkpoint.
    """
    diagnoses, moment = _DIAGNOSES.setdefault(recording, {}), (cursor, len(recording.examined))
    if moment not in diagnoses:
        observed = recording.observed(cursor)
        findings = diagnose(observed)
        if len(diagnoses) >= _MOST_DIAGNOSES:
            diagnoses.clear()
        diagnoses[moment] = (_paragraphs(findings), False) if findings else (verdict(observed), True)
    return diagnoses[moment]


def _paragraphs(findings: Sequence[Finding]) -> str:
    """Return a paragraph for each, the most serious first."""
    return "\n\n".join(f"**{f.title}.** {f.evidence} {f.reason} *Try:* {f.cure}" for f in findings)


def _checklist_table(checks: Sequence[Check]) -> str:
    rows = [f"| {_MARK[check.passed]} | {check.item} | {check.evidence} |" for check in checks]
    return "\n".join(["| | asked | found |", "|---|---|---|", *rows])


def _gates(recording: Recording, cursor: int) -> str:
    """Return the table of the gates as they were measured last, if they were."""
    probes = recording.up_to(cursor).probes
    if not probes:
        return ""
    last = probes[-1]
    measured = {
        letter: (last[f"{letter}_mean"], last[f"{letter}_open"], last[f"{letter}_closed"])
        for letter in GATES
        if f"{letter}_mean" in last
    }
    return gate_table(measured, f"gate at step {last['step']:,.0f}")
