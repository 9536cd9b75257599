"""Guesses about a memory that is read; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.sources import source
from lesson.sampling.write.writing import read, values
from lesson.widgets.questions import Answer, Question


@memo()
def memory_questions() -> list[Question]:
    """What gates do."""
    return [_open_gates()]


def _open_gates() -> Question:
    chosen = source("fables")
    f = values(chosen, read(chosen, chosen.held_out[:500]))["f"]
    is_open, closed = float((f > 0.9).mean()), float((f < 0.1).mean())
    found = (
        f"Over 500 characters that it did not learn from, f of the fables is above 0.9 in {is_open:.0%} of "
        f"all cases, and below 0.1 in {closed:.0%}; its mean is {f.mean():.2f}. Most units keep most of what "
        "they hold at most characters; some are wiped at once. That is how one cell can remember for long "
        "and for short."
    )
    return Question(
        "open_gates",
        "128 units, 500 characters: how often is a trained forget gate open, above 0.9?",
        (
            Answer(
                "hardly_ever",
                "Hardly ever",
                f"Then nothing would be remembered for more than some characters. {found}",
            ),
            Answer("mostly", "More often than not", found),
            Answer("always", "Practically always", f"Then nothing would ever be forgotten. {found}"),
        ),
        right="mostly",
    )
