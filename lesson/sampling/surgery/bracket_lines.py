"""On the bracket model: how many of its lines close what they open, as it is and after an operation."""

import numpy as np

from lesson.frame.memo import memo
from lesson.sampling.hunting import hunted
from lesson.sampling.sources import Source, source
from lesson.sampling.surgery.operation import Operation
from lstm.interpret.brackets import closes_what_it_opens
from lstm.sampling import generate

_CHARACTERS, _TEMPERATURE = 3_000, 0.5


def depth_unit() -> int:
    """The unit of the bracket model whose h follows the depth of brackets best."""
    return hunted(source("brackets"), "bracket depth", "h").best


def closing(chosen: Source, operation: Operation) -> str:
    """How many lines close what they open, with and without; "" for other models or a swapped memory."""
    if chosen.name != "brackets" or not (operation.hold or operation.cut):
        return ""
    (intact, of), (held, of_held) = (closed(one) for one in (Operation(), operation))
    return (
        f"Of {of} lines that it writes at temperature {_TEMPERATURE}, {intact / of:.0%} close every bracket "
        f"and quote that they open; with the operation all along, {held / of_held:.0%} of {of_held}."
    )


@memo(entries=300)
def closed(operation: Operation) -> tuple[int, int]:
    """How many of the lines that are written close everything, and how many lines there are."""
    checkpoint = source("brackets").checkpoint
    with np.errstate(all="ignore"):
        steps = generate(
            operation.network(checkpoint.net), checkpoint.vocabulary, "", _CHARACTERS, _TEMPERATURE, seed=0
        )
        text = "".join(step.char for step in steps)
    lines = [line for line in text.split("\n")[:-1] if line] or [text]  # the last one may be cut off
    return sum(map(closes_what_it_opens, lines)), len(lines)
