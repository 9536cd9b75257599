"""All questions of the course, by page: for the projector, for worksheets and for what a student keeps."""

from collections.abc import Callable, Mapping
from itertools import chain

from lesson.gates import questions as gate_questions
from lesson.gradients import questions as gradient_questions
from lesson.pytorch import questions as pytorch_questions
from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.write.questions import write_questions
from lesson.training.live import questions as live_questions
from lesson.training.replay import questions as replay_questions
from lesson.training.troubles import repetition
from lesson.training.troubles.experiments import EXPERIMENTS
from lesson.widgets.questions import Question


def _all_of(*parts: Callable[[], list[Question]]) -> Callable[[], list[Question]]:
    return lambda: list(chain.from_iterable(part() for part in parts))


# By the title of their page.
DECKS: Mapping[str, Callable[[], list[Question]]] = {
    "Gates": _all_of(gate_questions.one_step, gate_questions.over_time),
    "Gradients": _all_of(
        gradient_questions.about_the_race, gradient_questions.about_the_paths,
        gradient_questions.about_clipping, gradient_questions.about_learning,
    ),
    "Training": _all_of(
        replay_questions.questions, live_questions.questions,
        lambda: [experiment.question for experiment in EXPERIMENTS], lambda: [repetition.question()],
    ),
    "Sampling": _all_of(write_questions, memory_questions, surgery_questions),
    "To PyTorch": pytorch_questions.questions,
}  # fmt: skip


def all_questions() -> dict[str, Question]:
    """Return every question by its id."""
    return {question.id: question for deck in DECKS.values() for question in deck()}
