"""What is said of runs up to a step: the doctor, the checklist, the gates, the picture in words."""

import math
from collections.abc import Sequence
from typing import Any

from lesson.frame.memo import memo
from lesson.training.engine.recording import Recording
from lesson.training.engine.run_names import names_of
from lesson.training.engine.settings import RECALL, SPEED
from lesson.training.engine.viewer import Watched
from lesson.training.live.run_curves import curve_of, frame_of, point_of
from lesson.widgets.gate_table import gate_table_html
from lesson.widgets.inline_html import inline_html, table_html
from lstm.diagnosis.checklist import Check, checklist
from lstm.diagnosis.doctor import diagnose, verdict
from lstm.diagnosis.observation import Observed
from lstm.diagnosis.signs import Finding
from visualization.drawings.losses import describe_losses, leaves_axis
from visualization.numbers import perplexity
from visualization.symbols import GATES

_MARK = {True: "✓", False: "✗", None: "…"}


def sentences(runs: Sequence[Watched], with_checklist: bool) -> dict[str, Any]:
    """Return what is said of one run or two, as far as their viewer has seen them.

    at: those steps; points: codes of the losses there; alt: the picture in words; says: where curves leave
    it; diagnoses: of each run that learns a text; checklist: "" unless it is asked for.  The last two are
    HTML.
    """
    recordings = [run.recording for run in runs]
    names = names_of([recording.settings for recording in recordings])
    histories = [run.recording.up_to(run.cursor) for run in runs]
    frame = frame_of(recordings)
    answer = {
        "at": [run.cursor for run in runs],
        "points": [point_of(r, h, frame) for r, h in zip(recordings, histories, strict=True)],
        "diagnoses": [diagnosis(run, name if len(runs) > 1 else "") for run, name in _texts(runs, names)],
        "checklist": _checklists(runs, names) if with_checklist else "",
        "alt": "",
        "says": ["" for _ in runs],
    }
    if recordings[0].settings.recall:
        words = (right_words(name, h.right) for name, h in zip(names, histories, strict=True))
        return answer | {"alt": ". ".join(words) + "."}
    curves = [curve_of(r, n, h) for r, n, h in zip(recordings, names, histories, strict=True)]
    size = frame.vocabulary_size
    return answer | {
        "alt": describe_losses(curves, size),
        "says": [leaves_axis(curves, curve, size) for curve in curves],
    }


def right_words(name: str, right: Sequence[tuple[int, float]]) -> str:
    """Say what a network of the recall task has reached."""
    if not right:
        return f"{name} has just begun"
    step, share = right[-1]
    return f"{name}: {share:.0%} right after {step} updates"


def _texts(runs: Sequence[Watched], names: Sequence[str]) -> list[tuple[Watched, str]]:
    """Return the runs that learn a text, and their names."""
    pairs = zip(runs, names, strict=True)
    return [(run, name) for run, name in pairs if run.recording.settings.text not in (RECALL, SPEED)]


def diagnosis(run: Watched, name: str) -> dict[str, Any]:
    """Return what is wrong with a run, or that nothing is; name: where there is another beside it."""
    recording = run.recording
    words, loss, healthy = _diagnosis(recording.id, run.cursor, len(recording.examined), recording)
    if recording.finished and run.cursor >= recording.head and words.startswith("Too early"):
        smaller = "a smaller batch, " if recording.settings.batch > 1 else ""
        words += f" The run has ended: take more epochs, {smaller}or a longer text."
    words = f"{words}\n\n{loss}" if loss else words
    paragraphs = (f"{name}: {words}" if name else words).split("\n\n")
    return {"words": "".join(f"<p>{inline_html(text)}</p>" for text in paragraphs), "healthy": healthy}


@memo(entries=256)
def _diagnosis(id: str, cursor: int, examined: int, _recording: Recording) -> tuple[str, str, bool]:
    """Return the diagnosis of a run up to a step, what its validation loss means, and whether it is healthy.

    Once for all who ask.
    """
    observed = _recording.observed(cursor)
    findings, loss = diagnose(observed), _validation_loss(observed)
    return (_paragraphs(findings), loss, False) if findings else (verdict(observed), loss, True)


def _validation_loss(observed: Observed) -> str:
    """Say the newest validation loss as perplexity, "" if there is none."""
    if not len(observed.validation_loss) or not math.isfinite(observed.validation_loss[-1]):
        return ""
    loss = observed.validation_loss[-1]
    return f"A validation loss of {loss:.2f} is a perplexity of {perplexity(loss)}."


def _paragraphs(findings: Sequence[Finding]) -> str:
    """Return a paragraph for each, the most serious first."""
    return "\n\n".join(f"**{f.title}.** {f.evidence} {f.reason} *Try:* {f.cure}" for f in findings)


def _checklists(runs: Sequence[Watched], names: Sequence[str]) -> str:
    """Return the checklist and the gates of each run that learns a text."""
    parts = []
    for run, name in _texts(runs, names):
        title = f"<h4>{inline_html(name)}</h4>" if len(runs) > 1 else ""
        parts.append(
            f"<div>{title}{_checklist(checklist(run.recording.observed(run.cursor)))}{_gates(run)}</div>"
        )
    return "".join(parts)


def _checklist(checks: Sequence[Check]) -> str:
    rows = [[check.item, _MARK[check.passed], check.evidence] for check in checks]
    return table_html(["question", "", "measured"], rows)


def _gates(run: Watched) -> str:
    """Return the table of the gates as they were measured last, if they were."""
    probes = run.recording.up_to(run.cursor).probes
    if not probes:
        return ""
    last = probes[-1]
    measured = {
        letter: (last[f"{letter}_mean"], last[f"{letter}_open"], last[f"{letter}_closed"])
        for letter in GATES
        if f"{letter}_mean" in last
    }
    return gate_table_html(measured, f"gate at step {last['step']:,.0f}")
