"""The doctor and the checklist beside a run: what `lstm.doctor` and `lstm.checklist` say of it."""

from collections.abc import Sequence

import streamlit as st
from lstm.checklist import Check, checklist
from lstm.doctor import Finding, diagnose, verdict

from lesson.training.recording import Recording
from lesson.training.settings import SPEED
from lesson.training.viewer import Viewer

_MARK = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/pending:]",
}
_GATES = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}


Case = tuple[Recording, int, str]  # a run, how far it was seen, and its name


def look_after(looked: Viewer, names: Sequence[str]) -> None:
    """The doctor's word on each run that learns a text."""
    if not (cases := _cases(looked, names)):
        return
    for column, (recording, cursor, name) in zip(st.columns(len(cases)), cases, strict=True):
        with column:
            _doctor(recording, cursor, f"{name}: " if len(cases) > 1 else "")


def examined(looked: Viewer, names: Sequence[str]) -> None:
    """The checklist and the gates of each, behind a drawer."""
    if not (cases := _cases(looked, names)):
        return
    with st.expander("Debugging checklist, and the gates", icon=":material/checklist:"):
        for column, (recording, cursor, name) in zip(st.columns(len(cases)), cases, strict=True):
            with column:
                if len(cases) > 1:
                    st.markdown(f"**{name}**")
                st.markdown(_listed(checklist(recording.observed(cursor))))
                st.markdown(_gates(recording, cursor))


def _cases(looked: Viewer, names: Sequence[str]) -> list[Case]:
    return [
        (watched.recording, min(watched.cursor, watched.recording.head), name)
        for watched, name in zip(looked.runs, names, strict=True)
        if not watched.recording.settings.recall and watched.recording.settings.text != SPEED
    ]


def _doctor(recording: Recording, cursor: int, name: str) -> None:
    observed = recording.observed(cursor)
    findings = diagnose(observed)
    if not findings:
        st.success(f"{name}{verdict(observed)}", icon=":material/stethoscope:")
    else:
        st.warning(f"{name}{_found(findings)}", icon=":material/stethoscope:")


def _found(findings: Sequence[Finding]) -> str:
    """The gravest in full, the others in a line each."""
    return "\n\n".join(f"**{f.title}.** {f.seen} {f.reason} *Try:* {f.cure}" for f in findings)


def _listed(checks: Sequence[Check]) -> str:
    rows = [f"| {_MARK[check.passed]} | {check.item} | {check.found} |" for check in checks]
    return "\n".join(["| | asked | found |", "|---|---|---|", *rows])


def _gates(recording: Recording, cursor: int) -> str:
    probes = recording.up_to(cursor).probes
    if not probes:
        return ""
    last = probes[-1]
    rows = [
        f"| **{letter}** {meaning} | {last[f'{letter}_mean']:.2f} | {last[f'{letter}_open']:.0%} | "
        f"{last[f'{letter}_closed']:.0%} |"
        for letter, meaning in _GATES.items()
        if f"{letter}_mean" in last
    ]
    if not rows:
        return "A plain RNN has no gates."
    head = [
        f"| gate at step {last['step']:,.0f} | mean | open, above 0.9 | closed, below 0.1 |",
        "|---|--:|--:|--:|",
    ]
    return "\n".join([*head, *rows])
