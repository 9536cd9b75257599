"""The questions of the gradients page; every number in a reply is measured when it is asked for.

Numbers about networks in general are medians of 21 networks (`lesson.gradients.windows`).
"""

import numpy as np
from numpy.typing import NDArray

from lesson.gradients.flows import Setup, updates
from lesson.gradients.parameters import EXPLOSION_RADIUS
from lesson.gradients.recall_results import results, share_at_first
from lesson.gradients.windows import SEEDS, shares
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import NUMBERS, WORDS
from lstm.equations import sigmoid
from visualization.charts.recall import recall_panel
from visualization.charts.recall_sentences import seeds_that_recall
from visualization.numbers import factor, number, scientific

# What panels of this page cover: all curves (axes and legend stay), verdicts, what one update does.
CURVES, VERDICTS, UPDATE = "curves", "verdicts", "update"
# What Streamlit draws under the question about recall.
RESULTS = "results"

_BACK, _STEPS = 50, 100
_RACE = (CURVES, WORDS, NUMBERS, VERDICTS)
_FACTORS = {"same": 1, "little_more": 2, "ten": 10, "hundreds": 100}  # of the answers about b_f = 3
_NETWORKS = (
    f"{SEEDS} untrained networks ({Setup().H} units, T = {_STEPS}, noise of standard deviation "
    f"{Setup().scale:g})"
)
_MEDIAN = f"We measured which share of ∂L/∂h is left in {_NETWORKS}. The median is"


def _left(kind: str, *grid: float, what: str = "h") -> list[NDArray]:
    """Measure what is left 50 steps back in 21 networks, for each value of a grid."""
    return list(shares(kind, grid, _STEPS, what=what, back=_BACK).T)


def _median(values: NDArray) -> str:
    return scientific(float(np.median(values)))


def _spread(ratios: NDArray) -> str:
    """Say by what factor something is larger in networks: the smallest, the largest and the median."""
    low, median, high = (factor(float(pick(ratios))) for pick in (np.min, np.median, np.max))
    return f"by a factor of {low} to {high} (median {median})"


def about_the_race() -> list[Question]:
    """Ask what a larger forget bias does, what none does, and what a spectral radius of 1 does."""
    return [_bias_of_three(), _bias_of_zero(), _radius_of_one()]


def _bias_of_three() -> Question:
    one, three = _left("lstm", 1.0, 3.0)
    ratios = three / one
    measured = (
        f"{_MEDIAN} {_median(one)} with $b_f = 1$ and {_median(three)} with $b_f = 3$. In each "
        f"network $b_f = 3$ leaves more than $b_f = 1$, {_spread(ratios)}."
    )
    low, high = (float(sigmoid(bias)) for bias in (1.0, 3.0))
    return Question(
        "three",
        f"a sequence has {_STEPS} steps. How much of an LSTM's gradient is left {_BACK} steps back with "
        f"$b_f = 3$, compared with $b_f = 1$, in the median of {SEEDS} networks?",
        (
            Answer(
                "little_more",
                "About twice as much",
                f"{measured} The difference between the forget gates counts at every step.",
                former=("At most twice as much", "A little more is left"),
            ),
            Answer(
                "hundreds",
                "About a hundred times as much",
                f"{measured} On the cell-state path each step multiplies by f, about {number(low)} or "
                f"{number(high)}. Along this path alone the factor would be "
                f"{factor((high / low) ** _BACK)}. The measured factor is smaller: there is another path "
                "(the part *Two gradient paths*).",
                former=("Over ten times as much, in most networks", "Hundreds of times more"),
            ),
            Answer(
                "same",
                "About as much",
                f"{measured} All are LSTMs, but what counts is how open the forget gate is.",
                former=(
                    "Just as much: both are LSTMs", "Nothing much: it is an LSTM either way",
                    "The same: it is an LSTM either way",
                ),
            ),
            Answer(
                "ten",
                "About ten times as much",
                f"{measured} In {np.count_nonzero(ratios > 10)} of {SEEDS} networks the factor is above 10.",
            ),
        ),
        right=nearest(float(np.median(ratios))),
        covers=_RACE,
    )  # fmt: skip


def nearest(ratio: float) -> str:
    """Return the answer to the question about $b_f = 3$ whose factor is nearest to the measured one."""
    return min(_FACTORS, key=lambda id: abs(np.log(_FACTORS[id] / ratio)))


