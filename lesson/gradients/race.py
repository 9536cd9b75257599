"""The part *The race*: how much of an error arrives at every earlier step, in three kinds of cells."""

from lesson.frame.glossary import note, prose
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.flows import Setup, runners
from lesson.gradients.parameters import (
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    KEEP_BIAS,
    MEASURED,
    RADIUS,
    SEED,
    STEPS,
)
from lesson.gradients.ranges import NEAR
from lesson.gradients.sentences import CLAIMS
from lesson.widgets.display import theme
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.equations import sigmoid
from visualization.numbers import number, scientific

_PANEL = Panel("race", "gradients/race", css=curves_css())
_CONTROLS = (
    Control(FORGET_BIAS, along=True, near=NEAR),
    Control(STEPS, more=True),
    Control(MEASURED, more=True),
    Control(RADIUS, along=True, more=True),
    Control(KEEP_BIAS, along=True, more=True),
    Control(INPUT_SCALE, along=True, near=NEAR, more=True),
    Control(HIDDEN_UNITS, more=True),
    Control(SEED, more=True, as_field=True),
)
_CARDS = (
    ("Forget bias → mean gate f", ""),
    (
        "Half-life, ln 0.5 / ln f",
        "Of the mean gate. Along the belt each unit multiplies by its own gates, so that those which keep "
        "most or least count most: the next number differs a little.",
    ),
    ("The belt alone: half is gone after", ""),
    ("The whole ∂L/∂C: half is gone after", ""),
)


def show() -> None:
    """Ask what will be left of an error, then show it and say it in words."""
    ask(questions.about_the_race(), "race")
    _PANEL.show("race", _CONTROLS, page="gradients", look=_look())
    prose(
        "A network learns by sending its errors back through the steps that led to them, and every step "
        f"multiplies: {_chain()} Here an error is put in at the last step, and the curves show how much of "
        "its **gradient** (the length of the vector ∂L/∂h, or ∂L/∂C) arrives at every earlier one."
    )
    note(
        "Below the lower dotted line an update is smaller than float32 can add to a weight of the size of 1. "
        "A triangle marks where a curve leaves the picture; point at it, and it is said what is there."
    )


def _look() -> dict[str, object]:
    return {
        "axes": look_of_axes(),
        "curves": {name: look_of_curve(name, theme()) for name in runners(Setup())},
        "cards": [{"title": title, "help": words} for title, words in _CARDS],
        "claims": [inline_html(claim) for claim in CLAIMS],
    }


def _chain() -> str:
    """Return the product that gradients vanish by, for the gate of an LSTM at its start."""
    f = float(sigmoid(1.0))
    return f"{number(f)} × {number(f)} × …, 50 times, is {scientific(f**50)}."
