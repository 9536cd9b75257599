"""The reader: texts to walk through character by character, with heat maps; drawn by a component."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.files import script
from lesson.widgets.display import theme
from lesson.widgets.drawing import Drawing, sent
from visualization.expectations import Expected, expectation_codes
from visualization.heat import Heat
from visualization.palette import GREY, colour
from visualization.shades import shades

_READER = Drawing("reader")
_POINTER = st.components.v2.component("reader_pointer", js=script("reader/pointer.js"))


@dataclass(frozen=True)
class Text:
    """A text to show: its name (none: ""), where the prompt ends, how strongly each character is coloured
    (see `visualization.expectations.tints`), and where it differs first from the text beside it, −1 if
    nowhere."""

    text: str
    name: str = ""
    start: int = 0
    tints: str = ""
    first: int = -1


@dataclass(frozen=True)
class Map:
    """A heat map of a text's characters, and what it shows in words."""

    heat: Heat
    name: str
    alt: str


def draw_reader(
    texts: Sequence[Text],
    *,
    key: str,
    at: int = 0,
    details: tuple[Expected, Sequence[str], str] | None = None,
    maps: Sequence[Map] = (),
    symbol: str = "h",
    order: NDArray | None = None,
    unit: int = -1,
    stream: int = 0,
    on_choice: Callable[[int, int], None] | None = None,
) -> None:
    """Draw texts and maps.

    at: the chosen character.  details: what was expected, the vocabulary, and what the second bar is.
    symbol: what the maps show; order: their units from the top; unit: the chosen one, −1 for none.
    stream: another number than before lets the first text be written anew.  on_choice: called with
    character and unit when the visitor has chosen another.
    """
    tone = theme()
    colours = maps[0].heat.palette if maps else shades("f", tone)
    data = {
        "texts": [_sent_text(text) for text in texts],
        "maps": [_sent_map(shown) for shown in maps],
        "bounds": maps[0].heat.bounds if maps else list(range(1, len(colours))),
        "spans": maps[0].heat.spans if maps else None,
        "units": [] if order is None else np.asarray(order).tolist(),
        "palette": colours,
        "symbol": symbol,
        "stream": stream,
        "key": key,
        "details": _details(*details) if details else None,
        "tone": colour("f", tone),
        "grey": GREY[tone],
        "mark": colour("C", tone),
    }
    _READER.draw(data, key, on_chosen_change=lambda: _chosen(key, on_choice))
    # By itself: the texts and maps above, some 100 kB, are then the same message as before, which Streamlit
    # does not send a second time.
    _POINTER(key=f"{key}_pointer", data={"key": key, "at": at, "unit": unit})


def _sent_text(text: Text) -> dict:
    return {
        "chars": text.text, "name": text.name, "start": text.start, "tints": text.tints, "first": text.first,
        "alt": f"{text.name or 'The text'}, {len(text.text)} characters; the arrow keys walk through it",
    }  # fmt: skip


def _sent_map(shown: Map) -> dict:
    codes = base64.b64encode(shown.heat.codes.tobytes()).decode()
    return {"name": shown.name, "alt": shown.alt, "codes": codes}


def _details(expected: Expected, chars: Sequence[str], given: str) -> dict:
    codes = expectation_codes(expected)
    return {"codes": codes, "chars": list(chars), "given": given, "each": min(8, len(chars))}


def _chosen(key: str, on_choice: Callable[[int, int], None] | None) -> None:
    """Hear what was chosen; whatever else a browser sends is left out."""
    match sent(key, "chosen"):
        case [int(at), int(unit)] if on_choice is not None and 0 <= at < 10**6 and -1 <= unit < 10**6:
            on_choice(at, unit)
