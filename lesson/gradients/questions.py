"""The questions of the gradients page; every number in a reply is measured when it is asked for.

Numbers about networks in general are medians of 21 networks (`lesson.gradients.windows`).
"""

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.flows import Setup, updates
from lesson.gradients.parameters import EXPLOSION_RADIUS
from lesson.gradients.recall_results import results, share_at_first
from lesson.gradients.windows import SEEDS, shares
from lesson.widgets.questions import NUMBERS, WORDS, Answer, Question
from visualization.charts.recall import recall_panel
from visualization.charts.recall_sentences import seeds_that_recall
from visualization.numbers import factor, number, scientific

# What panels of this page cover: all curves (axes and legend stay), verdicts, what one update does.
CURVES, VERDICTS, UPDATE = "curves", "verdicts", "update"
# What Streamlit draws under the question about recall.
RESULTS = "results"

_BACK, _STEPS = 50, 100
_RACE = (CURVES, WORDS, NUMBERS, VERDICTS)
_NETWORKS = f"{SEEDS} untrained networks ({Setup().H} units, inputs of size {Setup().scale:g})"
_MEDIAN = f"Measured in {_NETWORKS}, the median is"


def _left(kind: str, *grid: float, what: str = "h") -> list[NDArray]:
    """Measure what is left 50 steps back in 21 networks, for each value of a grid."""
    return list(shares(kind, grid, _STEPS, what=what, back=_BACK).T)


def _median(values: NDArray) -> str:
    return scientific(float(np.median(values)))


def _spread(ratios: NDArray) -> str:
    """Say a factor as the median of networks, with the smallest and the largest."""
    low, high = factor(float(ratios.min())), factor(float(ratios.max()))
    return f"{factor(float(np.median(ratios)))} times as much (the median; from {low} to {high} times)"


def about_the_race() -> list[Question]:
    """Ask what a larger forget bias does, what none does, and what a spectral radius of 1 does."""
    return [_bias_of_three(), _bias_of_zero(), _radius_of_one()]


def _bias_of_three() -> Question:
    one, three = _left("lstm", 1.0, 3.0)
    measured = (
        f"{_MEDIAN} {_median(one)} with $b_f = 1$ and {_median(three)} with $b_f = 3$. In the same network "
        f"that is {_spread(three / one)}."
    )
    return Question(
        "three",
        "with $b_f = 3$ instead of 1, how much of an LSTM's gradient is left 50 steps back?",
        (
            Answer("little_more", "At most twice as much", measured, former=("A little more is left",)),
            Answer(
                "hundreds",
                "Over ten times as much, in most networks",
                f"{measured} Each step multiplies by f, so a slightly larger f counts 50 times.",
                former=("Hundreds of times more",),
            ),
            Answer(
                "same",
                "The same: it is an LSTM either way",
                f"{measured} The open gate passes the error on, not the name of the cell.",
                former=("Nothing much: it is an LSTM either way",),
            ),
        ),
        right="hundreds",
        covers=_RACE,
    )


def _bias_of_zero() -> Question:
    (without,), (rnn,) = _left("lstm", 0.0), _left("rnn", 0.9)
    measured = f"{_MEDIAN} {_median(without)} in the LSTM and {_median(rnn)} in the RNN."
    return Question(
        "without",
        "compare an LSTM with $b_f = 0$ to an RNN of spectral radius 0.9. How much of the gradient does the "
        "LSTM have left 50 steps back?",
        (
            Answer(
                "far_more",
                "Far more than the RNN",
                f"{measured} The name LSTM does not help: with $b_f = 0$ the forget gate is half open.",
                former=("Far more",),
            ),
            Answer(
                "as_little",
                "About as little as the RNN",
                f"{measured} Both lose most of it, but the LSTM loses far more.",
                former=("About as little",),
            ),
            Answer(
                "far_less",
                "Far less than the RNN",
                f"{measured} With $b_f = 0$ the forget gate is about ½, so each step halves what comes along "
                "the cell-state path.",
                former=("Far less",),
            ),
        ),
        right="far_less",
        covers=_RACE,
    )


def _radius_of_one() -> Question:
    (at_one,) = _left("rnn", 1.0)
    measured = f"{_MEDIAN} {_median(at_one)}."
    return Question(
        "radius",
        "without tanh, an RNN of spectral radius 1 neither shrinks nor enlarges a gradient much. With tanh, "
        "and with noise as its input, how much is left 50 steps back?",
        (
            Answer(
                "one",
                "About as much as was put in",
                f"That holds without tanh. Here every step also multiplies by tanh', which is below 1 "
                f"wherever h is not 0. {measured}",
                former=("About 1 is left",),
            ),
            Answer(
                "much_less",
                "Much less",
                f"{measured} The input keeps h away from 0, and there tanh' is below 1. Only a larger radius "
                "can compensate for that.",
            ),
            Answer(
                "explodes",
                "Much more: it explodes",
                f"{measured} tanh' takes away more than the weights add.",
                former=("It explodes",),
            ),
        ),
        right="much_less",
        covers=_RACE,
    )


