"""What travels to the live cell at every move: tables along sliders, a run over time, what is asked of it."""

import base64
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lesson.gates.sliders import SLIDERS, Setting, Slider
from lstm.equations import LSTMStep
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step

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
    return {name: table(setting, SLIDERS[name]) for name in names}, scalar_step(setting)


def run_parts(setting: Setting, held: str, t: int, run: Run) -> tuple[Parts, LSTMStep]:
    """The run along the slider in hand, with step t in full, and the cell's values over time."""
    slider = SLIDERS[held]
    runs = along(setting, slider, run.x)
    parts = {"x": hundredths(run.x), "run": runs.run(), "along": runs.curves(), "at": runs.at(t)}
    if run.rnn:
        parts["rnn"] = rnn_along(setting, slider, run.x)
    return parts, runs.now()


def asked(run: Run) -> dict | None:
    """The band that is asked for, in hundredths; None where nothing is."""
    if run.quantity is None:
        return None

    def edge(values: Sequence[float]) -> list[int | None]:
        return [int(hundredths(v)) if np.isfinite(v) else None for v in values]

    return {"quantity": run.quantity, "low": edge(run.low), "high": edge(run.high), "failed": run.failed}


# What the browser shows of a step, by the names of `LSTMStep`, and the half-life of its forget gate.
QUANTITIES = (
    "z_f", "z_i", "z_C", "z_o",
    "f", "i", "C_tilde", "kept_part", "added_part", "C", "o", "tanh_C", "h", "half_life",
)  # fmt: skip


CURVES = ("f", "i", "C_tilde", "o", "C", "h")  # what is drawn over time


# Tables hold whole numbers: hundredths, half-lives tenths of a step, up to what 16 bits hold.
DIGITS = dict.fromkeys(QUANTITIES, 2) | {"half_life": 1}


LARGEST = 32_767


def table(setting: Setting, slider: Slider) -> NDArray[np.int16]:
    """The cell along a slider's range: (quantities, positions)."""
    return _whole(scalar_step({**setting, slider.name: slider.range}), QUANTITIES, slider.range.shape)


class Along(NamedTuple):
    """A run of the cell at every position of a slider: all that is sent of it, from one broadcast run.

    steps: every quantity, (T, positions); position: where the slider stands.
    """

    steps: LSTMStep
    position: int

    def now(self) -> LSTMStep:
        """The run where the slider stands, (T,) each."""
        return LSTMStep(*(value[:, self.position] for value in self.steps))

    def run(self) -> NDArray[np.int16]:
        """The run where the slider stands: (quantities, T)."""
        now = self.now()
        return _whole(now, QUANTITIES, now.C.shape)

    def at(self, t: int) -> NDArray[np.int16]:
        """Step t (from 1) along the slider's range: (quantities, positions)."""
        step = LSTMStep(*(value[t - 1] for value in self.steps))
        return _whole(step, QUANTITIES, step.C.shape)

    def curves(self) -> NDArray[np.int16]:
        """What is drawn, along the slider's range: (curves, T, positions)."""
        return _whole(self.steps, CURVES, self.steps.C.shape)


def along(setting: Setting, slider: Slider, x: ArrayLike) -> Along:
    """The cell over the steps of x (T,) at every position of a slider, by one broadcast run."""
    run = scalar_run({**setting, slider.name: slider.range}, np.asarray(x, float)[:, None])
    shape = (len(run.C), len(slider.range))
    steps = LSTMStep(*(np.broadcast_to(value, (*shape, *value.shape[2:])) for value in run))
    return Along(steps, slider.position(setting[slider.name]))


def rnn_along(setting: Setting, slider: Slider, x: ArrayLike) -> NDArray[np.int16]:
    """The RNN's h along a slider's range: (T, positions)."""
    h = scalar_rnn_run({**setting, slider.name: slider.range}, np.asarray(x, float)[:, None])
    return hundredths(np.broadcast_to(h, (len(x), len(slider.range))))


def hundredths(values: ArrayLike) -> NDArray[np.int16]:
    """Values as the browser keeps them, of any shape."""
    return np.round(100 * np.asarray(values)).clip(-LARGEST, LARGEST).astype("<i2")


def _whole(step: LSTMStep, names: Sequence[str], shape: tuple[int, ...]) -> NDArray[np.int16]:
    """Quantities in whole numbers: (names, *shape)."""
    rows = []
    for name in names:
        values = half_life(step.f) if name == "half_life" else getattr(step, name)
        scaled = np.minimum(10 ** DIGITS[name] * np.broadcast_to(values, shape), LARGEST)
        rows.append(np.round(scaled))
    return np.array(rows).astype("<i2")


def pack(parts: Iterable[NDArray[np.int16]], deflate: bool = True) -> str:
    """Whole numbers as the browser unpacks them: all parts, low bytes before high ones, deflated, base64.

    Neighbouring values are alike, so that their high bytes repeat: a fifth of the size.
    """
    joined = np.concatenate([part.ravel() for part in parts]).astype("<i2")
    planes = joined.view(np.uint8).reshape(-1, 2).T.tobytes()
    return base64.b64encode(zlib.compress(planes, 6) if deflate else planes).decode()


class Sent(NamedTuple):
    """What the browser sent: a setting, the parts that are open, the slider in hand, the step in view."""

    setting: Setting
    open: frozenset[str]
    held: str
    t: int
    seen: int
    turn: int


def received(sent: object) -> Sent | None:
    """What the browser sent, checked; None if it is not one of ours."""
    found = sent.get("setting") if isinstance(sent, Mapping) else None
    if not isinstance(found, Mapping):
        return None
    setting = {}
    for name, slider in SLIDERS.items():
        position = found.get(name)
        if not _whole_number(position, len(slider.range) - 1):
            return None
        setting[name] = float(slider.range[position])
    groups = sent.get("open")
    opened = frozenset(g for g in groups if isinstance(g, str)) if isinstance(groups, list) else frozenset()
    held, t, seen, turn = (sent.get(name) for name in ("held", "t", "seen", "turn"))
    return Sent(
        setting,
        opened,
        held if isinstance(held, str) and held in SLIDERS else "b_f",
        t if _whole_number(t, 1000) else 1,
        seen if _whole_number(seen, 10**9) else 0,
        turn if _whole_number(turn, 10**9) else 0,
    )


def _whole_number(value: object, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest
