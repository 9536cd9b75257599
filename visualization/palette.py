"""One colour for every symbol and every cell, the same in equations, charts and text.

Each has a tone for light and one for dark backgrounds, of at least 4.5 : 1 against either (a test
computes it), and hues that stay apart for colour-blind eyes; charts tell lines apart by dashes too.
"""

from typing import Literal

Theme = Literal["light", "dark"]

BACKGROUND: dict[Theme, str] = {"light": "#ffffff", "dark": "#12151c"}

# For what is there to compare with: reference lines and their names.
GREY: dict[Theme, str] = {"light": "#55606b", "dark": "#a9b3bd"}

# Of training runs on the same axes, blue and orange: the training loss, a line of 3 : 1 against the
# background, and the validation loss, which text in the run's colour has too.
RUNS: tuple[dict[Theme, tuple[str, str]], ...] = (
    {"light": ("#3d8fe0", "#083f80"), "dark": ("#3a86d0", "#b5e0ff")},
    {"light": ("#d9741a", "#8a3a00"), "dark": ("#cc6610", "#ffc799")},
)

SYMBOLS: dict[str, dict[Theme, str]] = {
    "f": {"light": "#0b62a8", "dark": "#5aaef0"},
    "i": {"light": "#00755a", "dark": "#2fc297"},
    "C_tilde": {"light": "#8f5b00", "dark": "#e6a938"},
    "C": {"light": "#b8400e", "dark": "#ff8f5e"},
    "o": {"light": "#96397f", "dark": "#e08fca"},
    "h": {"light": "#44505c", "dark": "#c3ccd6"},
    "x": {"light": "#6b5636", "dark": "#cdb188"},
    "z": {"light": "#00707d", "dark": "#46bdcb"},
    "r": {"light": "#6b6600", "dark": "#c8bf3f"},
    "h_tilde": {"light": "#8f5b00", "dark": "#e6a938"},
}

# The gates of an LSTM and of a GRU, by their symbols; an LSTM's come first.
GATES = ("f", "i", "o", "z", "r")

CELLS: dict[str, dict[Theme, str]] = {
    "LSTM": {"light": "#b8400e", "dark": "#ff8f5e"},
    "GRU": {"light": "#00707d", "dark": "#46bdcb"},
    "RNN": {"light": "#5a5f8c", "dark": "#a9aee0"},
}


def colour(name: str, theme: Theme = "light") -> str:
    """The colour of a symbol or a cell, as #rrggbb."""
    return (CELLS.get(name) or SYMBOLS[name])[theme]
