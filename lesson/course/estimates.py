"""Questions whose answer is a number on a scale, for rooms: each truth is computed when it is asked for."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from lesson.cheatsheet.parameters import PART as SHEET_PART
from lesson.classroom.question import Curve
from lesson.course import curves
from lesson.frame.memo import memo
from lesson.gates import parameters as gates
from lesson.gradients import parameters as gradients
from lesson.gradients.windows import SEEDS, medians
from lesson.training import parameters as training
from lesson.training.engine.settings import RunSettings
from lesson.training.replay.film import film_of
from lesson.training.replay.reading import ENOUGH
from lesson.widgets.catalogue import sample_text
from lstm import Vocabulary
from lstm.gradients import random_cell
from lstm.scalar import half_life
from visualization.numbers import number, scientific

_T, _BACK, _BIAS = 100, 50, 3.0
_BIASES, _ENOUGH_LEFT = tuple(round(0.1 * k, 1) for k in range(81)), 0.1
_F = 0.9
_D, _H = 10, 20
_MOST_UNITS, _FIRST_STEPS = 40, 700  # of two curves
_RACE = gradients.VIEW.options[0]


class Estimate(NamedTuple):
    """A question for a number.

    truth: as the library computes it.  low, high: where a number may lie; logarithmic: equal steps are equal
    factors.  curve: what the model does, drawn through a class's numbers.  file, query: the part that shows
    it.  like: a question of that part that covers the same there.
    """

    id: str
    text: str
    truth: float
    reply: str
    low: float
    high: float
    curve: Curve
    file: str
    query: Mapping[str, str]
    logarithmic: bool = False
    unit: str = ""
    like: str = ""


@memo()
def estimates() -> list[Estimate]:
    """Return all questions for a number, in the course's order; their truths are computed once."""
    return [
        _half_life(), _parameters(), _share_left(), _forget_bias(), _first_loss(), _readable_from(),
    ]  # fmt: skip


def _half_life() -> Estimate:
    life = float(half_life(_F))
    return Estimate(
        "number_half_life",
        f"Each step only multiplies C by $f = {_F}$. After how many steps is half of C left?",
        life,
        f"After k steps {_F}ᵏ of C is left. Half is left after $\\ln 0.5 / \\ln f$ = {number(life, 1)} "
        "steps.",
        0, 50, curves.state_over_steps(_F, 50), "2_gates.py", {gates.PART.name: "Over time"}, unit="steps",
        like="half_life",
    )  # fmt: skip


def _parameters() -> Estimate:
    cell = random_cell("lstm", _H, _D)
    count = cell.W.size + cell.b.size
    blocks = len(cell.gates)
    return Estimate(
        "number_parameters",
        f"An LSTM cell has D = {_D} inputs and H = {_H} hidden units. How many parameters (weights and "
        "biases) does it have?",
        count,
        f"Three gates and the candidate have H · (H + D) weights and H biases each. That is {blocks} · "
        f"({_H} · {_H + _D} + {_H}) = {count:,}.",
        10, 100_000, curves.parameters_over_units(_D, _MOST_UNITS), "8_cheatsheet.py",
        {SHEET_PART.name: "Compared"}, logarithmic=True,
    )  # fmt: skip


def _share_left() -> Estimate:
    left = float(medians("lstm", (_BIAS,), _T, back=_BACK)[0])
    return Estimate(
        "number_share_left",
        f"An untrained LSTM with $b_f = {_BIAS:g}$ reads {_T} steps. What share of its gradient is left "
        f"{_BACK} steps back?",
        left,
        f"We computed it in {SEEDS} networks with random weights. The median is {scientific(left)}, that is "
        f"{number(100 * left, 1)}% of the gradient.",
        1e-12, 1, curves.gradient_over_steps(_BIAS, _T, _BACK), "3_gradients.py",
        {gradients.VIEW.name: _RACE, gradients.FORGET_BIAS.name: f"{_BIAS:g}"},
        logarithmic=True, like="three",
    )  # fmt: skip


def _forget_bias() -> Estimate:
    left = medians("lstm", _BIASES, _BACK + 1)
    at = int((left >= _ENOUGH_LEFT).argmax())
    truth = _BIASES[at]
    return Estimate(
        "number_forget_bias",
        f"An untrained LSTM reads {_BACK + 1} steps. Which $b_f$ does it need so that a tenth of its "
        f"gradient is left at the first step, {_BACK} steps back?",
        truth,
        f"We computed it in {SEEDS} networks with random weights, for $b_f$ in steps of 0.1. The median is "
        f"at least {_ENOUGH_LEFT:g} from $b_f = {truth:.1f}$ on: there it is {scientific(float(left[at]))}. "
        f"At $b_f = 1$ it is {scientific(float(left[_BIASES.index(1)]))}, and it is never more than "
        f"{scientific(float(left.max()))}.",
        0, 8, curves.gradient_over_biases(_BIASES, left, _BACK), "3_gradients.py",
        {gradients.VIEW.name: _RACE, gradients.STEPS.name: str(_BACK + 1)}, like="three",
    )  # fmt: skip


def _first_loss() -> Estimate:
    size = len(Vocabulary.from_text(sample_text(RunSettings.text)))
    loss = math.log(size)
    return Estimate(
        "number_first_loss",
        f"The {RunSettings.text} have {size} different characters. What is the loss before the first step, "
        "in nats per character?",
        loss,
        f"An untrained network gives each of the {size} characters about the same probability, 1 in {size}. "
        f"The loss is about ln {size} = {number(loss)} nats.",
        0, 10, curves.loss_over_first_steps(film_of(RunSettings.text), _FIRST_STEPS), "4_training.py",
        {training.TAB.name: "Live"}, unit="nats", like="first_loss",
    )  # fmt: skip


def _readable_from() -> Estimate:
    film = film_of("fables")
    steps, at = film.checkpoint.snapshots.step, film.readable
    assert at is not None  # its test says so of every model that has words
    early = ", ".join(f"{step:,}" for step in steps[:4])
    return Estimate(
        "number_readable_from",
        f"The LSTM learns from the fables for {steps[-1]:,} steps, and writes a text at step {early} and so "
        f"on, each time after about twice as many steps. We call a text readable if at least {ENOUGH:.0%} "
        "of its words occur in the fables. From which step on is what it writes readable?",
        int(steps[at]),
        f"At step {steps[at - 1]:,}, {film.imitated[at - 1]:.0%} of its words occur in the fables. From step "
        f"{steps[at]:,} on at least {np.min(film.imitated[at:]):.0%} do. The validation loss is "
        f"{number(film.checkpoint.snapshots.validation_loss[at])} there, and it falls only to "
        f"{number(film.checkpoint.snapshots.validation_loss[-1])} after that.",
        0, int(steps[-1]), curves.loss_over_training(film), "4_training.py",
        {training.TAB.name: "Replay", training.MODEL.name: film.name}, like="readable_from",
    )  # fmt: skip
