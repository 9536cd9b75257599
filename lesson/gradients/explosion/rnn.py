"""The RNN that explodes, and what clipping makes of the update."""

from streamlit.delta_generator import DeltaGenerator

from lesson.frame.glossary import prose
from lesson.frame.style import theme
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import EXPLOSION_RADIUS, SGD_RATE
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask

_PANEL = Panel("explosion", "gradients/explosion", css=curves_css())
COLUMNS = (
    "gradient of the RNN's weights",
    "norm",
    "length of the update ÷ length of the weights",
    "cosine with the unclipped gradient",
)


def show(place: DeltaGenerator) -> None:
    """Ask which kind of clipping keeps the direction, then let a gradient explode.

    place: of the question and the panel.
    """
    with place:
        covered = ask(questions.about_clipping(), "clipping")
        setup = Setup()
        curves = {name: look_of_curve(name, theme()) for name in ("LSTM", "RNN")}
        _PANEL.show(
            "explosion",
            [Control(EXPLOSION_RADIUS, along=True), Control(SGD_RATE)],
            page="gradients",
            look={"axes": look_of_axes(), "curves": curves, "columns": COLUMNS},
            covered=covered,
        )
    prose(
        "**Drag the spectral radius.** With large recurrent weights the gradient grows on its way back. "
        "The gradient of the weights is a sum over all these steps, and an update is the learning rate times "
        "this sum. "
        f"The LSTM beside it has $b_f = {setup.forget_bias:g}$, as many units ({setup.H}) and the same input."
    )
