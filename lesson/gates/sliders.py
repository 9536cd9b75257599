"""The live cell's settings: its sliders, and the links and questions that carry them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import ALONG, Query, QueryError
from lstm.scalar import GATES
from visualization.symbols import symbol_of_index

VERSION = "1"  # of links
LONGEST_LINK = 400  # characters of a link that are looked at


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
        """Return all its values, lowest first."""
        return np.linspace(self.low, self.high, round((self.high - self.low) / self.step) + 1)

    def position(self, value: float) -> int:
        """Return the position nearest to a value; values beyond the ends are at the ends."""
        return int(np.abs(self.range - value).argmin())


def symbol(letter: str, index: str) -> str:
    """Return a symbol with its index, as HTML."""
    return f"<i class=symbol>{letter}<sub>{index}</sub></i>"


def _sliders() -> dict[str, Slider]:
    sliders = [
        Slider("x", f"input {symbol('x', 't')}", "input x", "x", -4, 4, 1),
        Slider("C_prev", f"old cell state, {symbol('C', 't−1')}", "old cell state, C", "C", -4, 4, 1),
        Slider("b_f", f"forget bias, {symbol('b', 'f')}", "forget bias", "f", -8, 8, 1),
        Slider(
            "h_prev", f"old hidden state, {symbol('h', 't−1')}", "old hidden state, h", "h", -1, 1, 0, 0.05
        ),
    ]
    for gate in "iCo":
        of_gate = symbol_of_index(gate)
        name = f"bias of the {of_gate.name}"
        sliders.append(Slider(f"b_{gate}", f"{name}, {symbol('b', gate)}", name, of_gate.id, -8, 8, 0))
    for gate in GATES:
        of_gate = symbol_of_index(gate)
        for of, what, start in (("h", "hidden state", 0.5), ("x", "input", 1.0)):
            label = f"{of_gate.name}: weight on the {what}, {symbol('w', gate + of)}"
            spoken = f"{of_gate.name}, weight on the {what}"
            sliders.append(Slider(f"w_{gate}{of}", label, spoken, of_gate.id, -8, 8, start))
    return {slider.name: slider for slider in sliders}


SLIDERS = _sliders()
Setting = dict[str, float]
START: Setting = {name: slider.start for name, slider in SLIDERS.items()}


def positions(setting: Mapping[str, float]) -> dict[str, int]:
    """Return a setting as the positions of its sliders, as the browser has it."""
    return {name: SLIDERS[name].position(value) for name, value in setting.items()}


# -- links --


def from_link(text: str, start: Setting = START) -> tuple[Setting, str | None]:
    """Return the setting of a link, and a sentence if something of it could not be used."""
    version, *texts = text[:LONGEST_LINK].split("_")
    if version != VERSION or len(texts) != len(SLIDERS):
        return dict(start), "The link's setting of the cell could not be read; this is the start."
    setting, mended = {}, False
    for slider, position in zip(SLIDERS.values(), texts, strict=True):
        whole = position.isdecimal() and position.isascii()
        last = len(slider.range) - 1
        index = min(int(position), last) if whole else slider.position(start[slider.name])
        mended |= not whole or int(position) > last
        setting[slider.name] = float(slider.range[index])
    return setting, "The link had values that the cell can't have; the nearest are shown." if mended else None


def to_link(setting: Setting) -> str:
    """Return a setting as a link carries it: the version, then each slider's position."""
    return "_".join([VERSION, *(str(SLIDERS[name].position(value)) for name, value in setting.items())])


# -- questions --


def setting_of_query(query: Query) -> Setting:
    """Return the setting that a question is about; raises QueryError for what is not exactly one."""
    text = query.values.get("cell")
    if text is None:
        return dict(START)
    setting, complaint = from_link(text)
    if complaint:
        raise QueryError("cell is a version and the positions of all sliders, such as that of a link.")
    return setting


def slider_of_query(query: Query, over_time: bool = False) -> Slider:
    """Return the slider along which a question asks; raises QueryError if there is no such slider.

    over_time: x has none, for there it is the input.
    """
    slider = SLIDERS.get(query.values.get(ALONG, "b_f"))
    if slider is None or (over_time and slider.name == "x"):
        raise QueryError("along is the name of a slider of the cell.")
    return slider
