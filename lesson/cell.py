"""The live cell: an LSTM with one input and one unit whose sliders answer while they are dragged.

The browser does no arithmetic.  For the present setting Python sends, for every slider in view, the
values of the whole cell along that slider's range, computed by one broadcast call of the textbook; the
browser looks them up while the slider moves and sends its setting when it rests.  The drawing is
mounted once; only the tables travel at every move.
"""

import base64
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame import ROOT
from lstm.equations import lstm_step, sigmoid
from visualization.palette import SYMBOLS

VERSION = "1"
KEY = "cell_feed"
_LEFT = "cell_left"  # in the session state: the setting shown last
# What the browser shows, by the names of `LSTMStep`.
QUANTITIES = ("z_f", "z_i", "z_C", "z_o", "f", "i", "C_tilde", "kept", "added", "C", "o", "tanh_C", "h")


class Slider(NamedTuple):
    """A slider: its name, how it is written and spoken, whose colour it has, where it lies."""

    name: str
    label: str
    spoken: str
    symbol: str
    group: str
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


def _sliders() -> dict[str, Slider]:
    named = {"f": "forget gate", "i": "input gate", "C": "candidate", "o": "output gate"}
    colour = {"f": "f", "i": "i", "C": "C_tilde", "o": "o"}
    found = [
        Slider("x", f"input {symbol('x', 't')}", "input x", "x", "main", -4, 4, 1),
        Slider("C_prev", f"held before, {symbol('C', 't−1')}", "held before, C", "C", "main", -4, 4, 1),
        Slider("b_f", f"forget bias, {symbol('b', 'f')}", "forget bias", "f", "main", -8, 8, 1),
        Slider("h_prev", f"last output, {symbol('h', 't−1')}", "last output, h", "h", "more", -1, 1, 0, 0.05),
    ]
    for gate in "iCo":
        name = f"bias of the {named[gate]}"
        found.append(
            Slider(f"b_{gate}", f"{name}, {symbol('b', gate)}", name, colour[gate], "more", -8, 8, 0)
        )
    for gate, name in named.items():
        for of, what, start in (("h", "last output", 0.5), ("x", "input", 1.0)):
            label = f"{name}: weight on the {what}, {symbol('w', gate + of)}"
            spoken = f"{name}, weight on the {what}"
            found.append(Slider(f"w_{gate}{of}", label, spoken, colour[gate], "weights", -8, 8, start))
    return {slider.name: slider for slider in found}


SLIDERS = _sliders()
Setting = dict[str, float]
START: Setting = {name: slider.start for name, slider in SLIDERS.items()}


def values(setting: Mapping[str, float | NDArray]) -> dict[str, NDArray]:
    """The whole cell for a setting; each value of it may be an array, and they broadcast."""
    s = {name: np.asarray(value, float)[..., None] for name, value in setting.items()}  # (..., 1)
    pairs = {gate: np.broadcast_arrays(s[f"w_{gate}h"], s[f"w_{gate}x"]) for gate in "fiCo"}
    W = [np.stack(pairs[gate], axis=-1) for gate in "fiCo"]  # each (..., 1, 2)
    step = lstm_step(s["x"], s["h_prev"], s["C_prev"], *W, *(s[f"b_{gate}"] for gate in "fiCo"))
    return {name: getattr(step, name)[..., 0] for name in QUANTITIES}


def table(setting: Setting, slider: Slider) -> NDArray[np.int16]:
    """The cell along a slider's range, in hundredths: (quantities, positions)."""
    along = values({**setting, slider.name: slider.range})
    rows = [np.broadcast_to(along[name], slider.range.shape) for name in QUANTITIES]
    return np.round(100 * np.array(rows)).astype("<i2")


def parse(text: str | None) -> tuple[Setting, str | None]:
    """A setting from the link, and a sentence if something of it could not be used.

    Without a link: the setting that the visitor left when going to another page, or the start.
    """
    if text is None:
        return dict(st.session_state.get(_LEFT, START)), None
    version, *positions = text[:400].split("_")
    if version != VERSION or len(positions) != len(SLIDERS):
        return dict(START), "The link's setting of the cell could not be read; this is the start."
    setting, mended = {}, False
    for slider, position in zip(SLIDERS.values(), positions, strict=True):
        whole = position.isdecimal() and position.isascii()
        last = len(slider.range) - 1
        index = min(int(position), last) if whole else slider.position(slider.start)
        mended |= not whole or int(position) > last
        setting[slider.name] = float(slider.range[index])
    return setting, "The link had values that the cell can't have; the nearest are shown." if mended else None


def link(setting: Setting) -> str:
    """A setting as the link carries it: the version, then each slider's position."""
    return "_".join([VERSION, *(str(SLIDERS[name].position(value)) for name, value in setting.items())])


