"""What a run has come to: its losses beside the baselines, what it predicts, and what is to be said."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from lesson.frame.memo import memo
from lesson.frame.query import Query, QueryError
from lesson.series import challenges, sentences
from lesson.series.measures import MEAN, NOISE, baselines, learned_after, own_of, test_steps
from lesson.series.preview import steps_of_picture
from lesson.series.settings import Setting
from lesson.training.engine.recording import Recording, RunHistory
from lesson.training.live.answers import watched_runs
from lesson.training.live.registry import interval
from lesson.training.live.run_progress import progress
from lesson.widgets.inline_html import inline_html
from lstm.series.run import TEST_EVERY
from visualization.drawings.gradient_curves import curve_codes
from visualization.numbers import scientific
from visualization.text import join_words

_CLOSE = 20  # hundredths of a logarithm: names of lines nearer than that would lie on each other
_LOWEST, _HIGHEST = 1e-6, 1e9  # of the axis; what is lower is drawn at its edge, and named
_ENDS = {"spike": (-3, 0), "adding": (-5, -1), "sine": (-2, 0)}  # powers of ten of the axis, at least


def series_news(query: Query) -> dict[str, Any]:
    """Answer what is new of a run of this page; the query is that of `watched_runs`, for one run.

    In the query too: challenge, its name, and challenge_seed, if the visitor tries one.
    """
    (recording,) = watched_runs(query)
    if not recording.settings.series:
        raise QueryError("This run learns no series.")
    state = progress(recording)
    answer: dict[str, Any] = {
        "again": max(0.3, interval()),
        "ended": bool(recording.error) or recording.finished,
        "error": recording.error,
        "begun": recording.begun is not None,
        "step": recording.head,
        "steps": recording.steps or 0,
        "status": " · ".join(part for part in state["status"] if part),
    }
    if recording.begun is None:
        return answer
    moment = recording.id, recording.head, recording.finished
    tried = query.values.get("challenge", ""), query.whole("challenge_seed", 0, 9999, 0)
    return answer | _run_news(moment, recording) | challenges.checked(recording, *tried)


@memo(entries=64)
def _run_news(moment: tuple[str, int, bool], _recording: Recording) -> dict[str, Any]:
    """Return picture and words of a run at a moment; once for all who ask."""
    history, setting = _recording.up_to(moment[1]), Setting.of_run(_recording.settings)
    text = _recording.text if setting.task == "own" else ""
    against = baselines(setting.task, text)
    share = float(history.validation_loss[-1]) / against[MEAN]
    learned = learned_after(setting.task, history)
    words = sentences.verdict(setting, int(history.validation_step[-1]), share, moment[2], learned)
    if moment[2] and _recording.seconds:
        took = f"{_recording.seconds:.1f} s" if _recording.seconds >= 0.1 else "less than 0.1 s"
        words += f" The updates took {took} of processor time."
    is_next = setting.task in ("sine", "own")  # of the others the mean is all, and the verdict's measure
    compared = _comparison(setting.task, float(history.validation_loss[-1]), against) if is_next else ""
    return {
        "losses": losses_picture(setting.task, history, against, _recording.steps or 1),
        "predictions": _predictions(setting.task, history, text),
        "words": "".join(f"<p>{inline_html(line)}</p>" for line in (words, compared) if line),
        # Only LSTMs are in the map, and whether one learns is known at its end, or once it has.
        "cell": {"learned": learned is not None, "bias": str(setting.bias), "length": str(setting.steps)}
        if setting.cell == "LSTM" and (moment[2] or learned is not None)
        else None,
    }


def losses_picture(
    task: str, history: RunHistory, against: Mapping[str, float], steps: int
) -> dict[str, Any]:
    """Return the losses for `assets/curves`: a place for each test, with the mean of the training before."""
    count = len(history.validation_step)
    training = np.array([
        history.loss[k * TEST_EVERY : (k + 1) * TEST_EVERY].mean() for k in range(count - 1)
    ])  # fmt: skip
    test = history.validation_loss
    places = math.ceil(steps / TEST_EVERY) + 1
    everything = np.array([*test, *against.values(), *training])
    powers = np.log10(np.clip(everything[np.isfinite(everything)], _LOWEST, _HIGHEST))
    low = min(_ENDS.get(task, (-2, 0))[0], math.floor(powers.min()))
    high = max(_ENDS.get(task, (-2, 0))[1], math.ceil(powers.max()))
    every = max(1, places // 6)
    return {
        "low": low,
        "high": high,
        "steps": places,
        "title": "updates",
        "ticks": [[k, f"{k * TEST_EVERY:,}"] for k in range(0, places, every)],
        "names": [f"after {k * TEST_EVERY} updates" for k in range(places)],
        "references": _references(against),
        "training": curve_codes(np.clip(training, _LOWEST, _HIGHEST)).logs if len(training) else [],
        "test": curve_codes(np.clip(test, _LOWEST, _HIGHEST)).logs,
        "alt": _alt(history, against),
    }


def _references(against: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the baselines from the top, with their names; of two that are close one line has both names."""
    rows: list[dict[str, Any]] = []
    for name, loss in sorted(against.items(), key=lambda row: -row[1]):
        below = " (below the axis)" if loss < _LOWEST else ""
        text, log = f"{name} {scientific(loss)}{below}", _log(loss)
        if rows and rows[-1]["log"] - log < _CLOSE:
            rows[-1]["name"] += f", {text}"
            text = ""
        rows.append({"name": text, "log": log})
    return rows


def _log(loss: float) -> int:
    return round(100 * math.log10(max(loss, _LOWEST)))


def _alt(history: RunHistory, against: Mapping[str, float]) -> str:
    """Say what the curves show."""
    lines = ", ".join(f"{name} {scientific(loss)}" for name, loss in against.items())
    first, last = history.validation_loss[0], history.validation_loss[-1]
    return (
        f"Mean squared error over updates, on a logarithmic axis. Test loss {scientific(first)} before "
        "training, "
        f"{scientific(last)} after {history.validation_step[-1]} updates. Baselines: {lines}."
    )


def _predictions(task: str, history: RunHistory, text: str) -> list[int | None]:
    """Return what the latest test predicted for the steps that are drawn, in thousandths."""
    if history.sample is None:
        return []
    chunks = own_of(text).test_chunks() if text else test_steps(task)
    start, end = steps_of_picture(task, chunks)
    predictions: list[int | None] = json.loads(history.sample[1])[start:end]
    if task == "own":  # not those of the values that are read before the test
        is_read = np.isnan(chunks[0].targets[start:end, 0])
        return [None if read else value for value, read in zip(predictions, is_read, strict=True)]
    return predictions


def _comparison(task: str, loss: float, against: Mapping[str, float]) -> str:
    """Say which baselines a test loss is below."""
    others = {name: value for name, value in against.items() if name != NOISE}
    beaten = [name for name, value in others.items() if loss < value]
    missed = [name for name, value in others.items() if loss >= value]
    parts = []
    if beaten:
        parts.append(f"below {join_words(beaten)}")
    if missed:
        parts.append(f"not below {join_words(missed)}")
    words = f"The test loss is {scientific(loss)}: {', '.join(parts)}."
    if task == "sine":
        words += f" Nobody can get below the noise, {scientific(against[NOISE])}, but by chance."
    if task == "own":
        words += " Mean and weights are those of the training part."
    return words
