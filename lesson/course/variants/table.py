"""All questions with other numbers for everybody, and what the classroom takes of them."""

from urllib.parse import urlencode

from lesson.classroom.question import DEALT, OTHER, RIGHT, Answer, Question
from lesson.course.decks import Place, all_questions, places
from lesson.course.variants import (
    backwards,
    chances,
    clipping,
    counts,
    one_step,
    other_cells,
    over_steps,
    two_sides,
)
from lesson.course.variants.variant import Variant
from lesson.course.worksheets.formulas import line_html, plain_letters
from lesson.frame.lessons import LESSONS
from lesson.frame.memo import memo


@memo()
def variants() -> list[Variant]:
    """Return all of them, in the course's order; their numbers are computed once."""
    return [
        one_step.gate(), one_step.cell_state(), one_step.hidden_state(),
        over_steps.steps_left(), over_steps.steps_to_half(), over_steps.cell_path(),
        other_cells.gru_state(), other_cells.without_forget_gate(),
        backwards.rnn_factors(), backwards.chrono_half_life(),
        clipping.by_norm(), clipping.length_by_value(),
        chances.first_loss(), counts.steps_of_an_epoch(), counts.lstm_parameters(), counts.gru_network(),
        chances.bits(), chances.perplexity(), chances.temperature(), two_sides.two_sides(),
    ]  # fmt: skip


@memo()
def variant_of() -> dict[str, str]:
    """Return by the id of a question of the course the variant to ask after it.

    Of several the one that names it sooner.
    """
    pairs = [(place, id, variant.id) for variant in variants() for place, id in enumerate(variant.of)]
    rows: dict[str, str] = {}
    for _, id, variant_id in sorted(pairs, key=lambda pair: pair[0]):
        rows.setdefault(id, variant_id)
    return rows


def as_question(variant: Variant) -> Question:
    """Return it as the classroom asks it: the outcomes stand in the place of answers, the right one first."""
    lesson = next(lesson for lesson in LESSONS if lesson.file == variant.file)
    text, reply = line_html(variant.text), line_html(variant.reply)
    mistakes = (
        Answer(each.id, plain_letters(name), name, line_html(each.reply))
        for each in variant.mistakes
        for name in [line_html(each.name)]
    )
    return Question(
        variant.id,
        plain_letters(text),
        text,
        kind=DEALT,
        answers=(
            Answer(RIGHT, "Right", "Right", reply),
            *mistakes,
            Answer(OTHER, "Another number", "Another number", reply),
        ),
        right=RIGHT,
        reply=reply,
        scale=variant.scale,
        page=lesson.title,
        link=f"{lesson.address}?{urlencode(variant.query)}",
        covers=_covers(variant),
        deals=variant.deals(),
        errors=variant.errors,
        digits=variant.tolerance.digits,
    )


def _covers(variant: Variant) -> tuple[str, ...]:
    """Return what gives its answer away there: what the course covers for its own questions of that part."""
    own = [all_questions()[id] for id in variant.of if id in places() and _is_in_part(variant, places()[id])]
    return tuple(dict.fromkeys(name for question in own for name in question.covers))


def _is_in_part(variant: Variant, place: Place) -> bool:
    return place.file == variant.file and variant.query.items() <= place.query.items()
