"""The page *Series*: a network that reads numbers, and what it can learn from far back."""

from typing import Any

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.frame.query import Query, QueryError
from lesson.frame.style import theme
from lesson.series import challenges
from lesson.series.own_series import OWN_NUMBERS, choose_own_series, text_of
from lesson.series.parameters import LENGTH, OWN, SERIES_BIAS, SERIES_CELL, SERIES_SEED, SERIES_TASK
from lesson.series.preview import picture
from lesson.series.questions import questions
from lesson.series.reading import show_reading
from lesson.series.sentences import SEQUENCES, WHAT
from lesson.series.settings import NAMES, Setting
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import RunRequest, digest
from lesson.training.live.session import registry, viewer
from lesson.training.live.watch import come_back, runs_of, start
from lesson.widgets.drawing import sent_value
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.series.own import OwnSeries
from visualization.drawings.gradient_curves import MANTISSAS
from visualization.palette import GREY, RUNS, colour

_ABOUT, _KEY = "series", challenges.PANEL
_PANEL = Panel("series", "series/setting", asset("curves/curves.css"))
_CONTROLS = (
    Control(SERIES_BIAS, along=True),
    Control(LENGTH, along=True, as_slider=True),
    Control(SERIES_CELL),
    Control(SERIES_SEED, as_field=True, more=True),
)


def show() -> None:
    """Ask, let the visitor choose a task and settings, train, and show what was measured."""
    registry().warm()
    prose(SEQUENCES)
    covered = ask(questions(), "series")
    complain(mend(SERIES_TASK))
    title = SERIES_TASK.segmented_control(label_visibility="collapsed")
    own = choose_own_series() if title == OWN else None
    if own or title != OWN:
        prose(WHAT[NAMES[title]])
    _PANEL.show(
        _KEY, _CONTROLS, page="series", fixed={SERIES_TASK.name: title}, look=_look(NAMES[title], own),
        covered=covered, more_label="Seed",
        on_start_change=lambda: _start(title),
        on_back_change=lambda: come_back(_ABOUT, sent_value(_KEY, "back")),
        on_solved_change=lambda: challenges.note_solved(_series_run()),
    )  # fmt: skip
    challenges.show_challenges()
    show_reading(covered)


def _look(task: str, own: OwnSeries | None) -> dict[str, Any]:
    """Return what the drawing needs beside the answers: colours, the run, the visitor's own series."""
    tone = theme()
    training, test = RUNS[0][tone]
    return {
        "tones": {
            "series": GREY[tone], "cut": GREY[tone], "mark": colour("i", tone),
            "prediction": RUNS[1][tone][0], "kept": colour("f", tone), "training": training, "test": test,
        },
        "mantissas": MANTISSAS,
        "picture": picture("own", own) if own else None,
        "run": _run(task, own),
        "watcher": viewer().name,
        "bias": SERIES_BIAS.name,
    }  # fmt: skip


def _run(task: str, own: OwnSeries | None) -> dict[str, Any] | None:
    """Return the run that the visitor looks at, if it is of this task, and of this series of their own."""
    run = _series_run()
    if run is None or run.settings.series != task:
        return None
    if own and run.settings.digest != digest(text_of(own)):
        return None
    setting = Setting.of_run(run.settings)
    set_to = {LENGTH: str(setting.length), SERIES_CELL: setting.cell, SERIES_SEED: str(setting.seed)}
    if setting.gate:
        set_to[SERIES_BIAS] = str(setting.bias)
    return {
        "id": run.id, "visit": viewer().visit, "watcher": viewer().name,
        "name": inline_html(name_of(setting)), "also": challenges.challenge_tried(),
        "setting": {parameter.name: value for parameter, value in set_to.items()},
    }  # fmt: skip


def _series_run() -> Recording | None:
    """Return the run that the visitor looks at; their browser may have named one that reads a text."""
    return next((run for run in runs_of(_ABOUT) if run.settings.series), None)


def name_of(setting: Setting) -> str:
    """Return a run's settings in a few words."""
    bias = f", {setting.gate} = {setting.bias}" if setting.gate else ""
    return f"{setting.cell}{bias}, sequences of {setting.steps} steps, seed {setting.seed}"


def _start(title: str) -> None:
    """Start a run with what the drawing says is set."""
    sent = sent_value(_KEY, "start")
    if not isinstance(sent, dict):
        return
    values = {str(name): str(value) for name, value in sent.items()} | {SERIES_TASK.name: title}
    own: OwnSeries | None = st.session_state.get(OWN_NUMBERS) if title == OWN else None
    if title == OWN and own is None:
        return
    try:
        setting = Setting.of_query(Query(values))
    except QueryError:
        return  # no page of this version sends it
    text = text_of(own) if own else ""
    start(_ABOUT, [RunRequest(setting.run(text), text)])
