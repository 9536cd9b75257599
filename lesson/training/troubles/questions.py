"""A prediction for each experiment of `lesson.training.troubles.experiments`, to commit to before it runs.

Their numbers are settings of the runs; what the runs measure is said beside them.
"""

from collections.abc import Callable

from lesson.training.engine.settings import RunSettings
from lesson.training.troubles import loss_questions
from lesson.widgets.questions import Answer, Question

MakeQuestion = Callable[[RunSettings, RunSettings], Question]


def _overtraining(faulty: RunSettings, cured: RunSettings) -> Question:
    right = "The rhymes it has read, to the letter"
    return Question(
        "overtraining",
        f"a GRU reads a small book of rhymes {faulty.amount} times instead of {cured.amount}. What does it "
        "write in the end?",
        (
            Answer(
                "better_rhymes",
                "Better rhymes of its own",
                "Its training loss says so. The validation loss, on rhymes that it "
                "never read, has turned long ago.",
            ),
            Answer(
                "one_line",
                "One line over and over",
                "That is what a low temperature does. What is learned by heart is "
                "long, and stands in the book.",
            ),
            Answer(
                "copies",
                right,
                "Nothing asks it for anything new: whoever knows the book by heart has the lowest "
                "training loss.",
            ),
        ),
        right="copies",
    )


def _too_many_units(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "too_many_units",
        f"{faulty.hidden} units and {cured.hidden} units learn for {faulty.amount} seconds of work each. "
        "Which is further then?",
        (
            Answer(
                "many",
                f"{faulty.hidden}",
                "It would learn more from the same text. But it reads far less of it: "
                f"{faulty.hidden // cured.hidden} times the units are "
                f"{(faulty.hidden // cured.hidden) ** 2} times the recurrent weights.",
            ),
            Answer(
                "few",
                f"{cured.hidden}",
                f"{faulty.hidden // cured.hidden} times the units are "
                f"{(faulty.hidden // cured.hidden) ** 2} times the recurrent weights, and each has "
                "to be multiplied "
                "at every step.",
            ),
            Answer(
                "both",
                "Both alike",
                "They would need the same time for a step. But each weight is multiplied at every "
                f"step, and there are {(faulty.hidden // cured.hidden) ** 2} times as many recurrent ones.",
            ),
        ),
        right="few",
    )


def _batch_of_one(faulty: RunSettings, cured: RunSettings) -> Question:
    right = f"{cured.batch} side by side"
    return Question(
        "batch_of_one",
        f"one sequence at a time, or {cured.batch} side by side, for {faulty.amount} seconds of work each. "
        "Which reads more text?",
        (
            Answer(
                "one",
                "One at a time",
                "Its steps are shorter, but not so much shorter: a step is dozens of calls, and "
                "they cost nearly as much for one sequence as for many.",
            ),
            Answer(
                "many",
                right,
                "A step is dozens of calls, and they cost nearly as much for one sequence as for many. "
                "Watch the losses, though.",
            ),
            Answer(
                "both",
                "Both alike: a character is a character",
                "The arithmetic is the same. The calls around it are "
                f"not: one step makes them once, for 1 sequence or for {cured.batch}.",
            ),
        ),
        right="many",
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
