"""All that a room can ask: the questions of the course, for the classroom, which knows no lesson."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from lesson.classroom.question import NUMBER, SWEEP, Answer, Experiment, Question, Scale
from lesson.frame.lessons import LESSONS
from lesson.frame.memo import memo

if TYPE_CHECKING:
    from lesson.course.estimates import Estimate
    from lesson.course.experiments import ExperimentQuestion
    from lesson.course.sweeps import Sweep


@memo()
def catalogue() -> list[Question]:
    """Return every question of the course, with the address of the part that asks it.

    The decks are imported when they are needed: the first page's text comes before anything heavy.
    """
    from lesson.course.variants.table import as_question, variant_of, variants

    again = variant_of()
    return [
        *(replace(each, again=again.get(each.id, "")) for each in [*_choices(), *_numbers()]),
        *(replace(as_question(each), again=each.id) for each in variants()),
        *_sweeps(),
        *_experiments(),
    ]


def _choices() -> list[Question]:
    """Return the questions of the pages' decks."""
    from lesson.course.decks import DECKS, places
    from lesson.course.worksheets.formulas import line_html, plain_letters
    from lesson.pictures import picture_of
    from lesson.widgets.questions import sentence

    def texts(line: str) -> tuple[str, str]:
        marked = line_html(line)
        return plain_letters(marked), marked

    address = {lesson.file: lesson.address for lesson in LESSONS}
    questions = []
    for page, deck in DECKS.items():
        for question in deck():
            file, query = places()[question.id]
            svg, words = picture_of(question.id) or ("", "")
            questions.append(
                Question(
                    question.id,
                    *texts(sentence(question.text)),
                    answers=tuple(
                        Answer(answer.id, *texts(answer.text), line_html(answer.reply))
                        for answer in question.in_random_order()
                    ),
                    right=question.right,
                    reply=line_html(question.right_answer.reply),
                    page=page,
                    link=f"{address[file]}?{urlencode(query)}",
                    covers=question.covers,
                    picture=svg,
                    picture_text=words,
                )
            )
    return questions


def _numbers() -> list[Question]:
    """Return the questions whose answer is a number on a scale, with what the model does."""
    from lesson.course.estimates import estimates
    from lesson.curve_pictures import with_curve

    return [
        with_curve(
            Question(
                **_about(each),
                kind=NUMBER,
                right=each.truth,
                scale=Scale(each.low, each.high, each.logarithmic, each.unit),
                curve=each.curve,
            )
        )
        for each in estimates()
    ]


def _sweeps() -> list[Question]:
    """Return the questions for a setting, with what comes of each."""
    from lesson.course.sweeps import sweeps
    from lesson.curve_pictures import with_surface

    return [
        with_surface(
            Question(
                **_about(each),
                kind=SWEEP,
                right=each.best,
                settings=each.settings,
                surface=each.surface,
            )
        )
        for each in sweeps()
    ]


def _experiments() -> list[Question]:
    """Return the questions that networks answer which a class trains."""
    from lesson.course.experiments import experiment_questions

    return [
        Question(
            **_about(each),
            kind=NUMBER,
            scale=Scale(each.low, each.high, unit=each.unit),
            experiment=Experiment(each.id, each.setups, each.seeds),
        )
        for each in experiment_questions()
    ]


def _about(each: "Estimate | ExperimentQuestion | Sweep") -> dict[str, Any]:
    """Return what is said of a question that is not one of a page's deck, and where its answer is."""
    from lesson.course.decks import all_questions
    from lesson.course.worksheets.formulas import line_html, plain_letters

    page = next(lesson for lesson in LESSONS if lesson.file == each.file)
    marked = line_html(each.text)
    return {
        "id": each.id,
        "text": plain_letters(marked),
        "html": marked,
        "reply": line_html(each.reply),
        "page": page.title,
        "link": f"{page.address}?{urlencode(each.query)}",
        "covers": all_questions()[each.like].covers if each.like else (),
    }
