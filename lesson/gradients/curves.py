"""The race's curves as a drawing has them: hundredths of logarithms, names, colours, ends.

They show what `plot_gradient_flow_comparison` draws, with its colours, dashes and ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from lesson.frame.files import asset
from visualization.charts.gradients import DASHES, PATHS
from visualization.drawings.gradient_curves import MANTISSAS, axis_ends, curve_codes
from visualization.palette import GREY, colour
from visualization.symbols import Theme
from visualization.text import join_words

_REFERENCES = {"nothing lost": 0}
# Dashes of the LSTMs to compare with: grey, as all that is there to compare with, and named at their ends, so
# that nobody takes b_f = 3 for the one that is set.
_GHOST_DASHES = {"LSTM, b_f = 0": [2, 5], "LSTM, b_f = 3": [12, 4, 2, 4]}


def curves_css() -> str:
    """Return the look of the curves."""
    return asset("curves/curves.css")


def look_of_axes() -> dict[str, Any]:
    """Return what the axes of all curves share."""
    references = [{"name": name, "log": log} for name, log in _REFERENCES.items()]
    return {"mantissas": MANTISSAS, "references": references}


def look_of_curve(name: str, theme: Theme) -> dict[str, Any]:
    """Return how a curve looks: a cell's own, a path's, or one of another LSTM, with its name at its end."""
    if name in _GHOST_DASHES:
        return _look(GREY[theme], _GHOST_DASHES[name], label=name, width=2.5)
    symbol, dashes = PATHS[name] if name in PATHS else (name, DASHES[name])
    return _look(colour(symbol, theme), dashes)


def _look(colour: str, dashes: Sequence[int], label: str = "", width: float = 3.5) -> dict[str, Any]:
    return {"colour": colour, "dash": " ".join(map(str, dashes)), "label": label, "width": width}


Ends = tuple[int, int]


def curve_ends(shares: NDArray) -> Ends:
    """Return the powers of ten between which a curve has room; shares: (T,), from the last step backwards."""
    return axis_ends([shares])


def joined(ends: Iterable[Ends]) -> Ends:
    """Return the ends of an axis that has room for several curves."""
    lows, highs = zip(*ends, strict=True)
    return min(lows), max(highs)


def curve_data(shares: NDArray) -> dict[str, Any]:
    """Return a curve as the drawing has it; shares: (T,), from the last step backwards."""
    return curve_codes(shares)._asdict()


def triangle_sentence(curves: Mapping[str, Mapping[str, Any]]) -> str:
    """Say which curves leave the picture, where a triangle marks it; empty if none does.

    curves: by name, as the drawing has them.
    """
    ends = {name: curve["end"] for name, curve in curves.items() if curve["end"]}
    parts = [
        f"{where} ({join_words(name for name, end in ends.items() if end['up'] == up)})"
        for up, where in ((False, "below 10⁻⁴⁰"), (True, "above 10⁴⁰"))
        if any(end["up"] == up for end in ends.values())
    ]
    return f" A triangle marks where a curve goes {join_words(parts)}." if parts else ""
