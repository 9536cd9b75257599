"""What a run has come to, drawn: its losses, its right answers in the recall task, what it writes."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from lesson.frame.glossary import note
from lesson.training.engine.recording import RunHistory
from lesson.training.engine.viewer import Viewer, Watched
from lesson.widgets.display import draw_prepared, side_by_side, theme
from lesson.widgets.loss_curves import draw_losses
from visualization.charts.recall import recall_pair_spec
from visualization.drawings.losses import Curve

_TALL = 190  # pixels, of a sample


def draw_curves(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    """Draw the losses of the runs in one chart."""
    curves = [
        _curve(watched, name, history)
        for watched, name, history in zip(visitor.runs, names, histories, strict=True)
    ]
    recordings = [watched.recording for watched in visitor.runs]
    last = max(r.steps or math.ceil(max(r.head, 50) / 200) * 200 for r in recordings)
    clips = {r.settings.clip_at if r.settings.clip == "norm" else None for r in recordings}
    size = recordings[0].vocabulary_size
    clip = clips.pop() if len(clips) == 1 else None
    draw_losses(curves, size, last, key="run_losses", clip=clip)


def draw_right_answers(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    """Draw the share of right answers in the recall task, which says more than its loss."""
    rows = [(name, *row) for name, history in zip(names, histories, strict=True) for row in history.right]
    last = max(watched.recording.begun.steps or watched.recording.head for watched in visitor.runs)
    words = (
        ". ".join(right_words(name, history.right) for name, history in zip(names, histories, strict=True))
        + "."
    )
    frame = pd.DataFrame(rows, columns=["run", "step", "accuracy"])
    draw_prepared(recall_pair_spec(tuple(names), last, theme()), frame, words, key="run_right")


def right_words(name: str, right: Sequence[tuple[int, float]]) -> str:
    """Say what a network of the recall task has reached."""
    if not right:
        return f"{name} has just begun"
    step, share = right[-1]
    return f"{name}: {share:.0%} right after {step} updates"


def _curve(watched: Watched, name: str, history: RunHistory) -> Curve:
    before = watched.recording.begun.before
    if not before:
        return Curve(
            name, history.step, history.loss, history.validation_step, history.validation_loss,
            history.gradient_norm,
        )  # fmt: skip
    columns = {key: np.array(column, float) for key, column in before.items()}
    measured = ~np.isnan(columns["validation_loss"])
    return Curve(
        name,
        np.concatenate([columns["step"], history.step]),
        np.concatenate([columns["loss"], history.loss]),
        np.concatenate([columns["step"][measured], history.validation_step]),
        np.concatenate([columns["validation_loss"][measured], history.validation_loss]),
        np.concatenate([columns["gradient_norm"], history.gradient_norm]),
    )


def draw_samples(visitor: Viewer, names: Sequence[str], histories: Sequence[RunHistory]) -> None:
    """Draw what each of them wrote at the last moment that was looked at."""
    places = side_by_side(len(names))
    for column, watched, name, history in zip(places, visitor.runs, names, histories, strict=True):
        if history.sample is None:
            continue
        step, text = history.sample
        with column:
            which = f"{name}, step {step:,}" if len(names) > 1 else f"Step {step:,}"
            note(f"{which}: what it writes at temperature {watched.recording.settings.temperature:g}")
            st.code(text, language=None, wrap_lines=True, height=_TALL)
