"""All questions of the course, by page: for the projector, for worksheets and for what a student keeps."""

from collections.abc import Callable, Mapping
from itertools import chain

from lesson import gate_questions, gradient_questions, live_questions, replay_questions, sample_questions
from lesson.questions import Question
from lesson.troubles import EXPERIMENTS


def _of(*parts: Callable[[], list[Question]]) -> Callable[[], list[Question]]:
    return lambda: list(chain.from_iterable(part() for part in parts))


# By the title of their page.
DECKS: Mapping[str, Callable[[], list[Question]]] = {
    "Gates": _of(gate_questions.one_step, gate_questions.over_time),
    "Gradients": _of(
        gradient_questions.about_the_race, gradient_questions.about_the_roads,
        gradient_questions.about_clipping, gradient_questions.about_learning,
    ),
    "Training": _of(
        replay_questions.questions, live_questions.questions,
        lambda: [experiment.question for experiment in EXPERIMENTS],
    ),
    "Sampling": _of(
        sample_questions.write_questions, sample_questions.memory_questions,
        sample_questions.surgery_questions,
    ),
}  # fmt: skip


def all_questions() -> dict[str, Question]:
    """Every question by its name."""
    return {question.name: question for deck in DECKS.values() for question in deck()}
