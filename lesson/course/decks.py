"""All questions of the course and where each is asked: for the projector, worksheets, plans and rooms."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from lesson.frame.memo import memo
from lesson.frame.parameters import ASK
from lesson.gates import parameters as gates
from lesson.gates import questions as gate_questions
from lesson.gates.cell_variants import questions as variant_questions
from lesson.gates.gru import questions as gru_questions
from lesson.gradients import parameters as gradients
from lesson.gradients import questions as gradient_questions
from lesson.gradients.explosion import questions as explosion_questions
from lesson.gradients.first_weights import questions as start_questions
from lesson.gradients.product import questions as product_questions
from lesson.pytorch import questions as pytorch_questions
from lesson.sampling import parameters as sampling
from lesson.sampling.gaps import questions as gap_questions
from lesson.sampling.memory.questions import memory_questions
from lesson.sampling.own_mistakes import questions as mistake_questions
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.two_layers import questions as layer_questions
from lesson.sampling.write.questions import write_questions
from lesson.series import questions as series_questions
from lesson.training import parameters as training
from lesson.training.live import questions as live_questions
from lesson.training.replay import questions as replay_questions
from lesson.training.troubles import repetition
from lesson.training.troubles.experiments import EXPERIMENTS, Experiment
from lesson.training.truncation import questions as truncation_questions
from lesson.widgets.question import Question


class Place(NamedTuple):
    """Where a question is asked: a file in pages/ and what its address says."""

    file: str
    query: Mapping[str, str]


class Part(NamedTuple):
    """Questions of one part of a page, made when they are needed."""

    place: Place
    make: Callable[[], list[Question]]


_RACE, _PRODUCT, _PATHS, _EXPLOSION, _RECALL, _START, _ = gradients.VIEW.options
_GATES, _GRADIENTS, _TRAINING, _SAMPLING = "2_gates.py", "3_gradients.py", "4_training.py", "5_sampling.py"


def _gates(part: str, make: Callable[[], list[Question]]) -> Part:
    return Part(Place(_GATES, {gates.PART.name: part}), make)


def _gradients(view: str, make: Callable[[], list[Question]], **query: str) -> Part:
    return Part(Place(_GRADIENTS, {gradients.VIEW.name: view, **query}), make)


def _training(make: Callable[[], list[Question]], **query: str) -> Part:
    return Part(Place(_TRAINING, query), make)


def _trouble(experiment: Experiment) -> Part:
    query = {training.TAB.name: "Problems", training.CAUSE.name: experiment.title}
    return Part(Place(_TRAINING, query), lambda: [experiment.question])


def _sampling(task: str, make: Callable[[], list[Question]]) -> Part:
    return Part(Place(_SAMPLING, {sampling.TASK.name: task}), make)


# By the title of their page.
PARTS: Mapping[str, tuple[Part, ...]] = {
    "Gates": (
        _gates("One step", gate_questions.one_step),
        _gates("Over time", gate_questions.over_time),
        _gates("GRU", gru_questions.questions),
        _gates("Variants", variant_questions.questions),
    ),
    "Gradients": (
        _gradients(_RACE, gradient_questions.about_the_race),
        _gradients(_PRODUCT, product_questions.questions),
        _gradients(_PATHS, gradient_questions.about_the_paths),
        _gradients(_EXPLOSION, gradient_questions.about_clipping),
        _gradients(_EXPLOSION, explosion_questions.about_lstms, **{gradients.EXPLODES.name: "LSTM"}),
        _gradients(_RECALL, gradient_questions.about_learning),
        _gradients(_START, start_questions.questions),
    ),
    "Training": (
        _training(replay_questions.questions, tab="Replay"),
        _training(live_questions.questions, tab="Live"),
        *(_trouble(experiment) for experiment in EXPERIMENTS),
        _training(lambda: [repetition.question()], tab="Problems", cause="temperature"),
        _training(truncation_questions.questions, tab="Truncation"),
    ),
    "Sampling": (
        _sampling(sampling.WRITE, write_questions),
        _sampling(sampling.MEMORY, memory_questions),
        _sampling(sampling.SURGERY, surgery_questions),
        _sampling(sampling.OWN_MISTAKES, mistake_questions.questions),
        _sampling(sampling.TWO_LAYERS, layer_questions.questions),
        _sampling(sampling.GAPS, gap_questions.questions),
    ),
    "Series": (Part(Place("6_series.py", {}), series_questions.questions),),
    "To PyTorch": (Part(Place("9_pytorch.py", {}), pytorch_questions.questions),),
}


def _deck(parts: tuple[Part, ...]) -> Callable[[], list[Question]]:
    return lambda: list(chain.from_iterable(part.make() for part in parts))


DECKS: Mapping[str, Callable[[], list[Question]]] = {page: _deck(parts) for page, parts in PARTS.items()}


@memo()
def all_questions() -> dict[str, Question]:
    """Return every question by its id; computed once."""
    return {question.id: question for deck in DECKS.values() for question in deck()}


@memo()
def places() -> dict[str, Place]:
    """Return where each question is asked, by its id: the link opens its part and begins with it; once."""
    parts = chain.from_iterable(PARTS.values())
    return {
        question.id: Place(place.file, {**place.query, ASK.name: question.id})
        for place, make in parts
        for question in make()
    }
