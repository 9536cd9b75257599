"""The questions of the part *Where it starts*."""

import numpy as np

from lesson.gradients.first_weights.starts import UNITS, forget_gates, usual
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from lstm.scalar import half_life
from visualization.numbers import number, steps

# What the panel covers: all half-lives, and the sentence with the rule.
SCALES, RULE = "scales", "rule"


def questions() -> list[Question]:
    """Return the questions of this part."""
    return [_two_biases()]


def _two_biases() -> Question:
    gates = forget_gates(usual("pytorch", 100))
    end = 2 / float(np.sqrt(UNITS))
    low, high = (number(float(pick(gates))) for pick in (np.min, np.max))
    longest = steps(float(half_life(gates.max())))
    measured = (
        f"With H = {UNITS} each of the two is between −{number(end / 2)} and {number(end / 2)}, so $b_f$ is "
        f"between −{number(end)} and {number(end)}. In the network of the picture the forget gates start "
        f"between {low} and {high}; the longest half-life is {longest}."
    )
    return Question(
        "two_biases",
        "PyTorch's LSTM has two biases for each gate, and adds them. Every number in both is drawn evenly "
        "between −1/√H and 1/√H. What is the forget bias $b_f$ before training?",
        (
            Answer(
                "one",
                "About 1, as in Keras",
                f"Keras sets $b_f = 1$, and PyTorch does not. {measured}",
            ),
            Answer(
                "sum",
                "About 2/√H, because two biases are added",
                f"Each of the two is as often below 0 as above it, so their sum is 0 on average. {measured}",
            ),
            Answer("zero", "Around 0, because both have the mean 0", measured),
        ),
        right="zero",
        covers=(SCALES, RULE, WORDS),
    )
