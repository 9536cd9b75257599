"""Questions about the memory of a network; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import gates_and_states, read
from lesson.widgets.gate_table import CLOSED, OPEN, shares_of
from lesson.widgets.questions import Answer, Question

_LENGTH = 500  # characters


@memo()
def memory_questions() -> list[Question]:
    """Return the question about open gates."""
    return [_open_gates()]


def _open_gates() -> Question:
    fables = network_named("fables")
    f = gates_and_states(fables, read(fables, fables.held_out[:_LENGTH]))["f"]
    mean, is_open, is_closed = shares_of(f)
    result = (
        f"Over {_LENGTH} characters that it did not learn from, f of the fables is above {OPEN} in "
        f"{is_open:.0%} of all cases, and below {CLOSED} in {is_closed:.0%}; its mean is {mean:.2f}. Most "
        "units keep most of what they hold at most characters; some are wiped at once. That is how one cell "
        "can remember for long and for short."
    )
    return Question(
        "open_gates",
        f"128 units, {_LENGTH} characters: how often is a trained forget gate open, above {OPEN}?",
        (
            Answer(
                "hardly_ever",
                "Hardly ever",
                f"Then nothing would be remembered for more than some characters. {result}",
            ),
            Answer("mostly", "More often than not", result),
            Answer("always", "Practically always", f"Then nothing would ever be forgotten. {result}"),
        ),
        right="mostly",
    )
