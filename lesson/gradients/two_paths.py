"""The part *Two gradient paths*: ∂L/∂C on its two paths to the past, and at which units it arrives."""

from lesson.frame.glossary import prose
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.parameters import FLOW_CELL, FORGET_BIAS, HIDDEN_UNITS, INPUT_SCALE, SEED, STEPS
from lesson.gradients.ranges import NEAR
from lesson.widgets.display import show_source, theme
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.cells import LSTMCell
from visualization.charts.gradients import PATHS
from visualization.drawings.gradient_units import unit_palette
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
        "**Drag the forget bias** and compare the two paths. ∂L/∂C goes back on two gradient paths. On the "
        "*cell-state path* every step multiplies it by f. The other path goes through the gates and h: C "
        "changes h, h changes the gates, and the gates change C. The gradients of both paths are vectors, "
        "and their sum is the whole ∂L/∂C. The curves show the lengths of these vectors, and lengths need "
        "not add up."
    )
    show_source(
        LSTMCell.backward_steps,
        "The code of the LSTM's backward pass, with ◀ at both paths",
        "the path through",
    )


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "axes": look_of_axes(),
        "curves": {name: look_of_curve(name, tone) for name in PATHS},
        "palettes": {"size": unit_palette(tone), "f": shades("f", tone), "z": shades("z", tone)},
    }
