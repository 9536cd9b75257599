"""A question about a gap in a text: two models, one from each side, put together."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.sampling import parameters as sampling
from lstm.interpret.gaps import both_sides

_CHANCES = list(
    product((0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9), (0.15, 0.25, 0.35, 0.55, 0.65, 0.75, 0.85, 0.95))
)


def two_sides() -> Variant:
    """Return the one for the probability of a character, from the left and from the right together."""
    return Variant(
        "other_two_sides",
        ("two_sides",),
        "Only e or a can stand in a gap, and in the text both are equally frequent. What stands before the "
        "gap gives e the probability {0}, what stands after it {1}. Which probability has e by both "
        "together, if they are independent? Give two digits after the point.",
        Tolerance(0.01, 2),
        Scale(0, 1),
        Scale(-1, 1),
        (
            Mistake(
                "mean",
                "The mean of the two",
                "The mean lies between the two. But two hints for the same letter make it more certain than "
                "each of them: multiply.",
            ),
            Mistake(
                "not_divided",
                "Not divided by the sum",
                "This is the product for e alone. The products for e and a have to be divided by their sum, "
                "so that the two probabilities add up to 1.",
            ),
            Mistake(
                "of_a",
                "The probability of a",
                "This is what a gets. For e it is what is missing to 1.",
            ),
        ),
        "Multiply for each letter: for e the two probabilities, for a what is missing to 1 in each. Then "
        "divide by the sum of the two products.",
        "5_sampling.py",
        {sampling.TASK.name: sampling.GAPS},
    ).with_numbers(_CHANCES, two_sides_numbers)


def two_sides_numbers(left: float, right: float) -> Numbers:
    """Compute the probability by both sides, and what the mistakes take for it."""
    e, a = both_sides([left, 1 - left], [right, 1 - right], [0.5, 0.5])
    return Numbers(
        (written(left), written(right)),
        float(e),
        {"mean": float(np.mean([left, right])), "not_divided": left * right, "of_a": float(a)},
    )
