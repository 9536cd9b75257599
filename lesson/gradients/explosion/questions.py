"""The question about the exploding LSTM."""

import numpy as np

from lesson.gradients.explosion.networks import BIAS, STEPS_BACK, spread
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import LSTM_BIAS
from lesson.gradients.questions import CURVES, UPDATE
from lesson.gradients.windows import SEEDS
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from visualization.numbers import scientific


def about_lstms() -> list[Question]:
    """Ask whether an LSTM's gradient can explode."""
    bias, scale = LSTM_BIAS.start, 0.5
    without, noisy = (spread(Setup().H, BIAS, (bias,), each) for each in (0.0, scale))
    grown, with_input = (scientific(float(each.median[0, -1])) for each in (without, noisy))
    path = scientific(float(np.median(without.path[0, -1])))
    measured = (
        f"In {SEEDS} untrained LSTMs with $b_f = {bias:g}$ and no input, ∂L/∂C grows by a factor of "
        f"{grown} over {STEPS_BACK} steps (median). Along the cell-state path alone {path} of it would be "
        f"left. With input of standard deviation {scale:g} the factor is {with_input}."
    )
    return [
        Question(
            "lstm_explodes",
            "an LSTM’s forget gate f is never above 1. Can its gradient ∂L/∂C explode all the same?",
            (
                Answer(
                    "never",
                    "No: what is multiplied by f again and again only shrinks",
                    f"That is true of the cell-state path, but there is another one, through h. {measured}",
                ),
                Answer(
                    "built_for_it",
                    "No: LSTMs were made so that no gradient explodes",
                    "That was the aim for the cell-state path, and in 1997 the path through h was cut in "
                    "training (Hochreiter & Schmidhuber 1997). Today it is not: on it each step multiplies "
                    f"by weights, as in an RNN. {measured}",
                ),
                Answer(
                    "through_h",
                    "Yes: C changes h, and h the next C through weights",
                    f"On this path each step multiplies by recurrent weights, as in an RNN. {measured}",
                ),
                Answer(
                    "large_input",
                    "Yes, but only with a large input: it opens all gates",
                    "It is the other way round. A large input drives C and the candidate to where tanh is "
                    f"flat. {measured}",
                ),
            ),
            right="through_h",
            covers=(CURVES, WORDS, UPDATE),
        )
    ]
