"""The live cell's settings: its sliders, the links that carry them, the tables that follow them.

The browser does no arithmetic.  For the present setting Python sends, for every slider in view, the
values of the whole cell along that slider's range, computed by one broadcast call of the textbook; the
browser looks them up while the slider moves and sends its setting when it rests.
"""

import base64
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lstm.equations import LSTMStep
from lstm.scalar import GATES, half_life, scalar_rnn_run, scalar_run, scalar_step

VERSION = "1"
# What the browser shows of a step, by the names of `LSTMStep`, and the half-life of its forget gate.
QUANTITIES = (
    "z_f", "z_i", "z_C", "z_o", "f", "i", "C_tilde", "kept", "added", "C", "o", "tanh_C", "h", "half_life",
)  # fmt: skip
CURVES = ("f", "i", "C_tilde", "o", "C", "h")  # what is drawn over time
# Tables hold whole numbers: hundredths, half-lives tenths of a step, up to what 16 bits hold.
DIGITS = dict.fromkeys(QUANTITIES, 2) | {"half_life": 1}
LARGEST = 32_767


class Slider(NamedTuple):
    """A slider: its name, how it is written and spoken, whose colour it has, and its range."""

    name: str
    label: str
    spoken: str
    symbol: str
    low: float
    high: float
    start: float
    step: float = 0.25

    @property
    def range(self) -> NDArray:
        """All its values, lowest first."""
        return np.linspace(self.low, self.high, round((self.high - self.low) / self.step) + 1)

    def position(self, value: float) -> int:
        """The position that is nearest to a value; values beyond the ends are at the ends."""
        return int(np.abs(self.range - value).argmin())


def symbol(letter: str, index: str) -> str:
    """A symbol with its index, as HTML."""
    return f"<i class=symbol>{letter}<sub>{index}</sub></i>"


NAMES = {"f": "forget gate", "i": "input gate", "C": "candidate", "o": "output gate"}
COLOURS = {"f": "f", "i": "i", "C": "C_tilde", "o": "o"}


def _sliders() -> dict[str, Slider]:
    found = [
        Slider("x", f"input {symbol('x', 't')}", "input x", "x", -4, 4, 1),
        Slider("C_prev", f"held before, {symbol('C', 't−1')}", "held before, C", "C", -4, 4, 1),
        Slider("b_f", f"forget bias, {symbol('b', 'f')}", "forget bias", "f", -8, 8, 1),
        Slider("h_prev", f"last output, {symbol('h', 't−1')}", "last output, h", "h", -1, 1, 0, 0.05),
    ]
    for gate in "iCo":
        name = f"bias of the {NAMES[gate]}"
        found.append(Slider(f"b_{gate}", f"{name}, {symbol('b', gate)}", name, COLOURS[gate], -8, 8, 0))
    for gate in GATES:
        for of, what, start in (("h", "last output", 0.5), ("x", "input", 1.0)):
            label = f"{NAMES[gate]}: weight on the {what}, {symbol('w', gate + of)}"
            spoken = f"{NAMES[gate]}, weight on the {what}"
            found.append(Slider(f"w_{gate}{of}", label, spoken, COLOURS[gate], -8, 8, start))
    return {slider.name: slider for slider in found}


SLIDERS = _sliders()
Setting = dict[str, float]
START: Setting = {name: slider.start for name, slider in SLIDERS.items()}


def positions(setting: Mapping[str, float]) -> dict[str, int]:
    """A setting as the positions of its sliders: what the browser keeps."""
    return {name: SLIDERS[name].position(value) for name, value in setting.items()}


# -- links --


def parse(text: str, start: Setting = START) -> tuple[Setting, str | None]:
    """A setting from a link, and a sentence if something of it could not be used."""
    version, *found = text[:400].split("_")
    if version != VERSION or len(found) != len(SLIDERS):
        return dict(start), "The link's setting of the cell could not be read; this is the start."
    setting, mended = {}, False
    for slider, position in zip(SLIDERS.values(), found, strict=True):
        whole = position.isdecimal() and position.isascii()
        last = len(slider.range) - 1
        index = min(int(position), last) if whole else slider.position(start[slider.name])
        mended |= not whole or int(position) > last
        setting[slider.name] = float(slider.range[index])
    return setting, "The link had values that the cell can't have; the nearest are shown." if mended else None


def link(setting: Setting) -> str:
    """A setting as the link carries it: the version, then each slider's position."""
    return "_".join([VERSION, *(str(SLIDERS[name].position(value)) for name, value in setting.items())])


# -- tables --


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


# -- what the browser sends --


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
