"""How the reader looks: texts to walk through, and heat maps; `assets/reader` draws them within panels."""

from typing import Any

from lesson.frame.files import asset
from lesson.frame.style import theme
from lesson.sampling.networks import TrainedNetwork
from visualization.palette import GREY, colour
from visualization.shades import shades
from visualization.symbols import letters_of_cell


def reader_css() -> str:
    """Return the look of texts, maps and what was expected."""
    return asset("shared/scroll.css") + asset("reader/reader.css")


def look_of_reader() -> dict[str, Any]:
    """Return the colours of texts and maps in the theme of the page."""
    tone = theme()
    palette = shades("f", tone)
    return {
        "tone": colour("f", tone),
        "grey": GREY[tone],
        "mark": colour("C", tone),
        "palette": palette,
        "bounds": list(range(1, len(palette))),
    }


def look_of_maps(network: TrainedNetwork) -> dict[str, Any]:
    """Return the colours of the map of each gate and state of a network."""
    tone = theme()
    symbols = letters_of_cell(network.checkpoint.net.kind)
    return {"palettes": {symbol: shades(symbol, tone) for symbol in symbols}}
