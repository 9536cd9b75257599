"""What is said of an operation on a network; all of it measured."""

import math
from collections.abc import Sequence

import numpy as np

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.surgery.ablation import entry_of, exact_loss
from lesson.sampling.surgery.operation import CONTINUED, Losses, Operation, Outcome
from visualization.numbers import other_units, percent, perplexity
from visualization.text import character_in_words, join_words

_SAME = 0.005  # nats: losses that are no further apart are the same to two digits


def operation_in_words(operation: Operation) -> str:
    """Say what is done; plain text."""
    if operation.clamp:
        gate, value = operation.clamp
        units = operation.units
        whose = "all units" if units is None else f"unit{'s' if len(units) > 1 else ''} {_listed(units)}"
        return f"{gate} clamped at {value:g} for {whose}"
    if operation.ablate:
        return f"unit{'s' if len(operation.ablate) > 1 else ''} {_listed(operation.ablate)} ablated"
    return "the memory swapped for that of another text" if operation.other_text else "nothing was done"


def _listed(units: Sequence[int]) -> str:
    return join_words([str(unit) for unit in units])


def difference(outcome: Outcome) -> str:
    """Say how far apart the next character's distributions are, and where the continuations diverge."""
    before, after = outcome.probabilities
    share = 0.5 * float(np.abs(before - after).sum())
    first = outcome.first_difference
    moved = (
        f"The operation changes the probabilities of the next character: {percent(share)} in total moves "
        "from some characters to others."
    )
    if first < 0:
        return (
            f"{moved} With this seed both continuations are the same: none of the {CONTINUED} characters "
            "differs."
        )
    same = np.mean([a == b for a, b in zip(*(text[first:] for text in outcome.texts), strict=True)])
    was, now = (character_in_words(text[first]) for text in outcome.texts)
    return (
        f"{moved} Both texts are drawn with the same random numbers as the one in the part Write. "
        f"They differ for the first time at character {first} of the continuation. It is {was} "
        f"without and {now} with the operation (marked in both texts). From there on the two texts "
        f"have the same character at {same:.0%} of the places."
    )


def price(network: TrainedNetwork, operation: Operation, losses: Losses | None) -> str:
    """Say what the operation costs over a whole text; "" if that could not be measured."""
    if losses is None:
        return ""
    without, with_it = losses
    entry = entry_of(network.name)
    table = f"a table of character pairs has a loss of {entry['table_1']:.2f}, and " if entry else ""
    words = (
        "The operation was also carried out at every character of a text that the network did not learn "
        f"from. There {change(losses)} For comparison: {table}uniform guessing has a loss of "
        f"{math.log(len(network.checkpoint.vocabulary)):.2f}."
    )
    exact = exact_loss(network, operation)
    if exact is not None and math.isfinite(with_it):
        words += f" Tiny rounding errors change the loss here: with 64-bit numbers it is {exact:.2f}."
    return words


def change(losses: Losses) -> str:
    """Say what becomes of a loss, in nats and bits per character, and of the perplexity."""
    without, with_it = losses
    if not math.isfinite(without):
        return "the loss is not a number, even without the operation."
    if not math.isfinite(with_it):
        return f"the loss is {in_units(without)} without the operation; with it, it is not a number any more."
    if abs(with_it - without) < _SAME:
        return f"the loss is {in_units(with_it)}. It is the same without the operation, to two digits."
    verb = "rises" if with_it > without else "falls"
    return f"the loss {verb} from {without:.2f} to {with_it:.2f} nats per character ({_other_units(losses)})."


def in_units(nats: float) -> str:
    """Write a loss in nats with its bits and perplexity: 1.32 nats (1.90 bits, perplexity 3.74)."""
    return f"{nats:.2f} nats per character ({other_units(nats)})"


def _other_units(losses: Losses) -> str:
    bits = " to ".join(f"{nats / math.log(2):.2f}" for nats in losses)
    return f"{bits} bits, perplexity {' to '.join(map(perplexity, losses))}"
