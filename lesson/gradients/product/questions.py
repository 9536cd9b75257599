"""The questions of the part *The RNN's product*; their numbers are measured on 21 networks with two units."""

import numpy as np

from lesson.gradients.parameters import RADIUS
from lesson.gradients.product.walk import STEPS, Walk, network, walk
from lesson.gradients.questions import CURVES
from lesson.gradients.windows import SEEDS
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from visualization.numbers import number, scientific

FACTORS = "factors"  # what the panel covers: the plane, the matrices, the LSTM's factor, the challenge
_COVERS = (CURVES, WORDS, FACTORS)
_BACK = 20  # steps


def questions() -> list[Question]:
    """Ask what one step back multiplies by, and whether it can make a gradient longer."""
    return [_one_step_back(), _longer_for_once()]


def _networks() -> list[Walk]:
    return [walk(network(seed=seed)) for seed in range(SEEDS)]


def _one_step_back() -> Question:
    networks = _networks()
    left, alone = (
        scientific(float(np.median([lengths[_BACK] for lengths in each])))
        for each in ([w.lengths for w in networks], [w.lengths_alone for w in networks])
    )
    measured = (
        f"We measured {SEEDS} RNNs with two units and spectral radius {RADIUS.start:g}: after {_BACK} steps "
        f"{left} of the gradient is left (median). With $W_h$ alone it would be {alone}."
    )
    return Question(
        "one_step_back",
        "by what is an RNN’s gradient multiplied on its way back from $h_t$ to $h_{t-1}$?",
        (
            Answer(
                "weights",
                "$W_h$ transposed, always the same",
                "$W_h$ is only one part. $h_t$ has come through tanh, so the slope of tanh at this step is a "
                f"factor too. {measured}",
            ),
            Answer(
                "slopes",
                "The slopes of tanh, 1 − h²",
                "The slope is only one part. $h_{t-1}$ comes to $h_t$ through $W_h$, so $W_h$ is a factor, "
                f"too. {measured}",
            ),
            Answer(
                "both",
                "The slopes 1 − h², then $W_h$ transposed",
                "Each number is multiplied by its unit’s slope, then comes $W_h$, transposed. The slopes "
                f"depend on h, so each step has another matrix. {measured}",
            ),
            Answer(
                "radius",
                "The spectral radius, one number",
                "The spectral radius says what many products with $W_h$ do to a length, on average. It says "
                f"nothing about the slopes. {measured}",
            ),
        ),
        right="both",
        covers=_COVERS,
    )


def _longer_for_once() -> Question:
    lengths = np.stack([each.lengths for each in _networks()])  # (21, T)
    ratios = lengths[:, 1:] / lengths[:, :-1]
    measured = (
        f"In {(ratios > 1).any(axis=1).sum()} of {SEEDS} networks at least one of {STEPS - 1} steps makes "
        f"the gradient longer; the most is {number(float(ratios.max()), 1)} times as long. Still, after all "
        f"steps only {scientific(float(np.median(lengths[:, -1])))} of it is left (median)."
    )
    return Question(
        "longer_for_once",
        f"an RNN’s spectral radius is {RADIUS.start:g}, and slopes of tanh are at most 1. Can one step back "
        "make the gradient longer?",
        (
            Answer(
                "never",
                "No: both are at most 1",
                f"The spectral radius is about many products with $W_h$, on average. {measured}",
            ),
            Answer(
                "sometimes",
                "Yes, at single steps",
                "A matrix can stretch one direction and shrink another. The spectral radius is about many "
                f"products with it. {measured}",
            ),
            Answer(
                "always",
                "Yes, and then at every step",
                f"At the next step the arrow has another direction, in which it is made shorter. {measured}",
            ),
        ),
        right="sometimes",
        covers=_COVERS,
    )
