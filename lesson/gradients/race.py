"""The part *The race*: how much of an error arrives at every earlier step, in three kinds of cells."""

import numpy as np
from numpy.typing import NDArray

from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.flows import Setup, runners
from lesson.gradients.parameters import (
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    LIBRARIES,
    MEASURED,
    RADIUS,
    SEED,
    START,
    STEPS,
    UPDATE_BIAS,
)
from lesson.gradients.ranges import NEAR
from lesson.gradients.sentences import CLAIMS
from lesson.gradients.windows import SEEDS, shares
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.numbers import scientific

_PANEL = Panel("race", "gradients/race", css=curves_css())
_CONTROLS = (
    Control(FORGET_BIAS, along=True, near=NEAR),
    Control(START, more=True),
    Control(RADIUS, along=True, more=True),
    Control(UPDATE_BIAS, along=True, more=True),
    Control(INPUT_SCALE, along=True, near=NEAR, more=True),
    Control(STEPS, more=True),
    Control(MEASURED, more=True),
    Control(HIDDEN_UNITS, more=True),
    Control(SEED, more=True, as_field=True),
)
_CARDS = (
    ("Forget bias → mean gate f", ""),
    ("Half-life of this gate, ln 0.5 / ln f", ""),
    (
        "Cell-state path alone: steps until half is left",
        "Each unit has its own forget gate, and the gradient lasts longest in the units with the largest f. "
        "So this number can differ a little from the half-life of the mean gate.",
    ),
    (
        "The LSTM's curve: steps until half is left",
        "∂L/∂h falls a lot at the first step back, because the next step does not keep h: it only uses h "
        "to compute the gates and the candidate. ∂L/∂C has the cell-state path.",
    ),
)


def show() -> None:
    """Ask what will be left of an error, then show it and say it in words."""
    covered = ask(questions.about_the_race(), "race")
    _PANEL.show("race", _CONTROLS, page="gradients", look=_look(), covered=covered)
    prose(
        "**Drag the forget bias** and watch the LSTM's curve. At the last step we start with a gradient "
        "∂L/∂h of length 1 (L is the loss). The curves show its length at each earlier step."
    )
    if not covered:
        prose(where_in_the_sequence())


def _look() -> dict[str, object]:
    return {
        "axes": look_of_axes(),
        "curves": {name: look_of_curve(name, theme()) for name in runners(Setup())},
        "cards": [{"title": title, "help": words} for title, words in _CARDS],
        "claims": [inline_html(claim) for claim in CLAIMS],
        "libraries": {"name": START.name, "settings": LIBRARIES},
    }


def where_in_the_sequence() -> str:
    """Say with measured numbers that the position of a step in the sequence matters."""
    bias, back, steps = 3.0, 50, (100, 51)
    long, short = (_spread(shares("lstm", (bias,), T, back=back)[:, 0]) for T in steps)
    return (
        "**The position of a step matters too.** Near the first step C is still small, so "
        "the slope tanh' is near 1, and more of the gradient gets from h into C. With "
        f"$b_f = {bias:g}$, {long} of ∂L/∂h is left {back} steps back in a sequence of {steps[0]} steps, and "
        f"{short} in one of {steps[1]} (medians of {SEEDS} networks, and all of them)."
    )


def _spread(values: NDArray) -> str:
    median, low, high = (scientific(float(pick(values))) for pick in (np.median, np.min, np.max))
    return f"{median} ({low} to {high})"
