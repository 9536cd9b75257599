"""What travels to the live cell at every move: tables along sliders, a run over time, what is asked of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson import cell
from lesson.cell import SLIDERS, Setting
from lstm.equations import LSTMStep
from lstm.scalar import scalar_step

Parts = dict[str, NDArray[np.int16]]


class Run(NamedTuple):
    """What a cell over time is shown with.

    x: the inputs, (T,).  rnn: whether the RNN is drawn as well.  low, high: what is asked of
    `quantity` at each step, (T,), infinite where nothing is; failed: the first step that fails, from 1.
    draw: whether the visitor may draw the input.  typed: the input as it was typed, for the address.
    """

    x: NDArray
    rnn: bool = False
    quantity: str | None = None
    low: NDArray | None = None
    high: NDArray | None = None
    failed: int = 0
    draw: bool = False
    typed: str | None = None


def in_hand(held: str) -> str:
    """The slider along which a run is sent; x is none over time, where it is what is read."""
    return held if held != "x" else "b_f"


def step_parts(setting: Setting, names: Sequence[str]) -> tuple[Parts, LSTMStep]:
    """The tables of these sliders, and the cell's values."""
    return {name: cell.table(setting, SLIDERS[name]) for name in names}, scalar_step(setting)


def run_parts(setting: Setting, held: str, t: int, run: Run) -> tuple[Parts, LSTMStep]:
    """The run along the slider in hand, with step t in full, and the cell's values over time."""
    slider = SLIDERS[held]
    along = cell.along(setting, slider, run.x)
    parts = {"x": cell.hundredths(run.x), "run": along.run(), "along": along.curves(), "at": along.at(t)}
    if run.rnn:
        parts["rnn"] = cell.rnn_along(setting, slider, run.x)
    return parts, along.now()


def asked(run: Run) -> dict | None:
    """The band that is asked for, in hundredths; None where nothing is."""
    if run.quantity is None:
        return None

    def edge(values: Sequence[float]) -> list[int | None]:
        return [int(cell.hundredths(v)) if np.isfinite(v) else None for v in values]

    return {"quantity": run.quantity, "low": edge(run.low), "high": edge(run.high), "failed": run.failed}
