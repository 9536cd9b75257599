"""The part *Where it starts*: what a network's first weights and biases decide."""

import numpy as np

from lesson.frame.glossary import prose
from lesson.gradients.curves import curves_css, look_of_axes
from lesson.gradients.first_weights import questions
from lesson.gradients.first_weights.answers import CHRONO, RULES
from lesson.gradients.parameters import FIRST_BIAS, FIRST_GRADIENT, FIRST_RULE, FIRST_STEPS, T_MAX
from lesson.widgets.display import theme
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.network.starts import FORGET_BIAS
from lstm.scalar import half_life
from visualization.palette import GREY, colour

_PANEL = Panel("first_weights", "gradients/starts", css=curves_css())
_CONTROLS = (
    Control(FIRST_RULE),
    Control(FIRST_BIAS, along=True),
    Control(T_MAX, along=True, as_slider=True),
    Control(FIRST_STEPS, more=True),
    Control(FIRST_GRADIENT, more=True),
)
_DASHES = {"this course": "1 0", "Keras": "9 4", "PyTorch": "2 4", "orthogonal": "12 4 2 4", CHRONO: "5 3"}
_TICKS = (1, 10, 100, 1000)  # half-lives, steps
_GATES = (0.5, 0.9, 0.99, 0.999)
_LOW, _HIGH = 0.5, 3000.0  # steps: the ends of the axis of half-lives


def show() -> None:
    """Ask which start recalls, then let a start be chosen, and show what was measured of each."""
    covered = ask(questions.questions(), "starts")
    _PANEL.show("first_weights", _CONTROLS, page="gradients", look=_look(), covered=covered)
    prose(
        "**Choose a start and drag its setting.** The curves show how much of the gradient is left, so many "
        "steps back. The dots show the half-life of each unit's forget gate before training, if x and h "
        "contribute nothing."
    )


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "axes": look_of_axes(),
        "names": list(FIRST_RULE.options),
        "chrono": CHRONO,
        "curves": {
            name: {"colour": GREY[tone], "dash": dash, "label": "", "width": 1.8}
            for name, dash in _DASHES.items()
        },
        "chosen": {"colour": colour("LSTM", tone), "width": 4, "dash": ""},
        "rules": {
            "name": FIRST_RULE.name,
            "settings": {
                name: {FIRST_BIAS.name: f"{FORGET_BIAS[rule]:g}"}
                for name, rule in RULES.items()
                if rule != CHRONO
            },
        },
        "scales": {
            "low": _hundredths(_LOW),
            "high": _hundredths(_HIGH),
            "ticks": [[_hundredths(steps), f"{steps:,}"] for steps in _TICKS],
            "gates": [[_hundredths(float(half_life(f))), f"{f:g}"] for f in _GATES],
            "title": "half-life in steps",
            "above": "forget gate f",
            "side": "units",
            "alt": "The half-lives of the forget gates of all units, shortest first.",
        },
    }


def _hundredths(value: float) -> int:
    return round(100 * float(np.log10(value)))
