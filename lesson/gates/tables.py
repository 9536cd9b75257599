"""The numbers of the live cell: tables along a slider, of one step and of a run over time.

The browser does no arithmetic.  For the slider in hand Python answers with the values of the whole cell
along that slider's range, computed by one broadcast call of the textbook; the browser looks them up while the
slider moves.  Letters: Q quantities, T steps, P positions of the slider.
"""

import base64
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.gates.sliders import Setting, Slider
from lstm.equations import LSTMStep
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step

# What the browser shows of a step, by the names of `LSTMStep`, and the half-life of its forget gate.
QUANTITIES = (
    "z_f", "z_i", "z_C", "z_o",
    "f", "i", "C_tilde", "kept_part", "added_part", "C", "o", "tanh_C", "h", "half_life",
)  # fmt: skip
CURVES = ("f", "i", "C_tilde", "o", "C", "h")  # what is drawn over time
# Tables hold whole numbers of 16 bits: hundredths, and half-lives in tenths of a step.
LARGEST = 32_767
LONGEST_LIFE = 3_000  # steps; a longer half-life is only said to be longer
Table = NDArray[np.int16]


class RunTables(NamedTuple):
    """A run at every position of a slider, from one broadcast run.

    x: the input, (T,).  quantities: (Q, T, P).  rnn: the RNN's h, (T, P), None where it is not drawn.
    """

    x: Table
    quantities: Table
    rnn: Table | None


def table_along(setting: Setting, slider: Slider) -> Table:
    """Return the cell along a slider's range: (Q, P)."""
    step = scalar_step({**setting, slider.name: slider.range})
    return _whole_numbers(step, slider.range.shape)


def run_along(setting: Setting, slider: Slider, x: ArrayLike, rnn: bool = False) -> RunTables:
    """Run the cell over the steps of x (T,) at every position of a slider; rnn: and the RNN beside it."""
    x = np.asarray(x, float)
    shape = (len(x), len(slider.range))
    along = {**setting, slider.name: slider.range}
    quantities = _whole_numbers(scalar_run(along, x[:, None]), shape)
    h = hundredths(np.broadcast_to(scalar_rnn_run(along, x[:, None]), shape)) if rnn else None
    return RunTables(hundredths(x), quantities, h)


def hundredths(values: ArrayLike) -> Table:
    """Return values, of any shape, as the browser has them."""
    return np.round(100 * np.asarray(values)).clip(-LARGEST, LARGEST).astype("<i2")


def band_edges(low: NDArray, high: NDArray) -> dict[str, list[int | None]]:
    """Return the edges of a band, (T,) each, in hundredths; None where it is free."""
    return {
        name: [int(hundredths(value)) if np.isfinite(value) else None for value in edge]
        for name, edge in (("low", low), ("high", high))
    }


def packed(table: Table) -> str:
    """Return a table as text: two bytes a number, the low one first, in base64."""
    return base64.b64encode(table.astype("<i2").tobytes()).decode()


def _whole_numbers(step: LSTMStep, shape: tuple[int, ...]) -> Table:
    """Return every quantity in whole numbers: (Q, *shape)."""
    table = np.empty((len(QUANTITIES), *shape), "<i2")
    for row, name in zip(table, QUANTITIES, strict=True):
        row[...] = _tenths(half_life(step.f)) if name == "half_life" else hundredths(getattr(step, name))
    return table


def _tenths(life: NDArray) -> NDArray:
    """Return half-lives in tenths of a step, from 100 steps on rounded to whole ones, as they are written."""
    tenths = np.round(10 * np.minimum(life, LARGEST / 10))
    whole = 10 * np.round(np.minimum(life, LARGEST / 10))
    return np.where(life > LONGEST_LIFE, LARGEST, np.where(tenths >= 1_000, whole, tenths))
