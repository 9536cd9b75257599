"""A prediction for each experiment of `lesson.training.troubles.experiments`, to commit to before it runs.

Their numbers are settings of the runs; what the runs measure is said beside them.
"""

from collections.abc import Callable

from lesson.training.engine.settings import RunSettings
from lesson.training.troubles import loss_questions
from lesson.training.troubles.loss_questions import COVERS, vocabulary_size
from lesson.widgets.question import Answer, Question

MakeQuestion = Callable[[RunSettings, RunSettings], Question]
SPEED_COVERS = (*COVERS, "progress")


def _overtraining(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "share_copied",
        f"a GRU reads a small book of rhymes {faulty.amount} times instead of {cured.amount}. How many of "
        "the 20-grams (pieces of 20 characters) that it writes in the end are copied from the book?",
        (
            Answer(
                "hardly_any",
                "Fewer than 2 in 100",
                f"That is so after {cured.amount} epochs, and in rhymes that the network never read. After "
                f"{faulty.amount} epochs it has memorised a part of the book.",
            ),
            Answer(
                "many",
                "From 10 to 60 in 100",
                "The training loss is lowest for a network that has memorised its text. The optimiser "
                "lowers the training loss, whatever happens to new text. Run both: how many they are in your "
                "run stands below the curves.",
            ),
            Answer(
                "all",
                "More than 90 in 100",
                f"At temperature {faulty.temperature:g} it sometimes draws another character than the book "
                "has, and goes on from there.",
            ),
        ),
        right="many",
        covers=COVERS,
    )


def _too_many_units(faulty: RunSettings, cured: RunSettings) -> Question:
    size = vocabulary_size(faulty)
    larger, smaller = (run.network(size).weights.flat.size for run in (faulty, cured))
    times = larger / smaller
    counts = f"{larger:,} parameters are {times:.0f} times as many as {smaller:,}."
    return Question(
        "time_for_a_character",
        f"an LSTM with {faulty.hidden} units has {times:.0f} times as many parameters as one with "
        f"{cured.hidden}. How many times as long does it take for a character?",
        (
            Answer(
                "same",
                "About as long",
                "That would be so if only the calls of functions took time. But every weight is used at "
                "every step. "
                f"{counts}",
            ),
            Answer(
                "less",
                f"Longer, but less than {times:.0f} times",
                f"Every weight is used at every step. {counts} But with few units much of the time goes "
                "into calling the functions that do the arithmetic, and this time does not grow.",
            ),
            Answer(
                "more",
                f"At least {times:.0f} times as long",
                f"That would be so if only the arithmetic took time. {counts} With few units much of the "
                "time goes into calling functions, and this time does not grow.",
            ),
        ),
        right="less",
        covers=SPEED_COVERS,
    )


def _batch_of_one(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "batch_speed",
        f"a network that reads {cured.batch} sequences side by side reads more characters a second than with "
        "one sequence. How many times as many?",
        (
            Answer(
                "hardly",
                "Hardly more: it is the same arithmetic for each character",
                "The arithmetic is the same, but a step calls dozens of functions. A call costs nearly as "
                "much for one sequence as for many.",
            ),
            Answer(
                "several",
                f"Several times, but fewer than {cured.batch}",
                "A step calls dozens of functions, and a call costs nearly as much for one sequence as for "
                "many. The arithmetic itself grows with the batch. Watch the losses as well: with a batch of "
                "one there are more updates.",
            ),
            Answer(
                "as_many",
                f"{cured.batch} times as many",
                "That would be so if only the calls of functions took time. But the arithmetic grows with "
                "the batch.",
            ),
        ),
        right="several",
        covers=SPEED_COVERS,
    )


QUESTIONS: dict[str, MakeQuestion] = {
    "rate_too_high": loss_questions.rate_too_high,
    "no_clipping": loss_questions.no_clipping,
    "clipped_by_value": loss_questions.clipped_by_value,
    "nan": loss_questions.nan,
    "rate_too_low": loss_questions.rate_too_low,
    "too_few_units": loss_questions.too_few_units,
    "forget_bias": loss_questions.forget_bias,
    "overtraining": _overtraining,
    "too_many_units": _too_many_units,
    "batch_of_one": _batch_of_one,
}
