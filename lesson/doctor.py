"""The doctor and the checklist beside a run: what `lstm.doctor` and `lstm.checklist` say of it."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from lesson.show import side_by_side
from lesson.training.recording import Recording
from lesson.training.settings import SPEED
from lesson.training.viewer import Viewer
from lstm.checklist import Check, checklist
from lstm.doctor import Finding, diagnose, verdict

_MARK = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/pending:]",
}
_GATES = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}


Case = tuple[Recording, int, str]  # a run, how far it was seen, and its name
_OFTEN = 10  # steps: what the doctor says changes slowly, and a class of a hundred asks


def look_after(looked: Viewer, names: Sequence[str]) -> None:
    """The doctor's word on each run that learns a text."""
    cases = _cases(looked, names)
    for place, (recording, cursor, name) in zip(side_by_side(len(cases)), cases, strict=True):
        with place:
            words, healthy = _words(recording, cursor if looked.ended else cursor // _OFTEN * _OFTEN)
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
                    st.markdown(f"**{name}**")
                st.markdown(_listed(checklist(recording.observed(cursor))))
                st.markdown(_gates(recording, cursor))


def _cases(looked: Viewer, names: Sequence[str]) -> list[Case]:
    return [
        (watched.recording, min(watched.cursor, watched.recording.head), name)
        for watched, name in zip(looked.runs, names, strict=True)
        if not watched.recording.settings.recall and watched.recording.settings.text != SPEED
    ]


@lru_cache(maxsize=64)
def _words(recording: Recording, cursor: int) -> tuple[str, bool]:
    """What the doctor says of a run up to a step, and whether it is healthy; once for all who share it."""
    observed = recording.observed(cursor)
    findings = diagnose(observed)
    return (_found(findings), False) if findings else (verdict(observed), True)


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
