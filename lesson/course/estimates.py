"""Questions whose answer is a number on a scale, for rooms: each truth is computed when it is asked for."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from lesson.cheatsheet.parameters import PART as SHEET_PART
from lesson.frame.memo import memo
from lesson.gates import parameters as gates
from lesson.gradients import parameters as gradients
from lesson.gradients.windows import SEEDS, medians
from lesson.training import parameters as training
from lesson.training.engine.settings import RunSettings
from lesson.widgets.catalogue import sample_text
from lstm import Vocabulary
from lstm.gradients import random_cell
from lstm.scalar import half_life
from visualization.numbers import number, scientific

_T, _BACK, _BIAS = 100, 50, 3.0
_F = 0.9
_D, _H = 10, 20


class Estimate(NamedTuple):
    """A question for a number.

    truth: as the library computes it.  low, high: where a number may lie; logarithmic: equal steps are equal
    factors.  file, query: the part that shows it.  like: a question of that part that covers the same there.
    """

    id: str
    text: str
    truth: float
    reply: str
    low: float
    high: float
    file: str
    query: Mapping[str, str]
    logarithmic: bool = False
    unit: str = ""
    like: str = ""


@memo()
def estimates() -> list[Estimate]:
    """Return all questions for a number, in the course's order; their truths are computed once."""
    return [_half_life(), _parameters(), _share_left(), _first_loss()]


def _half_life() -> Estimate:
    life = float(half_life(_F))
    return Estimate(
        "number_half_life",
        f"Each step only multiplies C by $f = {_F}$. After how many steps is half of C left?",
        life,
        f"After k steps {_F}ᵏ of C is left. Half is left after $\\ln 0.5 / \\ln f$ = {number(life, 1)} "
        "steps.",
        0, 50, "2_gates.py", {gates.PART.name: "Over time"}, unit="steps", like="half_life",
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
        10, 100_000, "7_cheatsheet.py", {SHEET_PART.name: "Compared"}, logarithmic=True,
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
        1e-12, 1, "3_gradients.py",
        {gradients.VIEW.name: gradients.VIEW.options[0], gradients.FORGET_BIAS.name: f"{_BIAS:g}"},
        logarithmic=True, like="three",
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
        0, 10, "4_training.py", {training.TAB.name: "Live"}, unit="nats", like="first_loss",
    )  # fmt: skip