def _bias_of_zero() -> Question:
    (without,), (rnn,) = _left("lstm", 0.0), _left("rnn", 0.9)
    measured = f"{_MEDIAN} {_median(without)} in the LSTM and {_median(rnn)} in the RNN."
    return Question(
        "without",
        "compare an LSTM with $b_f = 0$ and an RNN of spectral radius 0.9. (Without tanh, one step would "
        "multiply the length of the RNN's gradient by about 0.9.) How much of the gradient is left in the "
        "LSTM, 50 steps back?",
        (
            Answer(
                "far_more",
                "Far more than in the RNN",
                f"{measured} That it is an LSTM does not help: with $b_f = 0$ its forget gate is only half "
                "open.",
                former=("Far more", "Far more than the RNN"),
            ),
            Answer(
                "as_little",
                "About as little as in the RNN",
                f"{measured} Almost nothing is left in both, but far less in the LSTM.",
                former=("About as little", "About as little as the RNN"),
            ),
            Answer(
                "far_less",
                "Far less than in the RNN",
                f"{measured} With $b_f = 0$ the forget gate is about ½, so along the cell-state path each "
                f"step halves the gradient. Over {_BACK} steps that leaves {scientific(0.5**_BACK)}. The "
                "part *Two gradient paths* shows where the rest comes from.",
                former=("Far less", "Far less than the RNN"),
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
        "without tanh, an RNN of spectral radius 1 would make a gradient neither much shorter nor much "
        "longer. Now there is tanh, and the input is noise. How much of the gradient is left 50 steps back?",
        (
            Answer(
                "one",
                "About as much as at the last step",
                "That holds without tanh. Here every step also multiplies by tanh', the slope of tanh, "
                f"which is below 1 wherever h is not 0. {measured}",
                former=("About 1 is left", "About as much as was put in"),
            ),
            Answer(
                "much_less",
                "Much less",
                f"{measured} The input keeps h away from 0. The slope of tanh is 1 only at 0, and below 1 "
                "everywhere else. With this input, only larger recurrent weights make up for the smaller "
                "slope.",
            ),
            Answer(
                "explodes",
                "Much more: it explodes",
                f"{measured} The weights hardly make the gradient longer, and the slope of tanh makes it "
                "shorter.",
                former=("It explodes",),
            ),
        ),
        right="much_less",
        covers=_RACE,
    )


def about_the_paths() -> list[Question]:
    """Ask how much comes through the cell state alone."""
    ((whole,), (alone,)) = _left("lstm", 1.0, what="C"), _left("lstm", 1.0, what="path")
    low, median, high = (float(pick(alone / whole)) for pick in (np.min, np.median, np.max))
    measured = (
        f"In {_NETWORKS} only {scientific(low)} to {scientific(high)} of ∂L/∂C (median "
        f"{scientific(median)}) comes along the cell-state path."
    )
    return [
        Question(
            "roads",
            "along the cell-state path, $\\partial C_t / \\partial C_{t-1} = f_t$. With $b_f = 1$ "
            "and T = 100, how much of the ∂L/∂C 50 steps back has come this way alone?",
            (
                Answer(
                    "all",
                    "All of it",
                    "That would be right if the cell-state path were the only one. "
                    f"{measured} The rest has come through h.",
                ),
                Answer(
                    "most",
                    "Most of it",
                    f"{measured} More comes on the other path: C changes h, h changes the candidate and the "
                    "gates, and these change the next C.",
                ),
                Answer(
                    "next_to_nothing",
                    "Almost nothing",
                    f"{measured} Along the cell-state path ∂L/∂C is multiplied by f fifty times, and that "
                    "leaves almost nothing. More comes through h.",
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
    by_value = (
        f"Clipped by value, the RNN's gradient (radius {radius:g}) has a cosine of "
        f"{number(value.kept_direction)} with the unclipped one (1 means the same direction)."
    )
    return [
        Question(
            "clipping",
            "a gradient explodes. It can be clipped by value (every number is limited to ±5) or by global "
            "norm (the whole vector is shortened to length 5). Which of them keeps the direction of the "
            "gradient?",
            (
                Answer(
                    "value",
                    "By value",
                    f"Every number that is too large becomes 5 or −5, whatever it was. {by_value}",
                ),
                Answer(
                    "norm",
                    "By global norm",
                    "All numbers are multiplied by the same factor: the cosine with the unclipped gradient "
                    f"is {number(norm.kept_direction)}. {by_value}",
                ),
                Answer(
                    "both",
                    "Both",
                    f"Clipping by value turns both {scientific(raw.largest)} and 6 into 5. {by_value}",
                ),
            ),
            right="norm",
            covers=(UPDATE,),
        )
    ]


def about_learning() -> list[Question]:
    """Ask whether it matters, by the networks that were trained for it."""
    frame = results()
    one_learned, three_learned, eased = (
        seeds_that_recall(recall_panel(frame, panel), f"LSTM, b_f = {bias}", 50).removesuffix(" seeds")
        for panel, bias in (("direct", 1), ("direct", 3), ("curriculum", 1))
    )
    measured = (
        f"With $b_f = 1$, {one_learned} networks learned it. With $b_f = 3$, {three_learned} networks did."
    )
    able = (
        "The cell can store a symbol that long, though: trained on short sequences first, "
        f"{eased} networks with $b_f = 1$ learned it."
    )
    one, three = (share_at_first(f"LSTM, b_f = {bias}", 50) for bias in (1, 3))
    before = (
        f"Before training, {_median(one)} of ∂L/∂h arrives at the first symbol with $b_f = 1$, and "
        f"{_median(three)} with $b_f = 3$ (the medians of {SEEDS} networks)."
    )
    return [
        Question(
            "learning",
            "an LSTM has to recall the first symbol after 50 more symbols, drawn at random. It starts with "
            "$b_f = 1$. Does it learn that in 2,000 updates?",
            (
                Answer("yes", "It learns it", f"{measured} {before}", former=("Yes, it is an LSTM",)),
                Answer(
                    "hardly_ever",
                    "It does not learn it, but the cell could store the symbol",
                    f"{measured} {able} {before}",
                    former=("Hardly ever",),
                ),
                Answer(
                    "never",
                    "It does not learn it, because the cell can't store a symbol that long",
                    f"{measured} {able}",
                    former=(
                        "Never: it can't store for 50 steps",
                        "Never: it can't store a symbol for 50 steps",
                    ),
                ),
            ),
            right="hardly_ever",
            covers=(RESULTS,),
        )
    ]
