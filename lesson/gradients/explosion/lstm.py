"""The LSTM that explodes."""

import numpy as np
from streamlit.delta_generator import DeltaGenerator

from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.gradients.curves import curves_css, look_of_axes
from lesson.gradients.explosion.lstm_answers import LARGEST, MEDIAN, ONE, PATH, SMALLEST
from lesson.gradients.explosion.networks import EVERY, STEPS_BACK, growth_without_input
from lesson.gradients.explosion.questions import about_lstms
from lesson.gradients.explosion.rnn import COLUMNS
from lesson.gradients.parameters import LSTM_BIAS, LSTM_INPUT, LSTM_UNITS, SEED, SGD_RATE
from lesson.gradients.windows import CANDIDATE, GATES, SEEDS, shares_through
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.numbers import number, scientific
from visualization.palette import colour

_PANEL = Panel("explosion", "gradients/lstm_explosion", css=curves_css())
_CONTROLS = (
    Control(LSTM_BIAS, along=True),
    Control(LSTM_INPUT, along=True),
    Control(SGD_RATE, more=True),
    Control(LSTM_UNITS, more=True),
    Control(SEED, more=True, as_field=True),
)


def show(place: DeltaGenerator) -> None:
    """Ask whether it can explode, then show when it does, and why; place: of the question and the panel."""
    with place:
        covered = ask(about_lstms(), "lstm_explodes")
        _PANEL.show("lstm_explosion", _CONTROLS, page="gradients", look=_look(), covered=covered)
    if not covered:
        prose(_why())
        prose(_why_clipped())


def _look() -> dict[str, object]:
    tone = theme()
    whole, path = colour("LSTM", tone), colour("f", tone)
    places = range(STEPS_BACK // EVERY + 1)
    return {
        "axes": look_of_axes()
        | {
            "title": "steps back in time",
            "ticks": [[k, str(k * EVERY)] for k in places if k * EVERY % 40 == 0],
            "names": [f"{k * EVERY} steps back" for k in places],
        },
        "curves": {
            MEDIAN: {"colour": whole, "dash": "", "label": "", "width": 3.5},
            LARGEST: {"colour": whole, "dash": "2 4", "label": "", "width": 2},
            SMALLEST: {"colour": whole, "dash": "8 4 2 4", "label": "", "width": 2},
            ONE: {"colour": whole, "dash": "", "label": "", "width": 1.2},
            PATH: {"colour": path, "dash": "7 4", "label": "", "width": 3.5},
        },
        "columns": (COLUMNS[0].replace("RNN", "LSTM"), *COLUMNS[1:]),
    }


def _why() -> str:
    """Say with measured numbers through which blocks it grows, and why an input stops it."""
    bias = LSTM_BIAS.high
    candidate, gates = (
        scientific(float(np.median(shares_through(blocks, bias, STEPS_BACK + 1, scale=0.0))))
        for blocks in (CANDIDATE, GATES)
    )
    radius = growth_without_input(bias)
    return (
        f"**Why.** With $b_f = {bias:g}$ and no input: if h changes only the candidate, the factor is "
        f"{candidate}; if h changes only the three gates, it is {gates}, as along the cell-state path alone "
        f"(the medians of {SEEDS} networks). Without input h and C stay 0, so i = o = ½ and all "
        "slopes of tanh are 1. Then each step multiplies ∂L/∂C by one and the same matrix: ¼ of the "
        f"candidate’s recurrent weights, transposed, with f added on its diagonal. Its spectral radius is "
        f"{number(radius, 3)} (median), and {number(radius, 3)} to the power of {STEPS_BACK} is "
        f"{scientific(radius**STEPS_BACK)}: about "
        "the same size."
    )


def _why_clipped() -> str:
    return (
        "**So LSTMs are clipped, too.** Without clipping, a single gradient that explodes moves the "
        "weights far away from all that was learned. The table shows one update of the "
        "network with this seed."
    )
