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


def _written_values(change: Mapping[str, float]) -> dict[str, str]:
    """Return the values of a GRU's step as they are written, those of its two parts of h as well."""
    setting = {**START, **change}
    step = scalar_gru_step(setting)
    old, new = parts_of_gru_state(step, setting["h_prev"])
    values = {**step._asdict(), "old": old, "new": new, "share": 1 - step.z}
    return {name: number(float(value)) for name, value in values.items() if np.ndim(value) == 0}


def _keep() -> Question:
    v = _written_values(KEEP)
    return Question(
        "gru_keep",
        "in a GRU, $z_t = 1$: all of $h_{t-1}$ is kept. What can this step add to h?",
        (
            Answer(
                "all",
                "The whole candidate",
                "z is open for the *old* h, and the candidate gets what is left, "
                f"$1 - z$: here {v['share']}. Of the candidate, {v['h_tilde']}, only {v['new']} is added.",
            ),
            Answer(
                "reset",
                "What r lets through",
                f"r decides what the candidate *sees*, not how much of it is added. That is $1 - z$: here r "
                f"is {v['r']}, and only {v['new']} of the candidate, {v['h_tilde']}, is added.",
            ),
            Answer(
                "nothing",
                "Nothing",
                "What is written is $(1 - z) \\odot \\tilde h$, and with z = 1 nothing of it is left: here "
                f"{v['new']} of {v['h_tilde']}. An LSTM can keep everything and still write: it has two "
                "gates for that, f and i.",
            ),
        ),
        right="nothing",
        setting=KEEP,
        covers=(WORDS, EQUATIONS, CURVES, TABLE, "gru_keep_numbers"),
    )


def _reset() -> Question:
    v = _written_values(RESET)
    return Question(
        "gru_reset",
        "the reset gate is shut, $r_t = 0$. What happens to the old hidden state $h_{t-1}$?",
        (
            Answer(
                "erased",
                "It is erased",
                f"The name is misleading. r does not touch the path of h: of {RESET['h_prev']:g} the "
                f"update gate keeps {v['old']}, as if r were open. To erase h takes z = 0.",
            ),
            Answer(
                "unseen",
                "The candidate does not see it",
                "r stands inside the candidate only: $\\tilde h$ is computed as if the old h were 0. But h "
                f"itself keeps its share z: {v['old']} of {RESET['h_prev']:g}.",
            ),
            Answer(
                "kept",
                "It is kept unchanged",
                f"That is z = 1. Here z is {v['z']}: {v['old']} of {RESET['h_prev']:g} is kept, and "
                f"{v['new']} is added from the candidate, which does not see the old h.",
            ),
        ),
        right="unseen",
        setting=RESET,
        covers=(WORDS, EQUATIONS, CURVES, TABLE, "gru_reset_numbers"),
    )
