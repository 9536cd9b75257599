"""Questions about what goes back in time: an RNN's factors, and half-lives that a start draws."""

from itertools import product

import numpy as np

from lesson.classroom.question import Scale
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.gradients import parameters as gradients
from lstm.equations import sigmoid
from lstm.interpret.rnn_factors import step_back
from lstm.scalar import half_life
from visualization.numbers import number

_FILE = "3_gradients.py"
_TWO_STEPS = list(product((0.6, 0.8, 1.5, 1.8, 2.0), (0.2, 0.3, 0.5, 0.6, 0.8), (0.1, 0.4, 0.7, 0.9)))
_DRAWS = [(u,) for u in range(2, 100)]


def rnn_factors() -> Variant:
    """Return the one for two steps back through an RNN with one unit."""
    return Variant(
        "other_rnn_factors",
        ("one_step_back", "longer_for_once"),
        "An RNN with one unit has the recurrent weight {0}. At two steps, one after the other, its hidden "
        "state is {1} and {2}. By what is the gradient multiplied on its way back over these two steps? Give "
        "three digits after the point.",
        Tolerance(0.001, 3),
        Scale(-1, 5),
        Scale(-5, 5),
        (
            Mistake(
                "slopes_forgotten",
                "The slopes forgotten",
                "This is the weight alone, twice. Each step multiplies by the slope of tanh, too: 1 − h².",
            ),
            Mistake(
                "weight_once",
                "The weight only once",
                "Both slopes are here, but the weight only once. Each of the two steps multiplies by it.",
            ),
            Mistake(
                "square_forgotten",
                "1 − h in place of 1 − h²",
                "The slope of tanh is 1 − tanh², and tanh of the sum is h: so it is 1 − h², not 1 − h.",
            ),
            Mistake(
                "slopes_alone",
                "The slopes alone",
                "These are both slopes without the weight. The state comes to the next step through the "
                "recurrent weight, so each step multiplies by it, too.",
            ),
        ),
        "Each step multiplies by the recurrent weight and by the slope of tanh, 1 − h². Two steps multiply "
        "by both twice, each with its own h.",
        _FILE,
        {gradients.VIEW.name: "The RNN's product"},
    ).with_numbers(_TWO_STEPS, rnn_factors_numbers)


def rnn_factors_numbers(weight: float, first: float, second: float) -> Numbers:
    """Compute two steps back, and what comes of them where something is forgotten."""
    factors = [step_back(np.array([[weight]]), np.array([h])) for h in (first, second)]
    whole = float(np.prod([each.matrix for each in factors]))
    slopes = float(np.prod([each.slopes for each in factors]))
    return Numbers(
        tuple(map(written, (weight, first, second))),
        whole,
        {
            "slopes_forgotten": whole / slopes,
            "weight_once": weight * slopes,
            "square_forgotten": whole / ((1 + first) * (1 + second)),
            "slopes_alone": slopes,
        },
    )


def chrono_half_life() -> Variant:
    """Return the one for the half-life of a unit whose bias was drawn."""
    return Variant(
        "other_chrono",
        ("starts_recall", "two_biases"),
        "Chrono initialisation has drawn u = {0} for a unit, so its forget bias is $b_f = \\ln u$. After how "
        "many steps is half of C gone, if x and h contribute nothing and nothing is added? Give one digit "
        "after the point. (With this bias f is {1}, and $\\ln f$ = {2}.)",
        Tolerance(0.06, 1),
        Scale(0, 200, unit="steps"),
        Scale(-100, 150),
        (
            Mistake(
                "linear",
                "Half in equal parts",
                "Here each step takes away the same as the first one. But it takes a share of what is left, "
                "which gets less and less.",
            ),
            Mistake(
                "one_over_loss",
                "1 / (1 − f)",
                "This is u + 1, the number of steps until about 37% is left (1 / e). Half is left sooner.",
            ),
            Mistake(
                "ln_half_forgotten",
                "ln ½ forgotten",
                "This is −1 / ln f: after so many steps 1 / e is left. For a half it is ln ½ / ln f.",
            ),
        ),
        "f = σ(ln u) = u / (1 + u), and half of C is gone after $\\ln 0.5 / \\ln f$ steps.",
        _FILE,
        {gradients.VIEW.name: "Where it starts"},
    ).with_numbers(_DRAWS, chrono_half_life_numbers)


def chrono_half_life_numbers(u: int) -> Numbers:
    """Compute the half-life of a gate that is as open as a drawn bias makes it, and the mistakes."""
    f = float(sigmoid(np.log(u)))
    return Numbers(
        (written(u), number(f, 4), number(float(np.log(f)), 4)),
        float(half_life(f)),
        {
            "linear": 0.5 / (1 - f),
            "one_over_loss": 1 / (1 - f),
            "ln_half_forgotten": -1 / float(np.log(f)),
        },
    )
