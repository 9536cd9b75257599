"""What is said of an operation on a network; all of it measured."""

import math
from collections.abc import Sequence

import numpy as np

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.operation import CONTINUED, Losses, Operation, Outcome
from visualization.numbers import percent
from visualization.text import character_in_words, join_words


def operation_in_words(operation: Operation) -> str:
    """Say what is done; plain text."""
    if operation.hold:
        gate, value = operation.hold
        units = operation.units
        whose = "all units" if units is None else f"unit{'s' if len(units) > 1 else ''} {_listed(units)}"
        return f"{gate} held at {value:g} for {whose}"
    if operation.cut:
        return f"unit{'s' if len(operation.cut) > 1 else ''} {_listed(operation.cut)} cut out"
    return "the memory of another text put in" if operation.other_text else "nothing was done"


def _listed(units: Sequence[int]) -> str:
    return join_words([str(unit) for unit in units])


def difference(outcome: Outcome) -> str:
    """Say how far apart the next character's distributions are, and where the continuations part."""
    before, after = outcome.probabilities
    share = 0.5 * float(np.abs(before - after).sum())
    first = outcome.first_difference
    moved = f"The operation moves {percent(share)} of the next character's probability elsewhere."
    if first < 0:
        return f"{moved} Both continuations are the same, {CONTINUED} characters: this luck does not show it."
    same = np.mean([a == b for a, b in zip(*(text[first:] for text in outcome.texts), strict=True)])
    was, now = (character_in_words(text[first]) for text in outcome.texts)
    return (
        f"{moved} With the same luck the two part at character {first} of the continuation, {was} and {now}, "
        f"marked in both; from there {same:.0%} of the characters are the same."
    )


def price(network: TrainedNetwork, losses: Losses | None) -> str:
    """Say what the operation costs over a whole text; "" if that could not be measured."""
    if losses is None:
        return ""
    without, with_it = losses
    guess = math.log(len(network.checkpoint.vocabulary))
    entry = entry_of(network.name)
    table = f"a table of which character follows which loses {entry['table_1']:.2f}, " if entry else ""
    costs = f"costs {with_it - without:.2f}" if with_it >= without else f"gains {without - with_it:.2f}"
    return (
        f"Held all along a text that it did not learn from, it {costs} nats a character: {without:.2f} "
        f"becomes {with_it:.2f}. To compare: {table}who guesses loses {guess:.2f}."
    )
