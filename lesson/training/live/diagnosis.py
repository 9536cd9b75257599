"""The doctor and the checklist beside a run: what `lstm.diagnosis` says of it."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import streamlit as st

from lesson.frame.glossary import prose
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import SPEED
from lesson.training.engine.viewer import Viewer
from lesson.widgets.display import side_by_side
from lesson.widgets.gate_table import gate_table
from lstm.diagnosis.checklist import Check, checklist
from lstm.diagnosis.doctor import Finding, diagnose, verdict
from visualization.symbols import GATES

_MARK = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/pending:]",
}

Case = tuple[Recording, int, str]  # a run, how far it was seen, and its name
_OFTEN = 10  # steps: what the doctor says changes slowly, and a class of a hundred asks
_SAID: WeakKeyDictionary[Recording, dict[object, tuple[str, bool]]] = WeakKeyDictionary()
_MOST = 64  # of a run


def look_after(looked: Viewer, names: Sequence[str]) -> None:
    """The doctor's word on each run that learns a text."""
    cases = _cases(looked, names)
    for place, (recording, cursor, name) in zip(side_by_side(len(cases)), cases, strict=True):
        with place:
            words, healthy = _words(recording, cursor if looked.ended else cursor // _OFTEN * _OFTEN)
            if recording.finished and cursor == recording.head and words.startswith("Too early"):
                words += " The run has ended: take more epochs, a smaller batch or a longer text."
            words = f"{name}: {words}" if len(cases) > 1 else words
            (st.success if healthy else st.warning)(words, icon=":material/stethoscope:")


def examined(looked: Viewer, names: Sequence[str]) -> None:
    """The checklist and the gates of each, behind a drawer; worked out while it is open."""
    if not (cases := _cases(looked, names)):
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
                prose(_listed(checklist(recording.observed(cursor))))
                prose(_gates(recording, cursor))


def _cases(looked: Viewer, names: Sequence[str]) -> list[Case]:
    return [
        (watched.recording, min(watched.cursor, watched.recording.head), name)
        for watched, name in zip(looked.runs, names, strict=True)
        if not watched.recording.settings.recall and watched.recording.settings.text != SPEED
    ]


def _words(recording: Recording, cursor: int) -> tuple[str, bool]:
    """What the doctor says of a run up to a step, and whether it is healthy; once for all who share it.

    It is kept as long as the run is, and not longer: a run carries its text and its checkpoint.
    """
    said, case = _SAID.setdefault(recording, {}), (cursor, len(recording.examined))
    if case not in said:
        observed = recording.observed(cursor)
        findings = diagnose(observed)
        if len(said) >= _MOST:
            said.clear()
        said[case] = (_found(findings), False) if findings else (verdict(observed), True)
    return said[case]


def _found(findings: Sequence[Finding]) -> str:
    """A paragraph each, the gravest first."""
    return "\n\n".join(f"**{f.title}.** {f.seen} {f.reason} *Try:* {f.cure}" for f in findings)


def _listed(checks: Sequence[Check]) -> str:
    rows = [f"| {_MARK[check.passed]} | {check.item} | {check.found} |" for check in checks]
    return "\n".join(["| | asked | found |", "|---|---|---|", *rows])


def _gates(recording: Recording, cursor: int) -> str:
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
