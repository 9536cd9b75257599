"""The part *Explosion*: a gradient that grows, and what clipping makes of the update."""

import numpy as np

from lesson.frame.glossary import note, prose
from lesson.gradients import questions
from lesson.gradients.curves import curves_css, look_of_axes, look_of_curve
from lesson.gradients.parameters import EXPLOSION_RADIUS, FORGET_BIAS, SGD_RATE
from lesson.gradients.windows import CANDIDATE, GATES, SEEDS, shares, shares_through
from lesson.widgets.display import theme
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.numbers import scientific

_PANEL = Panel("explosion", "gradients/explosion", css=curves_css())
_COLUMNS = (
    "gradient of the RNN's weights",
    "norm",
    "length of the update ÷ length of the weights",
    "cosine with the unclipped gradient",
)
_STEPS = 200


def show() -> None:
    """Ask which kind of clipping keeps the direction, then let a gradient explode."""
    covered = ask(questions.about_clipping(), "clipping")
    curves = {name: look_of_curve(name, theme()) for name in ("LSTM", "RNN")}
    _PANEL.show(
        "explosion",
        [Control(EXPLOSION_RADIUS, along=True), Control(SGD_RATE)],
        page="gradients",
        look={"axes": look_of_axes(), "curves": curves, "columns": _COLUMNS},
        covered=covered,
    )
    prose(
        "**Drag the spectral radius.** With large recurrent weights the gradient grows on its way back. "
        "The gradient of the weights is a sum over all these steps. One update changes the weights by the "
        "learning rate times this sum. The table compares three updates: without clipping, clipped by value, "
        "and clipped by global norm."
    )
    prose(_lstms_explode())
    note("Clipping by value: Mikolov 2012. By global norm: Pascanu, Mikolov & Bengio 2013.")


def _lstms_explode() -> str:
    """Say with measured numbers that an LSTM's gradient can explode as well."""
    bias = FORGET_BIAS.high
    (left,) = shares("lstm", (bias,), _STEPS, scale=0.0, what="C").T
    median, low, high = (scientific(float(value)) for value in (np.median(left), left.min(), left.max()))
    candidate, gates = (
        scientific(float(np.median(shares_through(blocks, bias, _STEPS, scale=0.0))))
        for blocks in (CANDIDATE, GATES)
    )
    return (
        f"**An LSTM's gradient can explode as well**, so it is clipped too. With $b_f = {bias:g}$ and no "
        f"input, ∂L/∂C grows by a factor of {median} over {_STEPS - 1} steps (the median of {SEEDS} "
        f"untrained networks; from {low} to {high}). Along the cell-state path alone a gradient cannot grow, "
        f"because f is below 1. The growth comes through h and the candidate. We computed the "
        f"gradient again and left parts out: if h changes only the candidate, the factor is {candidate}; if "
        f"h changes only the three gates, it is {gates}."
    )