def received(state: object) -> tuple[Setting, set[str]] | None:
    """What the browser sent: the setting and the groups that are open; None if it is not one of ours."""
    sent = state.get("sent") if isinstance(state, Mapping) else None
    positions = sent.get("setting") if isinstance(sent, Mapping) else None
    if not isinstance(positions, Mapping):
        return None
    setting = {}
    for name, slider in SLIDERS.items():
        position = positions.get(name)
        if not isinstance(position, int) or not 0 <= position < len(slider.range):
            return None
        setting[name] = float(slider.range[position])
    groups = sent.get("open")
    return setting, {g for g in groups if isinstance(g, str)} if isinstance(groups, list) else set()


def _read(name: str) -> str:
    return (ROOT / "assets" / "cell" / name).read_text("utf-8")


_CELL = st.components.v2.component(
    "lstm_cell", html=_read("cell.html"), css=_read("cell.css"), js=_read("cell.js")
)
_FEED = st.components.v2.component("lstm_cell_feed", js=_read("feed.js"))

_SEEN = "[h<sub>t−1</sub>, x<sub>t</sub>]"  # what every gate reads
# Symbol, its name at time t, the textbook's right side, the same with numbers.
EQUATIONS = (
    ("f", "f<sub>t</sub>", f"σ(W<sub>f</sub> · {_SEEN} + b<sub>f</sub>)", "σ(<b data-value=z_f></b>)"),
    ("i", "i<sub>t</sub>", f"σ(W<sub>i</sub> · {_SEEN} + b<sub>i</sub>)", "σ(<b data-value=z_i></b>)"),
    (
        "C_tilde", "C̃<sub>t</sub>", f"tanh(W<sub>C</sub> · {_SEEN} + b<sub>C</sub>)",
        "tanh(<b data-value=z_C></b>)",
    ),
    (
        "C", "C<sub>t</sub>", "f<sub>t</sub> ⊙ C<sub>t−1</sub> + i<sub>t</sub> ⊙ C̃<sub>t</sub>",
        "<b data-value=f></b> · <b data-value=C_prev></b> + "
        "<b data-value=i></b> · <b data-value=C_tilde></b>",
    ),
    ("o", "o<sub>t</sub>", f"σ(W<sub>o</sub> · {_SEEN} + b<sub>o</sub>)", "σ(<b data-value=z_o></b>)"),
    (
        "h", "h<sub>t</sub>", "o<sub>t</sub> ⊙ tanh(C<sub>t</sub>)",
        "<b data-value=o></b> · tanh(<b data-value=C></b>)",
    ),
)  # fmt: skip


def mount(setting: Setting) -> None:
    """The drawing with its sliders, once; it starts with this setting."""
    z = np.linspace(-8, 8, 81)
    points = {"σ": sigmoid(z), "tanh": (np.tanh(z) + 1) / 2}  # heights of the curves, 0..1
    drawn = {
        name: " ".join(f"{a:.2f},{4 - 8 * b:.3f}" for a, b in zip(z, y, strict=True))
        for name, y in points.items()
    }
    dots = {
        "σ": [{"symbol": g, "z": f"z_{g}", "value": g} for g in "fio"],
        "tanh": [
            {"symbol": "C_tilde", "z": "z_C", "value": "C_tilde"},
            {"symbol": "h", "z": "C", "value": "tanh_C"},
        ],
    }
    titles = {"σ": "σ, from 0 to 1: the three gates", "tanh": "tanh, from −1 to 1: candidate and tanh C"}
    _CELL(
        key="cell",
        data={
            "version": VERSION,
            "quantities": QUANTITIES,
            "palette": SYMBOLS,
            "groups": {"more": "More: last output and biases", "weights": "The eight weights"},
            "sliders": [{**s._asdict(), "positions": len(s.range)} for s in SLIDERS.values()],
            "setting": {name: SLIDERS[name].position(value) for name, value in setting.items()},
            "equations": [
                {"symbol": symbol, "left": left, "formula": formula, "right": right, "value": symbol}
                for symbol, left, formula, right in EQUATIONS
            ],
            "curves": [
                {"title": titles[n], "points": drawn[n], "dots": dots[n], "low": 0 if n == "σ" else -1}
                for n in points
            ],
        },
    )


def feed(setting: Setting, groups: set[str]) -> None:
    """Send the tables for a setting, for the sliders of the main group and of the open ones."""
    st.session_state[_LEFT] = setting
    shown = [slider for slider in SLIDERS.values() if slider.group in {"main", *groups}]
    _FEED(
        key=KEY,
        data={
            "setting": {name: SLIDERS[name].position(value) for name, value in setting.items()},
            "tables": {s.name: base64.b64encode(table(setting, s).tobytes()).decode() for s in shown},
        },
        on_sent_change=lambda: None,
    )
