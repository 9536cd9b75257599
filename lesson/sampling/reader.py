"""The reader: texts to walk through character by character, with heat maps; drawn by a component."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.files import script
from lesson.widgets.display import theme
from lesson.widgets.drawing import Drawing, sent_value
from visualization.drawings.expectations import ROWS, Expected, expectation_codes
from visualization.drawings.heat import Heat
from visualization.palette import GREY, colour
from visualization.shades import shades

_READER = Drawing("reader")
_POINTER = st.components.v2.component("reader_pointer", js=script("reader/pointer.js"))
_MOST_CHARACTERS = _MOST_UNITS = 10**6  # of what a browser may say was chosen


@dataclass(frozen=True)
class ReaderText:
    """A text to be read on the page.

    name: "" for none; start: where the prompt ends; tints: how strongly each character is coloured (see
    `tints` of `visualization.drawings`); first_difference: where it differs first from the text beside
    it, −1 if nowhere.
    """

    text: str
    name: str = ""
    start: int = 0
    tints: str = ""
    first_difference: int = -1


@dataclass(frozen=True)
class ReaderMap:
    """A heat map of a text's characters, with its name and what it shows in words."""

    heat: Heat
    name: str
    alt: str


def draw_reader(
    texts: Sequence[ReaderText],
    *,
    key: str,
    at: int = 0,
    details: tuple[Expected, Sequence[str], str] | None = None,
    maps: Sequence[ReaderMap] = (),
    symbol: str = "h",
    order: NDArray | None = None,
    unit: int = -1,
    stream: int = 0,
    on_choice: Callable[[int, int], None] | None = None,
) -> None:
    """Draw texts and their heat maps.

    at: the chosen character.  details: what was expected, the vocabulary, and what the second bar is.
    symbol: what the maps show; order: their units from the top; unit: the chosen one, −1 for none.
    stream: another number than before lets the first text be written anew.  on_choice: called with
    character and unit when the visitor has chosen another.
    """
    tone = theme()
    colours = maps[0].heat.palette if maps else shades("f", tone)
    data = {
        "texts": [_text_data(text) for text in texts],
        "maps": [_map_data(heat_map) for heat_map in maps],
        "bounds": maps[0].heat.bounds if maps else list(range(1, len(colours))),
        "spans": maps[0].heat.spans if maps else None,
        "units": [] if order is None else np.asarray(order).tolist(),
        "palette": colours,
        "symbol": symbol,
        "stream": stream,
        "key": key,
        "details": _details_data(*details) if details else None,
        "tone": colour("f", tone),
        "grey": GREY[tone],
        "mark": colour("C", tone),
    }
    _READER.draw(data, key, on_chosen_change=lambda: _take_choice(key, on_choice))
    # By itself: the texts and maps above, some 100 kB, are then the same message as before, which Streamlit
    # does not send a second time.
    _POINTER(key=f"{key}_pointer", data={"key": key, "at": at, "unit": unit})


def _text_data(text: ReaderText) -> dict:
    return {
        "chars": text.text, "name": text.name, "start": text.start, "tints": text.tints,
        "first": text.first_difference,
        "alt": f"{text.name or 'The text'}, {len(text.text)} characters; the arrow keys walk through it",
    }  # fmt: skip


def _map_data(heat_map: ReaderMap) -> dict:
    codes = base64.b64encode(heat_map.heat.codes.tobytes()).decode()
    return {"name": heat_map.name, "alt": heat_map.alt, "codes": codes}


def _details_data(expected: Expected, chars: Sequence[str], second_bar: str) -> dict:
    codes = expectation_codes(expected)
    return {"codes": codes, "chars": list(chars), "given": second_bar, "each": min(ROWS, len(chars))}


def _take_choice(key: str, on_choice: Callable[[int, int], None] | None) -> None:
    """Call `on_choice` with what was chosen; whatever else a browser sends is left out."""
    match sent_value(key, "chosen"):
        case [int(at), int(unit)] if 0 <= at < _MOST_CHARACTERS and -1 <= unit < _MOST_UNITS:
            if on_choice is not None:
                on_choice(at, unit)
