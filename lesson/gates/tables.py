"""The numbers of the live cell: tables along sliders, a run over time, the band that it is to stay in.

The browser does no arithmetic.  For the present setting Python sends, for every slider in view, the values
of the whole cell along that slider's range, computed by one broadcast call of the textbook; the browser
looks them up while the slider moves and sends its setting when it rests.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.gates.sliders import SLIDERS, Setting, Slider
from lstm.equations import LSTMStep
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step

# What the browser shows of a step, by the names of `LSTMStep`, and the half-life of its forget gate.
QUANTITIES = (
    "z_f", "z_i", "z_C", "z_o",
    "f", "i", "C_tilde", "kept_part", "added_part", "C", "o", "tanh_C", "h", "half_life",
)  # fmt: skip
CURVES = ("f", "i", "C_tilde", "o", "C", "h")  # what is drawn over time
# Tables hold whole numbers: hundredths, half-lives tenths of a step, up to what 16 bits hold.
DIGITS = dict.fromkeys(QUANTITIES, 2) | {"half_life": 1}
LARGEST = 32_767
Tables = dict[str, NDArray[np.int16]]


class Run(NamedTuple):
    """What a cell over time is shown with.

    x: the inputs, (T,).  rnn: whether the RNN is drawn as well.  low, high: between which `quantity` is to
    stay at each step, (T,), infinite where it is free; failed: the first step that fails, from 1.
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


def slider_over_time(name: str) -> str:
    """Return the slider along which a run is sent; x has none over time, where it is the input."""
    return name if name != "x" else "b_f"


def step_tables(setting: Setting, names: Sequence[str]) -> tuple[Tables, LSTMStep]:
    """Return the tables of these sliders, and the cell's values."""
    return {name: table_along(setting, SLIDERS[name]) for name in names}, scalar_step(setting)


def run_tables(setting: Setting, name: str, t: int, run: Run) -> tuple[Tables, LSTMStep]:
    """Return a run along this slider, with step t (from 1) in full, and the cell's values over time."""
    slider = SLIDERS[name]
    runs = run_along(setting, slider, run.x)
    tables = {
        "x": hundredths(run.x), "run": runs.table(), "along": runs.curves(), "at": runs.table_of_step(t)
    }  # fmt: skip
    if run.rnn:
        tables["rnn"] = rnn_along(setting, slider, run.x)
    return tables, runs.run()


def band(run: Run) -> dict | None:
    """Return the band that a quantity is to stay in, in hundredths; None where there is none."""
    if run.quantity is None:
        return None

    def edge(values: Sequence[float]) -> list[int | None]:
        return [int(hundredths(v)) if np.isfinite(v) else None for v in values]

    return {"quantity": run.quantity, "low": edge(run.low), "high": edge(run.high), "failed": run.failed}


def table_along(setting: Setting, slider: Slider) -> NDArray[np.int16]:
    """Return the cell along a slider's range: (quantities, positions)."""
    step = scalar_step({**setting, slider.name: slider.range})
    return _whole_numbers(step, QUANTITIES, slider.range.shape)


class RunAlong(NamedTuple):
    """A run of the cell at every position of a slider: all that is sent of it, from one broadcast run.

    steps: every quantity, (T, positions); position: where the slider stands.
    """

    steps: LSTMStep
    position: int

    def run(self) -> LSTMStep:
        """Return the run where the slider stands, (T,) each."""
        return LSTMStep(*(value[:, self.position] for value in self.steps))

    def table(self) -> NDArray[np.int16]:
        """Return the run where the slider stands: (quantities, T)."""
        run = self.run()
        return _whole_numbers(run, QUANTITIES, run.C.shape)

    def table_of_step(self, t: int) -> NDArray[np.int16]:
        """Return step t (from 1) along the slider's range: (quantities, positions)."""
        step = LSTMStep(*(value[t - 1] for value in self.steps))
        return _whole_numbers(step, QUANTITIES, step.C.shape)

    def curves(self) -> NDArray[np.int16]:
        """Return what is drawn, along the slider's range: (curves, T, positions)."""
        return _whole_numbers(self.steps, CURVES, self.steps.C.shape)


def run_along(setting: Setting, slider: Slider, x: ArrayLike) -> RunAlong:
    """Run the cell over the steps of x (T,) at every position of a slider, in one broadcast run."""
    run = scalar_run({**setting, slider.name: slider.range}, np.asarray(x, float)[:, None])
    shape = (len(run.C), len(slider.range))
    steps = LSTMStep(*(np.broadcast_to(value, (*shape, *value.shape[2:])) for value in run))
    return RunAlong(steps, slider.position(setting[slider.name]))


def rnn_along(setting: Setting, slider: Slider, x: ArrayLike) -> NDArray[np.int16]:
    """Return the RNN's h along a slider's range: (T, positions)."""
    h = scalar_rnn_run({**setting, slider.name: slider.range}, np.asarray(x, float)[:, None])
    return hundredths(np.broadcast_to(h, (len(x), len(slider.range))))


def hundredths(values: ArrayLike) -> NDArray[np.int16]:
    """Return values, of any shape, as the browser has them."""
    return np.round(100 * np.asarray(values)).clip(-LARGEST, LARGEST).astype("<i2")


def _whole_numbers(step: LSTMStep, names: Sequence[str], shape: tuple[int, ...]) -> NDArray[np.int16]:
    """Return quantities in whole numbers: (names, *shape)."""
    rows = []
    for name in names:
        values = half_life(step.f) if name == "half_life" else getattr(step, name)
        scaled = np.minimum(10 ** DIGITS[name] * np.broadcast_to(values, shape), LARGEST)
        rows.append(np.round(scaled))
    return np.array(rows).astype("<i2")
