"""Questions about the memory of a network; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.memory.keeping import closings_in_words, half_lives_in_words
from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import gates_and_states, read
from lesson.widgets.gate_table import CLOSED, OPEN, shares_of
from lesson.widgets.question import Answer, Question

GATES = "gates"  # what is covered: maps and numbers of gates
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
        f"Measured over {_LENGTH} characters of held-out text: {is_open:.0%} of the values of f are above "
        f"{OPEN}, and {is_closed:.0%} are below {CLOSED}; their mean is {mean:.2f}. "
        f"{closings_in_words(f, 'f', CLOSED)} {half_lives_in_words(f, 'f')}"
    )
    right = "mostly" if 0.5 < is_open < 0.9 else "always" if is_open >= 0.9 else "hardly_ever"
    return Question(
        "open_gates",
        f"the fables model has {f.shape[1]} units and reads {_LENGTH} characters. That makes "
        f"{f.size:,} values of the forget gate. How many of them are above {OPEN} (open)?",
        (
            Answer(
                "hardly_ever",
                "Less than half of them",
                result,
                former=("Hardly ever", "In less than half of the cases"),
            ),
            Answer("mostly", "50% to 90%", result, former=("More often than not", "In 50% to 90%")),
            Answer(
                "always",
                "More than 90%",
                result,
                former=("Practically always", "In more than 90%"),
            ),
        ),
        right=right,
        covers=(GATES,),
    )
