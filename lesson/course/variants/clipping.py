"""Questions about gradients that are clipped."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.gradients import parameters as gradients
from lesson.training import parameters as training
from lstm.arrays import Array
from lstm.training.clipping import clip, length

# Gradients of two numbers whose norm is whole: no root is left to guess.
_TRIPLES = ((3, 4), (4, 3), (5, 12), (12, 5), (8, 15), (15, 8), (7, 24), (24, 7), (20, 21), (21, 20))
_CLIPPED = [(m * a, m * b, c) for (a, b), m, c in product(_TRIPLES, (1, 2, 3, 4), (1, 2, 3, 4, 5, 10))]
_VALUES = [(root**2, value) for root, value in product(range(20, 101, 5), (0.01, 0.02, 0.05, 0.1, 0.2, 0.5))]


def by_norm() -> Variant:
    """Return the one for a number of a gradient that is clipped by its global norm."""
    return Variant(
        "other_clipping",
        ("clipping", "norm_5_helps"),
        "A gradient has two numbers, {0} and {1}. It is clipped by global norm, with the threshold {2}. What "
        "is the first number then, to two digits after the point?",
        Tolerance(0.01, 2),
        Scale(0, 100),
        Scale(0.001, 1000, logarithmic=True),
        (
            Mistake(
                "by_value",
                "Clipped by value",
                "Here each number is limited by itself. By norm the whole gradient is shortened: both "
                "numbers are multiplied by the same factor.",
            ),
            Mistake(
                "unclipped",
                "Not clipped",
                "The norm is the length of the gradient, the root of the sum of the squares. It is above the "
                "threshold, so both numbers become smaller.",
            ),
            Mistake(
                "root_forgotten",
                "The root forgotten",
                "Here the gradient is divided by the sum of the squares. The norm is the root of that.",
            ),
            Mistake(
                "sum",
                "Sum in place of norm",
                "Here the gradient is divided by the sum of its numbers. The norm is the root of the sum of "
                "their squares.",
            ),
            Mistake(
                "length_one",
                "Shortened to length 1",
                "Here the gradient is only divided by its norm. It is shortened to the threshold: multiply "
                "by that, too.",
            ),
        ),
        "The norm is the root of the sum of the squares. If it is above the threshold, every number is "
        "multiplied by the threshold and divided by the norm. So the length becomes the threshold, and the "
        "direction stays.",
        "3_gradients.py",
        {gradients.VIEW.name: "Explosion"},
    ).with_numbers((row for row in _CLIPPED if row[0] > row[2] > 1), by_norm_numbers)


def by_norm_numbers(first: int, second: int, threshold: int) -> Numbers:
    """Clip a gradient as training does, and wrongly."""
    gradient = np.array([first, second], float)
    return Numbers(
        (written(first), written(second), written(threshold)),
        _clipped(gradient, threshold, None),
        {
            "by_value": _clipped(gradient, None, threshold),
            "unclipped": _clipped(gradient, None, None),
            "root_forgotten": _clipped(gradient, threshold / length(gradient), None),
            "sum": _clipped(gradient, threshold * length(gradient) / float(gradient.sum()), None),
            "length_one": _clipped(gradient, 1, None),
        },
    )


def _clipped(gradient: Array, norm: float | None, value: float | None) -> float:
    """Return the first number after clipping."""
    clipped = gradient.copy()
    clip(clipped, norm, value)
    return float(clipped[0])


def length_by_value() -> Variant:
    """Return the one for the length of a gradient that is clipped by value."""
    return Variant(
        "other_clipped_length",
        ("clipped_length",),
        "The gradient of a network has {0} numbers, and each is cut at ±{1}. How long can the whole gradient "
        "still be, to two digits after the point?",
        Tolerance(0.01, 2),
        Scale(0.001, 10_000, logarithmic=True),
        Scale(0.001, 1000, logarithmic=True),
        (
            Mistake(
                "sum",
                "Sum in place of length",
                "Here all numbers are added. The length is the root of the sum of their squares.",
            ),
            Mistake(
                "each",
                "The length of one number",
                "Each number is at most that large, but there are many of them, and their squares add up.",
            ),
            Mistake(
                "root_forgotten",
                "The root forgotten",
                "This is the sum of the squares. The length is the root of that.",
            ),
        ),
        "It is longest if each number is at the threshold. The length is the root of the sum of the squares: "
        "the threshold times the root of how many numbers there are.",
        "4_training.py",
        {training.TAB.name: "Problems", training.CAUSE.name: "clipped by value"},
    ).with_numbers(_VALUES, length_by_value_numbers)


def length_by_value_numbers(count: int, value: float) -> Numbers:
    """Cut a gradient that is too long everywhere, and measure its length rightly and wrongly."""
    gradient = np.full(count, 1e6)
    clip(gradient, None, value)
    longest = length(gradient)
    return Numbers(
        (written(count), written(value)),
        longest,
        {"sum": float(gradient.sum()), "each": length(gradient[:1]), "root_forgotten": longest**2},
    )
