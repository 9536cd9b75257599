"""The part *Two roads*: dL/dC on its two paths to the past, and which units carry it."""

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

_PANEL = Panel("roads", "gradients/roads", css=curves_css())
_CONTROLS = (
    Control(FORGET_BIAS, along=True, near=NEAR),
    Control(STEPS, more=True),
    Control(INPUT_SCALE, along=True, near=NEAR, more=True),
    Control(HIDDEN_UNITS, more=True),
    Control(SEED, more=True, as_field=True),
    Control(FLOW_CELL, in_question=False),
)


def show() -> None:
    """Ask what comes along the belt alone, then show both paths and where the gradient flows."""
    ask(questions.about_the_paths(), "roads")
    _PANEL.show("roads", _CONTROLS, page="gradients", look=_look())
    prose(
        "dL/dC has two roads to the past: along the belt, where every step multiplies by f, and through the "
        "gates and h, which C changes too. Both are computed here. As vectors they add up to the whole; "
        "their lengths, which are drawn, need not."
    )
    show_source(
        LSTMCell.backward, "The LSTM's backward pass as it runs: ◀ marks the road along the belt",
        "the path through the cell state",
    )  # fmt: skip


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "axes": look_of_axes(),
        "curves": {name: look_of_curve(name, tone) for name in PATHS},
        "palettes": {"size": unit_palette(tone), "f": shades("f", tone), "z": shades("z", tone)},
    }
