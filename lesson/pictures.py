"""The model's picture of what is right, for phones: an SVG and its words, for questions that have one."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from lesson.gates.questions import FADE, HIDE, KEEP, LARGE
from lesson.gates.sliders import START
from lesson.gradients.flows import Setup
from lesson.training.replay.film import film_of
from lstm.scalar import scalar_run, scalar_step
from visualization.drawings.paper import Axis, Curve
from visualization.drawings.pocket import pocket_axes, pocket_cell
from visualization.numbers import number, scientific, superscript

STEPS = 20  # of the cell over time
BACK, LOWEST = 50, -12  # steps that a gradient goes back, and the end of its axis as a power of ten


class Picture(NamedTuple):
    """A picture: an SVG, and what is on it, in words."""

    svg: str
    words: str


def picture_of(question: str) -> Picture | None:
    """Return the picture for a question of the course, by its id; None where there is none."""
    make = _PICTURES.get(question)
    return make() if make else None


def _cell(change: Mapping[str, float]) -> Picture:
    setting = {**START, **change}
    step = scalar_step(setting)._asdict()
    shares = {name: float(step[name]) for name in ("f", "i", "C_tilde", "o", "C", "h")}
    values = {name: number(value) for name, value in shares.items()} | {"C_prev": number(setting["C_prev"])}
    words = (
        f"The cell in this question: f = {values['f']}, i = {values['i']}, C̃ = {values['C_tilde']}, o = "
        f"{values['o']}. C was {values['C_prev']} and is {values['C']}; h is {values['h']}."
    )
    return Picture(pocket_cell(values, shares), words)


def _gate_along_input() -> Picture:
    x = np.linspace(-4, 4, 65)
    f = scalar_step({**START, "x": x}).f
    axes = (
        Axis("x", -4, 4, [(v, number(v, 0)) for v in (-4, -2, 0, 2, 4)]),
        Axis("forget gate f", 0, 1, [(v, f"{v:g}") for v in (0, 0.5, 1)]),
    )
    words = f"The forget gate over x: {number(f[0])} at x = −4, {number(f[-1])} at x = 4."
    return Picture(pocket_axes(*axes, [Curve("f, with fixed weights and biases", x, f)], ["f"]), words)


def _fading_state() -> Picture:
    setting = {**START, **FADE}
    C = np.concatenate([[setting["C_prev"]], scalar_run(setting, np.zeros(STEPS)).C])
    steps = np.arange(STEPS + 1)
    axes = (
        Axis("step t", 0, STEPS, [(t, str(t)) for t in range(0, STEPS + 1, 5)]),
        Axis("C", 0, 1, [(v, f"{v:g}") for v in (0, 0.25, 0.5, 0.75, 1)]),
    )
    words = f"C over {STEPS} steps: 1 at first, {number(C[2])} after 2 steps, {number(C[10])} after 10."
    return Picture(pocket_axes(*axes, [Curve("cell state C", steps, C)], ["C"]), words)


def _gradients(setups: Mapping[str, tuple[str, Setup]]) -> Picture:
    """Draw what is left of a gradient in one untrained network of each kind, by the steps back."""
    back = np.arange(BACK + 1)
    curves, ends = [], []
    for name, (kind, setup) in setups.items():
        norms = setup.norms(setup.flow(kind))[::-1][: BACK + 1]
        shares = np.log10(np.maximum(norms / norms[0], 10.0**LOWEST))
        curves.append(Curve(name, back, shares))
        ends.append(f"{name}: {scientific(float(norms[-1] / norms[0]))}")
    axes = (
        Axis("steps back, in one untrained network", 0, BACK, [(t, str(t)) for t in range(0, BACK + 1, 10)]),
        Axis("share of ∂L/∂h", LOWEST, 0, [(v, f"10{superscript(v)}") for v in range(LOWEST, 1, 3)]),
    )
    colours = [
        "RNN" if kind == "rnn" else colour for (kind, _), colour in zip(setups.values(), "Cfi", strict=False)
    ]
    words = f"What is left {BACK} steps back, in one untrained network of each. {'; '.join(ends)}."
    return Picture(pocket_axes(*axes, curves, colours), words)


def _losses() -> Picture:
    film = film_of("fables_gru")
    snapshots = film.checkpoint.snapshots
    last = list(
        {int(epoch): k for k, epoch in enumerate(film.epochs) if epoch >= 1}.values()
    )  # of each epoch
    rows = [np.asarray(row)[last] for row in (film.epochs, snapshots.loss, snapshots.validation_loss)]
    epochs, training, validation = rows
    best = int(np.argmin(validation))
    high, end = float(np.ceil(max(*training, *validation))), float(epochs[-1])
    axes = (
        Axis("epochs", 0, end, [(t, str(t)) for t in range(0, round(end) + 1, 10)]),
        Axis("loss", 0, high, [(v, f"{v:g}") for v in np.arange(0, high + 0.5)]),
    )
    curves = [Curve("training", epochs, training), Curve("validation", epochs, validation)]
    words = (
        f"The GRU's losses: the validation loss is lowest, {number(validation[best])}, after "
        f"{epochs[best]:.0f} epochs; the training loss falls to {number(training[-1])}."
    )
    return Picture(pocket_axes(*axes, curves, ["f", "C"]), words)


_PICTURES: Mapping[str, Callable[[], Picture]] = {
    "keep": lambda: _cell(KEEP),
    "hide": lambda: _cell(HIDE),
    "squash": lambda: _cell(LARGE),
    "constants": _gate_along_input,
    "half_life": _fading_state,
    "three": lambda: _gradients(
        {"LSTM, b_f = 1": ("lstm", Setup()), "LSTM, b_f = 3": ("lstm", Setup(forget_bias=3.0))}
    ),
    "without": lambda: _gradients(
        {"LSTM, b_f = 0": ("lstm", Setup(forget_bias=0.0)), "RNN, radius 0.9": ("rnn", Setup())}
    ),
    "radius": lambda: _gradients({"RNN, radius 1": ("rnn", Setup(radius=1.0))}),
    "when_to_stop": _losses,
}
