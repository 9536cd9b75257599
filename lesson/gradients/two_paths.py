"""The part *Two gradient paths*: ∂L/∂C on its two paths to the past, and at which units it arrives."""

import numpy as np

from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.parameters import FLOW_CELL, FORGET_BIAS, HIDDEN_UNITS, INPUT_SCALE, SEED, STEPS
from lesson.gradients.ranges import NEAR
from lesson.gradients.windows import CANDIDATE, GATES, SEEDS, shares, shares_through
from lesson.widgets.display import show_source
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.cells import LSTMCell
from visualization.charts.gradients import PATHS
from visualization.drawings.gradient_units import unit_palette
from visualization.numbers import scientific
from visualization.shades import shades

_PANEL = Panel("paths", "gradients/paths", css=curves_css())
_CONTROLS = (
    Control(FORGET_BIAS, along=True, near=NEAR),
    Control(STEPS, more=True),
    Control(INPUT_SCALE, along=True, near=NEAR, more=True),
    Control(HIDDEN_UNITS, more=True),
    Control(SEED, more=True, as_field=True),
    Control(FLOW_CELL, in_question=False),
)


def show() -> None:
    """Ask what comes along the cell state alone, then show both paths and where the gradient arrives."""
    covered = ask(questions.about_the_paths(), "roads")
    _PANEL.show("paths", _CONTROLS, page="gradients", look=_look(), covered=covered)
    prose(
        "**Drag the forget bias** and compare the two gradient paths of ∂L/∂C. On the "
        "*cell-state path* every step multiplies it by f. The other path goes *through h* at least once: C "
        "changes h, h changes the candidate and the gates, and these change the next C. The whole "
        "∂L/∂C is the sum of both vectors. The curves show their lengths, and the length of a sum of vectors "
        "is not the sum of the lengths."
    )
    if not covered:
        prose(through_the_candidate())
    show_source(
        LSTMCell.backward_steps,
        "The code of the LSTM's backward pass, with ◀ at both paths",
        "the path through",
    )


def through_the_candidate() -> str:
    """Say with measured numbers what h does on the other path."""
    bias, T, back = 1.0, 100, 50
    whole, candidate, gates, alone = (
        scientific(float(np.median(values)))
        for values in (
            shares("lstm", (bias,), T, what="C", back=back),
            shares_through(CANDIDATE, bias, T, back=back),
            shares_through(GATES, bias, T, back=back),
            shares_through((), bias, T, back=back),
        )
    )
    return (
        "**Before training, the path through h goes almost only through the candidate.** With "
        f"$b_f = {bias:g}$ and T = {T}, {whole} of ∂L/∂C is left {back} steps back. If h changes only the "
        f"candidate, it is {candidate}; if h changes only the three gates, {gates}; and if it changes "
        f"nothing, along the cell-state path alone, {alone} (medians of {SEEDS} untrained networks)."
    )


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "axes": look_of_axes(),
        "curves": {name: look_of_curve(name, tone) for name in PATHS},
        "palettes": {"size": unit_palette(tone), "f": shades("f", tone), "z": shades("z", tone)},
    }
