"""What is said of an operation on a network; all of it measured."""

import math

import numpy as np

from lesson.sampling.sources import Source
from lesson.sampling.surgery.ablation import entry
from lesson.sampling.surgery.operation import CONTINUED, Operation, Outcome
from visualization.bars import percent
from visualization.heat import shown_in_words


def compared(outcome: Outcome) -> str:
    """How far the next character's distributions are from each other, and where the continuations part."""
    before, after = outcome.probabilities
    away = 0.5 * float(np.abs(before - after).sum())
    first = outcome.first
    moved = f"The operation moves {percent(away)} of the next character's probability elsewhere."
    if first < 0:
        return f"{moved} Both continuations are the same, {CONTINUED} characters: this luck does not show it."
    same = np.mean([a == b for a, b in zip(*(text[first:] for text in outcome.texts), strict=True)])
    was, now = (shown_in_words(text[first]) for text in outcome.texts)
    return (
        f"{moved} With the same luck the two part at character {first} of the continuation, {was} and {now}, "
        f"marked in both; from there {same:.0%} of the characters are the same."
    )


def measured(source: Source, operation: Operation, losses: tuple[float, float] | None) -> str:
    """What the operation costs over a whole text."""
    if losses is None:
        return ""
    intact, held = losses
    guess = math.log(len(source.checkpoint.vocabulary))
    found = entry(source.name)
    table = f"a table of which character follows which loses {found['table_1']:.2f}, " if found else ""
    costs = f"costs {held - intact:.2f}" if held >= intact else f"gains {intact - held:.2f}"
    return (
        f"Held all along a text that it did not learn from, it {costs} nats a character: {intact:.2f} "
        f"becomes {held:.2f}. To compare: {table}who guesses loses {guess:.2f}."
    )
