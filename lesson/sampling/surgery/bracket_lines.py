"""On the bracket model: how many of its lines close what they open, as it is and after an operation."""

import numpy as np

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork, network_named
from lesson.sampling.surgery.operation import Operation
from lesson.sampling.unit_search import MOST, Search, rank_units
from lstm.interpret.brackets import LineCount, count_closed_lines
from lstm.sampling import generate

BRACKETS = "brackets"  # the name of the bracket model
_CHARACTERS, _TEMPERATURE = 3_000, 0.5


def depth_unit() -> int:
    """Return the unit of the bracket model whose h follows the depth of brackets best."""
    brackets = network_named(BRACKETS)
    return rank_units(brackets, Search(brackets.unseen_text(MOST), "bracket depth", "h")).best


def lines_closed(network: TrainedNetwork, operation: Operation) -> str:
    """Say how many lines close what they open, with and without; "" for other models or a swapped memory."""
    if network.name != BRACKETS or not operation.changes_weights:
        return ""
    without, with_it = lines_after(Operation()), lines_after(operation)
    return (
        f"The model also wrote lines at temperature {_TEMPERATURE}. Without the operation, "
        f"{without.share:.0%} of {without.lines} lines close every bracket and quote that they open; with "
        f"it, {with_it.share:.0%} of {with_it.lines} lines do."
    )


@memo(entries=300)
def lines_after(operation: Operation) -> LineCount:
    """Let the bracket model write after an operation, and count its lines."""
    checkpoint = network_named(BRACKETS).checkpoint
    with np.errstate(all="ignore"):
        steps = generate(
            operation.apply(checkpoint.net), checkpoint.vocabulary, "", _CHARACTERS, _TEMPERATURE, seed=0
        )
        return count_closed_lines("".join(step.char for step in steps))
