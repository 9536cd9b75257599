"""What is said of gaps and of those who fill them."""

import numpy as np
from numpy.typing import NDArray

from lesson.sampling.gaps.filling import Filling, models
from lesson.sampling.gaps.results import BOTH, LEFT, READING_ON, RIGHT, UNDIVIDED, results
from lstm.interpret.gaps import steps_read_on
from visualization.numbers import percent
from visualization.text import character_in_words


def place_in_words(filling: Filling, at: int) -> str:
    """Say where the gap is, and what each way puts there."""
    chars = models().vocabulary.chars
    says = [
        f"{name} {character_in_words(chars[int(row.argmax())])} ({percent(float(row.max()))})"
        for name, row in (
            ("from the left alone", filling.left[at]), ("from the right alone", filling.right[at]),
            ("both together", filling.both[at]),
        )
    ]  # fmt: skip
    return (
        f"Gap at character {at + 1} of {len(filling.text)}; right is {character_in_words(filling.text[at])}. "
        f"Likeliest: {', '.join(says)}."
    )


def verdict(expected: NDArray, right: int) -> str:
    """Say whether the likeliest character is right, and how surprising the right one is."""
    bits = -np.log2(max(float(expected[right]), 1e-300))
    sign = "✓" if int(expected.argmax()) == right else "✗"
    return f"{sign} {bits:.1f} bits"


def price(length: int, at: int) -> str:
    """Say what reading on costs at a gap, in characters; lines end before and after the text."""
    V = len(models().vocabulary)
    read = steps_read_on(length + 2, at + 1, V)
    return (
        f"Reading on tries each of {V} characters in the gap and reads the rest: {read:,} characters in all. "
        f"Both models together read {length + 1}."
    )


def measured() -> str:
    """Say what each way reaches over many gaps."""
    of, ways = results(), results().ways
    left, both, on = ways[LEFT], ways[BOTH], ways[READING_ON]
    return (
        f"Measured in {of.gaps:,} gaps of held-out text, with {of.context} characters on each side; the "
        f"lines are 95% intervals. The left alone is right in **{left.right:.0%}**, both together in "
        f"**{both.right:.0%}**: {100 * of.gain[0]:.0f} ± {100 * of.gain[1]:.0f} percentage points more. They "
        f"mend {of.mended} gaps and spoil {of.spoilt}. The left model alone, if it reads on after each "
        f"candidate, is right in **{on.right:.0%}**: it does not need what the product assumes."
    )


def undivided() -> str:
    """Say what the division by p(c) is worth."""
    with_it, without = (results().ways[name] for name in (BOTH, UNDIVIDED))
    return (
        f"Without the division by p(c), frequent characters would be counted twice. In our gaps this hardly "
        f"matters: {with_it.right:.1%} right and {with_it.bits:.2f} bits with it, {without.right:.1%} and "
        f"{without.bits:.2f} bits without it."
        if abs(with_it.right - without.right) < 0.02
        else f"Without the division by p(c), frequent characters are counted twice: {without.right:.1%} "
        f"right instead of {with_it.right:.1%}."
    )


def sides() -> str:
    """Compare the two sides alone."""
    left, right = (results().ways[name] for name in (LEFT, RIGHT))
    return (
        f"The right alone is right in {right.right:.0%}: a text can be guessed about as well from its end as "
        "from its beginning."
        if abs(left.right - right.right) < left.right_half
        else f"The right alone is right in {right.right:.0%}."
    )
