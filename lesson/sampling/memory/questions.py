"""Questions about the memory of a network; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.memory.keeping import closings_in_words, half_lives_in_words
from lesson.sampling.networks import network_named
from lesson.sampling.write.passages import gates_and_states, read
from lesson.widgets.gate_table import CLOSED, OPEN, shares_of
from lesson.widgets.questions import Answer, Question

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
        f"Measured over {_LENGTH} characters of held-out text: f is above {OPEN} in {is_open:.0%} of all "
        f"cases and below {CLOSED} in {is_closed:.0%}; its mean is {mean:.2f}. "
        f"{closings_in_words(f, CLOSED)} {half_lives_in_words(f, 'f')}"
    )
    right = "mostly" if 0.5 < is_open < 0.9 else "always" if is_open >= 0.9 else "hardly_ever"
    return Question(
        "open_gates",
        f"the fables model has {f.shape[1]} units and reads {_LENGTH} characters. In how many of all these "
        f"cases is the forget gate of a unit open (above {OPEN})?",
        (
            Answer(
                "hardly_ever",
                "In less than half of the cases",
                result,
                former=("Hardly ever",),
            ),
            Answer("mostly", "In 50% to 90%", result, former=("More often than not",)),
            Answer(
                "always",
                "In more than 90%",
                result,
                former=("Practically always",),
            ),
        ),
        right=right,
        covers=(GATES,),
    )
