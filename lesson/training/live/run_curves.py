"""What a run has come to, as a drawing in the browser keeps it: its losses, or its right answers."""

import math
from collections.abc import Sequence

import numpy as np

from lesson.frame.memo import memo
from lesson.training.engine.recording import Recording, RunHistory
from lesson.training.engine.settings import SYMBOLS
from visualization.drawings.live_losses import Frame, axes, news, point, share_codes, shares_axes
from visualization.drawings.losses import Curve

_ROUND = 200  # steps by which the axis of a run without a known end grows


def curve_of(recording: Recording, name: str, history: RunHistory) -> Curve:
    """Return the losses of a run up to a step, after those of the checkpoint that it goes on with."""
    before = recording.begun.before if recording.begun else {}
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


def frame_of(recordings: Sequence[Recording]) -> Frame:
    """Return what the curves of these runs share."""
    last = max(r.steps or math.ceil(max(r.head, 50) / _ROUND) * _ROUND for r in recordings)
    clips = {r.settings.clip_at if r.settings.clip == "norm" else None for r in recordings}
    return Frame(last, recordings[0].vocabulary_size, clips.pop() if len(clips) == 1 else None)


def picture_news(recordings: Sequence[Recording], since: Sequence[int], width: int) -> dict:
    """Return the axes, and for each run the points that are new since a step; once for all who ask.

    width: steps over which the means were taken that the browser has; all come again where it is another now.
    """
    moments, frame = tuple((r.id, r.head, r.finished) for r in recordings), frame_of(recordings)
    is_same = width == (1 if recordings[0].settings.recall else frame.width)
    return _picture_news(moments, tuple(since), is_same, frame, recordings)


@memo(entries=256)
def _picture_news(
    moments: tuple[tuple[str, int, bool], ...],
    since: tuple[int, ...],
    is_same: bool,
    frame: Frame,
    _recordings: Sequence[Recording],
) -> dict:
    """Return what is new of runs at a moment; no points of one that has come no further than that."""
    heads = [head for _, head, _ in moments]
    histories = [r.up_to(head) for r, head in zip(_recordings, heads, strict=True)]
    starts = since if is_same else [-1] * len(since)
    if _recordings[0].settings.recall:
        axes_of_runs = shares_axes(frame.last, SYMBOLS)
        points = [_shares(history, start) for history, start in zip(histories, starts, strict=True)]
    else:
        curves = [curve_of(r, "", history) for r, history in zip(_recordings, histories, strict=True)]
        axes_of_runs = axes(curves, frame)
        points = [news(curve, start, frame) for curve, start in zip(curves, starts, strict=True)]
    is_new = [head > start for head, start in zip(heads, since, strict=True)]
    return {
        "axes": axes_of_runs,
        "points": [part if new else None for part, new in zip(points, is_new, strict=True)],
    }


def _shares(history: RunHistory, since: int) -> dict:
    """Return the shares of right answers after a step, in place of losses."""
    rows = [row for row in history.right if row[0] > since]
    shares = share_codes([share for _, share in rows]).tolist()
    return {
        "after": max(0, since), "step": [step for step, _ in rows], "loss": shares, "norm": [],
        "validation": [[], []],
    }  # fmt: skip


def best_mark(recording: Recording, cursor: int) -> list[int] | None:
    """Return the step of the lowest validation loss up to a step, and its code; None if none is measured."""
    history = recording.up_to(cursor)
    if not len(history.validation_loss):
        return None
    best = int(history.validation_loss.argmin())
    code, _ = point(history.validation_loss[best], 1.0, frame_of([recording]))
    return [int(history.validation_step[best]), code]


def point_of(recording: Recording, history: RunHistory, frame: Frame) -> list[int] | None:
    """Return the codes of loss and norm of a history's last step; None without losses."""
    if recording.settings.recall or not len(history.step):
        return None
    return point(history.loss[-1], history.gradient_norm[-1], frame)
