"""The questions of the part *Where it starts*."""

import numpy as np

from lesson.gradients.first_weights.results import CHRONO, NAMES, results
from lesson.gradients.first_weights.sentences import counted
from lesson.gradients.first_weights.starts import UNITS, forget_gates, usual
from lesson.gradients.questions import CURVES
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from lstm.scalar import half_life
from visualization.numbers import number, steps

# What the panel covers: all half-lives, and the sentence with the rule.
SCALES, RULE = "scales", "rule"
# What Streamlit draws under the first question.
RESULTS = "starts"


def questions() -> list[Question]:
    """Return the questions of this part."""
    return [_over_100_steps(), _two_biases()]


def _over_100_steps() -> Question:
    measured = results()
    gap = max(measured.gaps)
    count = {name: counted(measured.named(name), gap) for name in NAMES}
    _, keras, orthogonal, *_ = (count[name] for name in NAMES)
    wide, long = (count[f"this course, $b_f$ = {bias}"] for bias in (3, 5))
    chrono = count[CHRONO]
    return Question(
        "starts_recall",
        f"an LSTM has to recall a symbol after {gap} more symbols. We trained networks from several starts, "
        "each for at most 2,000 updates. From which start do they learn it?",
        (
            Answer(
                "orthogonal",
                "Orthogonal weights: they keep the length of a vector",
                f"{orthogonal} networks with orthogonal weights and $b_f = 1$ learned it, and {keras} of "
                "Keras's. The gradient also goes through the gates and tanh', and these make it shorter. "
                f"With $b_f = 3$, {wide} learned it, and with chrono biases {chrono}.",
            ),
            Answer(
                "chrono",
                f"Chrono: half-lives of the units up to {number(_longest(gap), 0)} steps",
                f"{chrono} networks learned it. With one half-life for all units, {long} learned it with "
                f"$b_f = 5$ and {wide} with $b_f = 3$. (Chrono also sets $b_i = -b_f$; there $b_i$ is 0.)",
            ),
            Answer(
                "libraries",
                "PyTorch's or Keras's: both are made for such tasks",
                f"Of PyTorch's networks {count['PyTorch']} learned it, of Keras's {keras}. With one "
                f"half-life of about two steps or less, almost no gradient comes back over {gap} steps. "
                f"With chrono biases {chrono} learned it.",
            ),
        ),
        right="chrono",
        covers=(RESULTS, CURVES, WORDS),
    )


def _longest(T_max: int) -> float:
    """Return the longest half-life that chrono initialisation can draw, in steps."""
    return float(half_life(1 - 1 / T_max))


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
        covers_ahead=(SCALES, RULE),
    )
