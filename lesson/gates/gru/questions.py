"""The questions of the part *GRU*: two confusions about its two gates."""

from collections.abc import Mapping

import numpy as np

from lesson.gates.covers import CURVES, EQUATIONS
from lesson.gates.parameters import GRU_CELL
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import WORDS
from lstm.scalar import parts_of_gru_state, scalar_gru_step
from visualization.numbers import number

TABLE = "table"  # which gate of an LSTM each gate stands for
OPEN, SHUT = 8.0, -8.0  # biases that open a gate and shut it, as far as the sliders go
START = {name: slider.start for name, slider in GRU_CELL.items()}
KEEP = {"b_z": OPEN, "x": 1.0, "h_prev": 0.8}
RESET = {"b_r": SHUT, "x": 1.0, "h_prev": 0.8}


def questions() -> list[Question]:
    """Return the questions of this part."""
    return [_keep(), _reset()]


def _written_values(change: Mapping[str, float], digits: int = 2) -> dict[str, str]:
    """Return the values of a GRU's step as they are written, those of its two parts of h as well."""
    setting = {**START, **change}
    step = scalar_gru_step(setting)
    old, new = parts_of_gru_state(step, setting["h_prev"])
    values = {**step._asdict(), "old": old, "new": new, "share": 1 - step.z}
    return {name: number(float(value), digits) for name, value in values.items() if np.ndim(value) == 0}


def _keep() -> Question:
    v = _written_values(KEEP, 4)  # with two digits z would be 1.00
    example = (
        f"An example: with $b_z = {KEEP['b_z']:g}$, z is {v['z']}, and of the candidate, "
        f"{v['h_tilde']}, only {v['new']} is added."
    )
    return Question(
        "gru_keep",
        "in a GRU, $z_t = 1$: all of $h_{t-1}$ is kept. What can this step add to h?",
        (
            Answer(
                "all",
                "The whole candidate",
                "z is open for the *old* h. The candidate gets what is left, $1 - z$, and with z = 1 that is "
                f"0. {example}",
            ),
            Answer(
                "reset",
                "What r lets through",
                "r decides what the candidate *sees*. The share that is added is $1 - z$, and with z = 1 "
                "that is 0: nothing is added.",
            ),
            Answer(
                "nothing",
                "Nothing",
                "What is written is $(1 - z) \\odot \\tilde h$, and with z = 1 that is 0. An LSTM can keep "
                f"everything and still write: it has two gates for that, f and i. {example}",
            ),
        ),
        right="nothing",
        setting=KEEP,
        covers=(WORDS, EQUATIONS, CURVES, TABLE, "gru_keep_numbers"),
    )


def _reset() -> Question:
    v = _written_values(RESET)
    example = f"with z = {v['z']}, {v['old']} of {RESET['h_prev']:g} is kept"
    return Question(
        "gru_reset",
        f"in a GRU the reset gate is shut, $r_t = 0$, and the update gate is $z_t = {v['z']}$. What happens "
        f"to the old hidden state $h_{{t-1}} = {RESET['h_prev']:g}$?",
        (
            Answer(
                "erased",
                "It is erased",
                f"The name is misleading. r does not touch the path of h: in this example, {example}, as if "
                "r were open. To erase h takes z = 0.",
            ),
            Answer(
                "unseen",
                "The candidate does not see it",
                "r stands inside the candidate only: $\\tilde h$ is computed as if the old h were 0. But h "
                f"itself keeps its share z. In this example, {example}.",
            ),
            Answer(
                "kept",
                "It is kept unchanged",
                f"That takes z = 1. In this example, {example}, and {v['new']} is added from the candidate, "
                "which does not see the old h.",
            ),
        ),
        right="unseen",
        setting=RESET,
        covers=(WORDS, EQUATIONS, CURVES, TABLE, "gru_reset_numbers"),
    )
