"""What the GRU's cell asks while it is moved: one step of it, and a run beside an LSTM.

Letters: T steps, P positions of the slider in hand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.frame.query import Query
from lesson.gates.gru.settings import look_of_sliders, lstm_beside, setting_along
from lesson.gates.input_presets import preset
from lesson.gates.parameters import GRU_CELL, GRU_INPUT
from lesson.gates.tables import hundredths
from lesson.widgets.source import Answer
from lstm.scalar import parts_of_gru_state, scalar_gru_run, scalar_gru_step, scalar_run
from visualization.numbers import number

STEPS = 20
# What the browser shows of a step: by the names of `GRUStep`, by those of the sliders, and what the two parts
# of h are made of.
COMPUTED = (
    "z_z", "z_r", "z_h", "z", "r", "h_tilde", "h",
    "seen_h", "one_minus_z", "kept_h", "added_h",
)  # fmt: skip
QUANTITIES = (*COMPUTED, *GRU_CELL)
LINES = ("h", "C", "h_lstm")  # over time: the GRU's state and the two of the LSTM
ROWS = ("z", "r", "h_tilde")  # over time, below them


def cell(query: Query) -> Answer:
    """Answer for every position of a slider, or for what is set."""
    queries = query.positions(GRU_CELL.values())
    setting = setting_along(queries, GRU_CELL)
    x = preset(query.choice(GRU_INPUT), STEPS)
    values, runs = step_values(setting), curves(setting, x)
    return {
        "common": {"x": hundredths(x).tolist()},
        "frames": [
            {
                "values": [int(values[name][p]) for name in QUANTITIES],
                "curves": {name: run[:, p].tolist() for name, run in runs.items()},
                "words": step_words({name: setting[name][p] for name in GRU_CELL}),
                "alt": run_words({name: run[:, p] for name, run in runs.items()}),
            }
            for p in range(len(queries))
        ],
    }


def step_values(setting: Mapping[str, NDArray]) -> dict[str, NDArray]:
    """Return every quantity of one step, in hundredths, (P,)."""
    step = scalar_gru_step(setting)
    kept_part, added_part = parts_of_gru_state(step, setting["h_prev"])
    values = {
        **{name: getattr(step, name) for name in COMPUTED if name in step._fields},
        "seen_h": step.concat_r[..., 0],
        "one_minus_z": 1 - step.z,
        "kept_h": kept_part,
        "added_h": added_part,
        **setting,
    }
    return {name: hundredths(values[name]) for name in QUANTITIES}


def curves(setting: Mapping[str, ArrayLike], x: NDArray) -> dict[str, NDArray]:
    """Return what is drawn over time, in hundredths, (T, P); both cells start empty."""
    gru = scalar_gru_run({**setting, "h_prev": 0.0}, x[:, None])
    lstm = scalar_run(lstm_beside(setting), x[:, None])
    lines = {"h": gru.h, "C": lstm.C, "h_lstm": lstm.h, **{name: getattr(gru, name) for name in ROWS}}
    return {name: hundredths(line) for name, line in lines.items()}


def step_words(setting: Mapping[str, ArrayLike]) -> str:
    """Say what one step does."""
    step = scalar_gru_step(setting)
    kept_part, added_part = parts_of_gru_state(step, setting["h_prev"])
    z, share, r, old, left, new, h_tilde, h, in_view = (
        number(float(value))
        for value in (
            step.z, 1 - step.z, step.r, setting["h_prev"], kept_part, added_part, step.h_tilde, step.h,
            step.concat_r[..., 0],
        )
    )  # fmt: skip
    return (
        f"The update gate keeps {z} of the old h ({old} becomes {left}) and lets in {share} of the candidate "
        f"({h_tilde} becomes {new}): now h is {h}. The candidate sees {r} of the old h ({old} becomes "
        f"{in_view}): that is the reset gate."
    )


def run_words(run: Mapping[str, Sequence[int] | NDArray]) -> str:
    """Say where the curves end; run: by name, in hundredths, each (T,)."""
    h, C, h_lstm = (number(float(run[name][-1]) / 100) for name in LINES)
    most = number(float(np.abs(run["h"]).max()) / 100)
    return (
        f"After {len(run['h'])} steps h of the GRU is {h}, C of the LSTM is {C} and its h is {h_lstm}. "
        f"On the way h of the GRU was never further than {most} from 0."
    )


def look() -> dict[str, Any]:
    """Return the names by which the browser looks numbers up."""
    return {
        "quantities": QUANTITIES,
        **look_of_sliders(GRU_CELL),
    }
