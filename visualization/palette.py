"""Colours by theme: those of `symbols`, of cells, of training runs, and of what is there to compare with."""

from visualization.symbols import SYMBOLS, Theme

Tones = dict[Theme, str]

BACKGROUND: Tones = {"light": "#ffffff", "dark": "#12151c"}

# For reference lines and their names, and for what is written on axes.
GREY: Tones = {"light": "#55606b", "dark": "#a9b3bd"}

# Of training runs on the same axes, blue and orange: the training loss, a line of 3 : 1 against the
# background, and the validation loss, which text in the run's colour has too.
RUNS: tuple[dict[Theme, tuple[str, str]], ...] = (
    {"light": ("#3d8fe0", "#083f80"), "dark": ("#3a86d0", "#b5e0ff")},
    {"light": ("#d9741a", "#8a3a00"), "dark": ("#cc6610", "#ffc799")},
)

SYMBOL_TONES: dict[str, Tones] = {
    symbol.id: {"light": symbol.light, "dark": symbol.dark} for symbol in SYMBOLS.values()
}

# An LSTM and a GRU have the colour of what makes them: the cell state, and the gate that keeps.
CELLS: dict[str, Tones] = {
    "LSTM": SYMBOL_TONES["C"],
    "GRU": SYMBOL_TONES["z"],
    "RNN": {"light": "#5a5f8c", "dark": "#a9aee0"},
}

# Of two layers, the first and the second: blue and orange again; a layer has a shape too, never the colour
# alone.
LAYERS: dict[Theme, tuple[str, str]] = {
    theme: (RUNS[0][theme][0], RUNS[1][theme][0]) for theme in ("light", "dark")
}

# The theme's own colour, as `.streamlit/config.toml` says it, which can't import this: an orange as the cell
# state's; on dark ground it is darker, for buttons are filled with it.
PRIMARY: Tones = {"light": "#b8400e", "dark": "#d9632f"}


def colour(name: str, theme: Theme = "light") -> str:
    """The colour of a symbol or a cell, as #rrggbb."""
    return (CELLS.get(name) or SYMBOL_TONES[name])[theme]
