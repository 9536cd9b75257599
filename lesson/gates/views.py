"""The ways in which pages show the live cell."""

from typing import NamedTuple

from lesson.frame.parameters import Parameter
from lesson.gates.parameters import CELL
from lesson.gates.sliders import SLIDERS, START, Setting

WEIGHTS = tuple(name for name in SLIDERS if name.startswith("w_"))


class View(NamedTuple):
    """One way of showing the cell.

    name: the browser's messages carry it.  parameter: carries the setting in the address; views with the
    same parameter share their setting.  main, more, weights: sliders in view at once, and behind two
    drawers.  over_time: the cell runs along an input instead of taking one step.
    """

    name: str
    parameter: Parameter
    main: tuple[str, ...]
    more: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    start: Setting = START
    over_time: bool = False
    presets: bool = False


ONE_STEP = View(
    "step", CELL, ("x", "C_prev", "b_f"), ("h_prev", "b_i", "b_C", "b_o"), WEIGHTS, presets=True
)  # fmt: skip
OVER_TIME = View(
    "time", CELL, ("b_f", "b_i", "C_prev"), ("b_C", "b_o", "h_prev"), WEIGHTS, over_time=True
)  # fmt: skip
