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
from visualization.equations import EQUATIONS, Html, Notation
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


def equations() -> list[dict[str, str]]:
    """The equations as the browser lays them out: the symbol, its name at time t, the textbook's right side,
    and the same with numbers."""
    formula, numbers = Html(), _Numbers()
    return [
        {
            "symbol": row.symbol,
            "left": formula.name(row.symbol),
            "formula": formula.write(row.right),
            "numbers": " = ".join(numbers.write(side) for side in (row.right, row.last_step) if side),
        }
        for row in EQUATIONS["lstm"]
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
    """A setting with a name, and what it teaches; what `change` does not name is as at the start."""

    name: str
    change: Mapping[str, float]
    lesson: str

    @property
    def setting(self) -> Setting:
        """Return the whole setting."""
        return {**START, **self.change}


# Weights as small and uneven as a new network's, to the slider's quarter.
_SMALL = {
    "w_fh": -0.5, "w_fx": 0.25, "w_ih": 0.5, "w_ix": -0.25, "w_Ch": 0.75, "w_Cx": 0.5, "w_oh": -0.25,
    "w_ox": 0.25,
}  # fmt: skip
PRESETS = (
    Preset(
        "Remember",
        {"b_f": 8, "b_i": -8, "C_prev": 2, "x": -1},
        "The forget gate is open and the input gate is shut: the belt carries what it held, whatever x says. "
        "Drag x from end to end and see how little C cares.",
    ),
    Preset(
        "Forget",
        {"b_f": -8, "b_i": -8, "C_prev": 2},
        "Both gates of the belt are shut: what was held is multiplied by almost 0 and nothing takes its "
        "place. Forgetting is f near 0.",
    ),
    Preset(
        "Write",
        {"b_f": -8, "b_i": 8, "b_C": 2, "C_prev": -2},
        "f is shut and i is open: the old value goes and the candidate takes its place. Drag x: C follows "
        "it, and can't leave −1 … 1.",
    ),
    Preset(
        "Ignore",
        {"b_i": -8, "w_ix": 0, "b_f": 3, "x": 4},
        "A large x, and a candidate near 1, but the input gate is shut: the cell sees it and does not take "
        "it up.",
    ),
    Preset(
        "Hide",
        {"b_f": 8, "b_i": -8, "b_o": -8, "C_prev": 3},
        "The output gate is shut: h is 0, and C keeps all it held. Hiding erases nothing; open b_o again "
        "and it is there.",
    ),
    Preset(
        "Saturated",
        {"b_f": 8, "b_i": 8, "b_C": 8, "b_o": 8, "C_prev": 4},
        "Every sum is far out, where σ and tanh are flat: drag x or a bias a little and no gate moves. A "
        "network can hardly learn from gates like these: their slope is almost 0.",
    ),
    Preset(
        "Untrained",
        {**_SMALL, "b_f": 1},
        "Small random weights and b_f = 1, as a new network has them: the gates hang in the middle, f a "
        "little more open than the others.",
    ),
    Preset(
        "b_f = 0",
        {**_SMALL, "b_f": 0},
        "The same weights without the head start: f falls towards a half, and nearly half of what is held is "
        "gone at every step. See the half-life beside the belt.",
    ),
)


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
