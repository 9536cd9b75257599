"""On the bracket model: how many of its lines close what they open, as it is and after an operation."""

from typing import NamedTuple

import numpy as np

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork, network_named
from lesson.sampling.surgery.operation import Operation
from lesson.sampling.unit_search import MOST, Search, rank_units
from lstm.interpret.brackets import closes_what_it_opens
from lstm.sampling import generate

BRACKETS = "brackets"  # the name of the bracket model
_CHARACTERS, _TEMPERATURE = 3_000, 0.5


class LineCount(NamedTuple):
    """How many lines close every bracket and quote that they open, and how many lines there are."""

    closed: int
    lines: int

    @property
    def share(self) -> float:
        """Return the share of lines that close everything."""
        return self.closed / self.lines


def depth_unit() -> int:
    """Return the unit of the bracket model whose h follows the depth of brackets best."""
    brackets = network_named(BRACKETS)
    return rank_units(brackets, Search(brackets.unseen_text(MOST), "bracket depth", "h")).best


def lines_closed(network: TrainedNetwork, operation: Operation) -> str:
    """Say how many lines close what they open, with and without; "" for other models or a swapped memory."""
    if network.name != BRACKETS or not operation.changes_weights:
        return ""
    without, with_it = count_closed_lines(Operation()), count_closed_lines(operation)
    return (
        f"Of {without.lines} lines that it writes at temperature {_TEMPERATURE}, {without.share:.0%} close "
        f"every bracket and quote that they open; with the operation all along, {with_it.share:.0%} of "
        f"{with_it.lines}."
    )


@memo(entries=300)
def count_closed_lines(operation: Operation) -> LineCount:
    """Let the bracket model write after an operation, and count."""
    checkpoint = network_named(BRACKETS).checkpoint
    with np.errstate(all="ignore"):
        steps = generate(
            operation.apply(checkpoint.net), checkpoint.vocabulary, "", _CHARACTERS, _TEMPERATURE, seed=0
        )
        text = "".join(step.char for step in steps)
    lines = [line for line in text.split("\n")[:-1] if line] or [text]  # the last one may be cut off
    return LineCount(sum(map(closes_what_it_opens, lines)), len(lines))
