"""What the live cell's front end is given once: its equations, curves, source, presets and script.

What is read from source or computed is the same for everybody and made once: every run of a page asks for it.
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from lesson.gates.sliders import START, Setting
from lstm.equations import LSTMStep, concatenate, lstm_step, sigmoid
from lstm.scalar import scalar_step
from visualization.equations import EQUATIONS, Html, Notation
from visualization.numbers import number
from visualization.symbols import owner

# -- the six equations --


class _Numbers(Notation):
    """With a place for every number in the colour of its symbol; of one unit and one input, so ⊙ is ·."""

    times = "·"

    def name(self, name: str) -> str:
        return f"<b data-value={name} data-own={owner(name)}></b>"

    def matrix_product(self, matrix: str, vectors: list[str]) -> str:
        gate = matrix.removeprefix("W_")
        weights = (self.name(f"w_{gate}{of}") for of in "hx")
        return " + ".join(f"{weight}·{vector}" for weight, vector in zip(weights, vectors, strict=True))


def equations(cell: str = "lstm") -> list[dict[str, str]]:
    """The equations of a cell as the browser lays them out: the symbol, its name at time t, the textbook's
    right side, and the same with numbers, which are rounded and so only about equal."""
    formula, numbers = Html(), _Numbers()
    return [
        {
            "symbol": row.symbol,
            "left": formula.name(row.symbol),
            "formula": formula.write(row.right),
            "numbers": " ≈ ".join(numbers.write(side) for side in (row.right, row.last_step) if side),
        }
        for row in EQUATIONS[cell]
    ]


# -- the response curves --


@cache
def response_curves() -> tuple[dict, ...]:
    """Return σ and tanh as points for the picture, and which quantities stand on them."""
    z = np.linspace(-8, 8, 81)
    heights = {"σ": sigmoid(z), "tanh": (np.tanh(z) + 1) / 2}  # 0..1
    dots = {
        "σ": [{"symbol": g, "z": f"z_{g}", "value": g} for g in "fio"],
        "tanh": [
            {"symbol": "C_tilde", "z": "z_C", "value": "C_tilde"},
            {"symbol": "h", "z": "C", "value": "tanh_C"},
        ],
    }
    titles = {"σ": "σ, from 0 to 1: f, i and o", "tanh": "tanh, from −1 to 1: C̃ and tanh C"}
    return tuple(
        {
            "title": titles[name],
            "points": " ".join(f"{a:.2f},{4 - 8 * b:.3f}" for a, b in zip(z, y, strict=True)),
            "dots": dots[name],
            "low": 0 if name == "σ" else -1,
        }
        for name, y in heights.items()
    )


# -- the source, line by line --

# Which symbol a line of `lstm_step` belongs to, by what it computes.
_OF_LINE = {
    "f": "f", "z_f": "f", "i": "i", "z_i": "i", "C_tilde": "C_tilde", "z_C": "C_tilde", "o": "o", "z_o": "o",
    "kept_part": "C", "added_part": "C", "C": "C", "tanh_C": "h", "h": "h",
}  # fmt: skip


@cache
def source_lines() -> tuple[dict[str, str], ...]:
    """Return the lines of `lstm_step` as it runs, each with the symbol it computes."""
    lines = []
    for line in inspect.getsource(lstm_step).rstrip().split("\n"):
        assigned = re.match(r"    (\w+) = ", line)
        lines.append({"text": line, "symbol": _OF_LINE.get(assigned[1], "") if assigned else ""})
    return tuple(lines)


# -- presets that are lessons --


class Preset(NamedTuple):
    """A setting with a name, and what it teaches; what `change` does not name is as at the start.

    free: the sliders that may stand anywhere and the lesson is still true; it goes when another one moves.
    """

    name: str
    change: Mapping[str, float]
    lesson: str
    free: tuple[str, ...] = ()

    @property
    def setting(self) -> Setting:
        """Return the whole setting."""
        return {**START, **self.change}


# Weights as small and uneven as an untrained network's, to the slider's quarter.
_SMALL = {
    "w_fh": -0.5, "w_fx": 0.25, "w_ih": 0.5, "w_ix": -0.25, "w_Ch": 0.75, "w_Cx": 0.5, "w_oh": -0.25,
    "w_ox": 0.25,
}  # fmt: skip
PRESETS = (
    Preset(
        "Remember",
        {"b_f": 8, "b_i": -8, "C_prev": 2, "x": -1},
        "The forget gate is open and the input gate is shut, so the cell state stays as it was. Drag x from "
        "end to end and see that C hardly changes.",
        free=("x",),
    ),
    Preset(
        "Forget",
        {"b_f": -8, "b_i": -8, "C_prev": 2},
        "The forget gate and the input gate are shut. The old cell state is multiplied by almost 0, almost "
        "nothing is added, and C is almost 0. Drag the old cell state and see that C hardly changes.",
        free=("x", "C_prev"),
    ),
    Preset(
        "Write",
        {"b_f": -8, "b_i": 8, "b_C": 2, "C_prev": -2},
        "The forget gate is shut and the input gate is open, so the candidate replaces the old cell state. "
        "Drag x: C is almost the candidate, and it stays between −1 and 1.",
        free=("x",),
    ),
    Preset(
        "Ignore",
        {"b_i": -8, "w_ix": 0, "b_f": 3, "x": 4},
        "x is large and the candidate is near 1, but the input gate is shut: almost nothing is added to C.",
        free=("C_prev",),
    ),
    Preset(
        "Hide",
        {"b_f": 8, "b_i": -8, "b_o": -8, "C_prev": 3},
        "With its bias at −8 the output gate is shut: h is 0.00, but C is still 3.00. Drag this bias "
        "(under “More sliders”) to the right: then h shows that C was there all the time.",
        free=("b_o",),
    ),
    Preset(
        "Saturated",
        {"b_f": 8, "b_i": 8, "b_C": 8, "b_o": 8, "C_prev": 4},
        "Every sum z (weights times inputs, plus bias) is so large that σ and tanh are flat there. Drag x "
        "from end to end: no gate moves by more than 0.02. A network with such gates hardly learns, because "
        "the slopes of σ and tanh are all below 0.02.",
        free=("x",),
    ),
    Preset(
        "Untrained",
        {**_SMALL, "b_f": 1},
        "Small random weights and a forget bias of 1, as an untrained network of this course has them. The "
        "gates are neither open nor shut; f is larger than i and o.",
    ),
    Preset(
        "b_f = 0",
        {**_SMALL, "b_f": 0},
        "The same small weights, but a forget bias of 0; PyTorch starts near 0 too. Now f is {f}, so {lost} "
        "of the old cell state is lost in one step. Compare the half-life with that of the preset "
        "“Untrained”.",
    ),
)


def lesson_of(preset: Preset) -> str:
    """Return what a preset teaches, with the numbers of its own setting."""
    f = scalar_step(preset.setting).f
    return preset.lesson.format(f=number(f), lost=number(1 - f))


# -- the script --

_HEAD = '''"""One LSTM cell, as it stood on the page: its gates and states.  NumPy 2.2 is all it needs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]
'''
_TAIL = """setting = {
{setting}
}
inputs = [{inputs}]  # x, one number a step

W = [np.array([[setting[f"w_{gate}h"], setting[f"w_{gate}x"]]]) for gate in "fiCo"]
b = [np.array([setting[f"b_{gate}"]]) for gate in "fiCo"]
h, C = np.array([setting["h_prev"]]), np.array([setting["C_prev"]])
for t, x in enumerate(inputs, 1):
    step = lstm_step(np.array([x]), h, C, *W, *b)
    h, C = step.h, step.C
    shown = {name: getattr(step, name)[0] for name in ("f", "i", "C_tilde", "o", "C", "h")}
    print(f"t = {t}: " + ", ".join(f"{name} = {round(value, 2) + 0.0:.2f}" for name, value in shown.items()))
"""


@cache
def script_template() -> str:
    """Return a script of NumPy alone with two gaps, {setting} and {inputs}; its functions are `lstm`'s."""
    parts = (LSTMStep, sigmoid, concatenate, lstm_step)
    return "\n\n".join([_HEAD, *(inspect.getsource(part).rstrip() + "\n" for part in parts), _TAIL])


def script(setting: Setting, inputs: Sequence[float]) -> str:
    """Return the script for a setting; the browser fills the same gaps in the same way."""
    lines = "\n".join(f'    "{name}": {value:.2f},' for name, value in setting.items() if name != "x")
    filled = script_template().replace("{setting}", lines, 1)
    return filled.replace("{inputs}", ", ".join(f"{value:.2f}" for value in inputs), 1)
