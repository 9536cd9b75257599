"""Heat maps of gates and states, unit by character: numbers for the browser, and the order of the units."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.numbers import number
from visualization.shades import shades
from visualization.symbols import GATES, Theme
from visualization.text import character_in_words

ORDERS = ("similar units together", "by mean", "by number")
_MOST = 2**15 - 1  # hundredths
_NARROWEST = 2  # hundredths to both sides of a unit's middle: what moves less is not blown up


class Heat(NamedTuple):
    """A map that the browser only has to paint.

    codes (H, T), in the order of the units: hundredths of the values, whole numbers of two bytes; palette:
    the colours; bounds: of each colour but the last the hundredths where the next one begins; spans: where
    each row has its first colour and its last, if every unit has a scale of its own.
    """

    codes: NDArray
    palette: list[str]
    bounds: list[int]
    spans: list[tuple[int, int]] | None = None


def heat(values: ArrayLike, symbol: str, order: ArrayLike, theme: Theme, own_scale: bool = False) -> Heat:
    """The map of a gate or a state; values (T, H), order (H,) units from the top.

    A gate's colours go from 0 to 1, those of what has two signs from −1 to 1.  C has no such ends: its
    colour is that of tanh(C), which is what h can show of it.  own_scale: instead, of each unit the colours
    go from its second percentile to its 98th, so that its moves show even where tanh is flat.
    """
    values = np.asarray(values, float)
    codes = np.rint(np.clip(100 * values, -_MOST, _MOST)).astype("<i2")
    colours = shades(symbol, theme)
    ends = np.linspace(0.0 if symbol in GATES else -1.0, 1.0, 2 * len(colours) - 1)[1::2]  # (colours − 1,)
    if symbol == "C":
        ends = np.arctanh(ends)
    bounds = np.ceil(np.round(100 * ends, 9)).astype(int).tolist()
    order = np.asarray(order)
    spans = None
    if own_scale:
        low, high = np.percentile(codes[:, order], (2, 98), axis=0)
        middle, half = (low + high) / 2, np.maximum((high - low) / 2, _NARROWEST)
        ends = np.rint([middle - half, middle + half]).astype(int)
        spans = list(zip(*ends.tolist(), strict=True))
    return Heat(np.ascontiguousarray(codes.T[order]), colours, bounds, spans)


def unit_order(states: ArrayLike, how: str = ORDERS[0]) -> NDArray:
    """The units from the top of a map, (H,); states (T, H).

    "similar units together" puts units beside each other that rise and fall together, by the second
    eigenvector of the graph of their likeness (seriation: Atkins, Boman and Hendrickson 1998).
    """
    states = np.asarray(states, float)
    T, H = states.shape
    if how == "by number" or H < 3:
        return np.arange(H)
    if how == "by mean":
        return np.argsort(-states.mean(axis=0), kind="stable")
    moved = states - states.mean(axis=0)
    size = np.sqrt((moved**2).sum(axis=0))
    moved = np.divide(moved, size, out=np.zeros_like(moved), where=size > 0)
    alike = (1 + moved.T @ moved) / 2  # (H, H), from 0, opposite, to 1, the same
    laplacian = np.diag(alike.sum(axis=1)) - alike
    second = np.linalg.eigh(laplacian)[1][:, 1]
    # An eigenvector has no sign of its own: the unit that moves most comes into the upper half.
    return np.argsort(second if second[size.argmax()] <= 0 else -second, kind="stable")


def describe_units(values: ArrayLike, text: str, symbol: str, times: int = 3) -> list[str]:
    """After which characters each unit is highest and lowest on average; values (T, H), of characters that
    come at least `times` times."""
    values = np.asarray(values, float)
    chars = [char for char in sorted(set(text)) if text.count(char) >= times]
    is_char = np.array([[other == char for other in text] for char in chars], float).reshape(-1, len(text))
    means = is_char @ values / is_char.sum(axis=1, keepdims=True)  # (chars, H)
    return [
        _describe_unit(column, symbol, unit, dict(zip(chars, means[:, unit].tolist(), strict=True)))
        for unit, column in enumerate(values.T)
    ]


def _describe_unit(values: NDArray, symbol: str, unit: int, means: dict[str, float]) -> str:
    low, high = number(values.min()), number(values.max())
    range_ = f"Unit {unit} of {symbol}: mean {number(values.mean())}, from {low} to {high}"
    if len(means) < 2:
        return f"{range_}."
    ranked = sorted(means, key=means.__getitem__)
    highest, lowest = (
        ", ".join(f"{character_in_words(char)} {number(means[char])}" for char in chars)
        for chars in (ranked[:-4:-1], ranked[:3])
    )
    return f"{range_}. On average highest after {highest}; lowest after {lowest}."


def shade_indices(codes: NDArray, colours: Heat) -> NDArray:
    """Which colour of a map's palette each value has, (H, T) bytes; codes (H, T) in hundredths.

    What is enough for a picture, in a sixth of the room; the number itself can't be read off it.
    """
    if colours.spans is None:
        return np.searchsorted(colours.bounds, codes, side="right").astype(np.uint8)
    start, end = np.array(colours.spans, float).T[:, :, None]  # (H, 1) each
    share = np.clip((codes - start) / (end - start), 0, 1)
    return np.floor(share * (len(colours.palette) - 1) + 0.5).astype(np.uint8)
