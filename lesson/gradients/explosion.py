"""The part *Explosion*: a gradient that grows, and what clipping makes of the update."""

from lesson.frame.glossary import prose
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.parameters import EXPLOSION_RADIUS, SGD_RATE
from lesson.widgets.display import theme
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask

_PANEL = Panel("explosion", "gradients/explosion", css=curves_css())
_COLUMNS = ("gradient", "its norm", "update ÷ weights", "cosine with the raw one")


def show() -> None:
    """Ask which kind of clipping keeps the direction, then let a gradient explode."""
    prose("With large recurrent weights the same product grows instead. How large is one update then?")
    ask(questions.about_clipping(), "clipping")
    curves = {name: look_of_curve(name, theme()) for name in ("LSTM", "RNN")}
    _PANEL.show(
        "explosion",
        [Control(EXPLOSION_RADIUS, along=True), Control(SGD_RATE)],
        page="gradients",
        look={"axes": look_of_axes(), "curves": curves, "columns": _COLUMNS},
    )