def about_the_paths() -> list[Question]:
    """Ask how much comes through the cell state alone."""
    ((whole,), (alone,)) = _left("lstm", 1.0, what="C"), _left("lstm", 1.0, what="path")
    times = whole / alone
    low, high = factor(float(times.min())), factor(float(times.max()))
    measured = (
        f"Measured in {_NETWORKS}, the whole is {factor(float(np.median(times)))} times as large as the "
        f"product of the forget gates (the median; from {low} to {high} times)."
    )
    return [
        Question(
            "roads",
            "along the cell-state path, $\\partial C_t / \\partial C_{t-1} = f_t$. With $b_f = 1$, how "
            "much of the whole ∂L/∂C, 50 steps back, is the product of the forget gates?",
            (
                Answer(
                    "all",
                    "All of it",
                    "That would be right if C reached the past only along the cell-state path. "
                    f"{measured} The rest has come through the gates and h.",
                ),
                Answer(
                    "most",
                    "Most of it",
                    f"{measured} C also changes h, h changes every gate, and the gates change C.",
                ),
                Answer(
                    "next_to_nothing",
                    "Almost nothing",
                    f"{measured} With small f, more comes through the gates and h than along the cell-state "
                    "path.",
                    former=("Next to nothing",),
                ),
            ),
            right="next_to_nothing",
            covers=(CURVES, WORDS),
        )
    ]


def about_clipping() -> list[Question]:
    """Ask what clipping by value does to a direction."""
    radius = EXPLOSION_RADIUS.start
    raw, value, norm = updates(Setup(T=50, radius=radius), 0.1)
    case = f"this page's RNN with radius {radius:g}"
    return [
        Question(
            "clipping",
            "a gradient explodes. It can be clipped by value (every number to ±5) or by global norm (the "
            "whole vector to length 5). Which of them keeps the direction of the gradient?",
            (
                Answer(
                    "value",
                    "By value",
                    "Every number that is too large becomes 5 or −5, whatever it was. Measured in "
                    f"{case}, the cosine with the raw gradient falls to {number(value.kept_direction)}.",
                ),
                Answer(
                    "norm",
                    "By global norm",
                    "All numbers are multiplied by the same factor. Measured in "
                    f"{case}, the cosine with the raw gradient is {number(norm.kept_direction)}; by value it "
                    f"is {number(value.kept_direction)}.",
                ),
                Answer(
                    "both",
                    "Both",
                    f"By value, {scientific(raw.largest)} and 6 both become 5. Measured in {case}, the "
                    f"cosine with the raw gradient falls to {number(value.kept_direction)}.",
                ),
            ),
            right="norm",
            covers=(UPDATE,),
        )
    ]


def about_learning() -> list[Question]:
    """Ask whether it matters, by the networks that were trained for it."""
    frame = results()
    learned = {
        bias: seeds_that_recall(recall_panel(frame, "direct"), f"LSTM, b_f = {bias}", 50) for bias in (1, 3)
    }
    eased = seeds_that_recall(recall_panel(frame, "curriculum"), "LSTM, b_f = 1", 50)
    one, three = (share_at_first(f"LSTM, b_f = {bias}", 50) for bias in (1, 3))
    before = (
        f"Before training, {_median(one)} of ∂L/∂h comes back to the first symbol with $b_f = 1$, and "
        f"{_median(three)} with $b_f = 3$ (the medians of {SEEDS} networks)."
    )
    return [
        Question(
            "learning",
            "an LSTM has to recall the first symbol after 50 steps of noise. It starts with $b_f = 1$. "
            "Does it learn that in 2,000 updates?",
            (
                Answer("yes", "Yes, it is an LSTM", f"It did in {learned[1]}. {before}"),
                Answer(
                    "hardly_ever",
                    "Hardly ever",
                    f"It did in {learned[1]}; with $b_f = 3$ in {learned[3]}. {before}",
                ),
                Answer(
                    "never",
                    "Never: it can't store a symbol for 50 steps",
                    f"It did in {learned[1]}, but it can store a symbol for so long: trained on short "
                    f"sequences first, it recalls in {eased}.",
                    former=("Never: it can't store for 50 steps",),
                ),
            ),
            right="hardly_ever",
            covers=(RESULTS,),
        )
    ]
