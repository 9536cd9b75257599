"""What the drawing of an experiment's two runs asks: what they measured, as far as its viewer has come."""

from collections.abc import Sequence

from lesson.frame.parameters import Choice
from lesson.frame.query import Query, QueryError
from lesson.training.engine.viewer import Watched
from lesson.training.live.answers import sentences_of
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.source import Answer, Source

_EXPERIMENT = Choice("experiment", options=tuple(experiment.name for experiment in EXPERIMENTS))


def experiment_sentences(query: Query) -> Answer:
    """Answer what is to be said of the two runs; in the query: experiment, and what `sentences_of` reads."""
    name = query.choice(_EXPERIMENT)
    experiment = next(experiment for experiment in EXPERIMENTS if experiment.name == name)

    def words(runs: Sequence[Watched]) -> str:
        if [run.recording.settings for run in runs] != [experiment.faulty, experiment.cured]:
            raise QueryError("These are not the runs of this experiment.")
        return experiment.describe(*runs)

    return sentences_of(query, words)


ANSWERS = {"troubles/sentences": Source(experiment_sentences, in_thread=True, changes=True)}
