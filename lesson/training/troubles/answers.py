"""What the drawings of troubles ask: what two runs measured, as far as their viewer has come, and speed."""

from collections.abc import Sequence

from lesson.frame.parameters import Choice
from lesson.frame.query import Query, QueryError
from lesson.training.engine.speed_benchmark import CASES
from lesson.training.engine.viewer import Watched
from lesson.training.live.answers import sentences_of, watched_runs
from lesson.training.live.registry import interval, registry
from lesson.training.live.run_curves import best_mark
from lesson.training.parameters import CURE
from lesson.training.troubles import speed
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.source import Answer, Source

_EXPERIMENT = Choice("experiment", options=tuple(experiment.name for experiment in EXPERIMENTS))


def experiment_sentences(query: Query) -> Answer:
    """Answer what is said of the runs; in the query: experiment, cure, and what `sentences_of` reads."""
    name, cure = query.choice(_EXPERIMENT), query.choice(CURE)
    experiment = next(experiment for experiment in EXPERIMENTS if experiment.name == name)
    if experiment.cures:
        experiment = experiment.with_cure(cure)
    marks: list[list[int] | None] = []

    def words(runs: Sequence[Watched]) -> str:
        if [run.recording.settings for run in runs] != experiment.runs:
            raise QueryError("These are not the runs of this experiment.")
        if len(runs) == 1:  # its best epoch is what is kept of it
            marks.extend(best_mark(run.recording, run.cursor) for run in runs)
        return experiment.describe(*runs)

    return {**sentences_of(query, words), "marks": marks}


def speed_news(query: Query) -> Answer:
    """Answer what is measured of speed so far; the query is that of `watched_runs`."""
    recording = watched_runs(query)[0]
    rows, place = recording.speed(), registry().place(recording)
    waiting = f" · place {place} in the queue" if place else ""
    is_full = len(rows) >= len(CASES)
    return {
        "again": max(0.5, interval()),
        "ended": bool(recording.error) or recording.finished,
        "error": recording.error,
        "progress": "" if is_full else f"{len(rows)} of {len(CASES)} settings measured{waiting}",
        "share": len(rows) / len(CASES),
        "tables": speed.tables(rows),
        "words": speed.words(rows),
    }


ANSWERS = {
    "troubles/sentences": Source(experiment_sentences, in_thread=True, changes=True),
    "troubles/speed": Source(speed_news, changes=True),
}
