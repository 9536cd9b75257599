"""Which rows of a cell's weights are which gate: here above, and in another library below.

Widths are not to scale, so that a block of 59 columns can be read beside one of 128.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from lstm.exchange.layouts import Layout
from visualization.palette import BACKGROUND, GREY, colour
from visualization.symbols import SYMBOLS, Theme

ALL_GATES = ""
_ROW = 26  # pixels of a block of rows
_HEAD = 0.9  # rows of a line of names
_GAP = 0.5  # rows between our arrays and theirs
_FADED = 0.22
# Left and right ends, in hundredths of the width.
_INPUT, _HIDDEN, _BIAS, _SECOND_BIAS = (0, 24), (27, 71), (75, 86), (89, 100)
_OUR_HIDDEN, _OUR_INPUT, _OUR_BIAS = (0, 44), (44, 68), (75, 86)
# For each library the arrays for the input, for h, and of the biases.
_NAMES = {
    "PyTorch": ("weight_ih_l0", "weight_hh_l0", "bias_ih", "bias_hh"),
    "ONNX": ("W", "R", "B, first", "B, rest"),
    "Keras": ("kernel", "recurrent_kernel", "bias"),
}


class Stack(NamedTuple):
    """The gates of a cell as they are stored here.

    letters: in our order, as weight names have them; symbols: the id of each one's symbol; hidden_size,
    input_size: H and D; two_biases: whether a library's second bias is used, as r's product needs it.
    """

    letters: tuple[str, ...]
    symbols: tuple[str, ...]
    hidden_size: int
    input_size: int

    def symbol(self, letter: str) -> str:
        """Return the id of the symbol that a gate's weights compute."""
        return self.symbols[self.letters.index(letter)]

    def rows(self, place: int) -> str:
        """Return which rows the block at a place has, from 0: "128–255"."""
        return f"{place * self.hidden_size}–{(place + 1) * self.hidden_size - 1}"


class Block(NamedTuple):
    """A rectangle of the picture, or a name above one if `symbol` is empty."""

    x: float
    x2: float
    y: float
    y2: float
    label: str
    symbol: str = ""
    where: str = ""


def plot_weight_blocks(
    stack: Stack, layout: Layout, gate: str = ALL_GATES, theme: Theme = "light"
) -> alt.LayerChart:
    """Draw a cell's weights in our order and in a library's; gate: the id of the symbol to point out."""
    frame = pd.DataFrame(_blocks(stack, layout), columns=Block._fields)
    frame["chosen"] = (frame.symbol == gate) | (gate == ALL_GATES)
    frame["gate"] = [SYMBOLS[symbol].name if symbol else "" for symbol in frame.symbol]
    blocks, names = frame[frame.symbol != ""], frame[frame.symbol == ""]
    hover = alt.selection_point(name="hover", fields=["symbol"], on="pointerover", clear="pointerout")
    lit = "isDefined(hover.symbol) ? indexof(hover.symbol, datum.symbol) >= 0 : datum.chosen"
    ends = alt.Scale(domain=[0, 100], nice=False), alt.Scale(domain=[0, float(frame.y2.max())], reverse=True)
    place = [
        alt.X("x:Q", scale=ends[0], axis=None), alt.X2("x2:Q"),
        alt.Y("y:Q", scale=ends[1], axis=None), alt.Y2("y2:Q"),
    ]  # fmt: skip
    colours = alt.Scale(domain=list(stack.symbols), range=[colour(symbol, theme) for symbol in stack.symbols])
    rectangles = (
        alt.Chart(blocks)
        .mark_rect(stroke=BACKGROUND[theme], strokeWidth=2, cornerRadius=3)
        .encode(
            *place,
            alt.Color("symbol:N", scale=colours, legend=None),
            opacity=alt.condition(lit, alt.value(1), alt.value(_FADED)),
            tooltip=[alt.Tooltip("gate:N"), alt.Tooltip("where:N", title="what it is")],
        )
        .add_params(hover)
    )
    centre = {"x": alt.X("mid:Q", scale=ends[0], axis=None), "y": alt.Y("middle:Q", scale=ends[1], axis=None)}
    labels = _centred(blocks).mark_text(fontWeight="bold", fontSize=_size(14)).encode(
        **centre, text="label:N",
        color=alt.condition(lit, alt.value(BACKGROUND[theme]), alt.value(GREY[theme])),
    )  # fmt: skip
    heads = _centred(names).mark_text(fontSize=_size(13), color=GREY[theme]).encode(**centre, text="label:N")
    height = round(_ROW * float(frame.y2.max()))
    return (rectangles + labels + heads).properties(height=height).configure_view(stroke=None)


def describe_weight_blocks(stack: Stack, layout: Layout, gate: str = ALL_GATES) -> str:
    """Say the two orders in words, and where the rows of the gate are that is pointed out."""
    count = len(stack.letters)
    theirs = ", ".join(layout.name(count, letter) for letter in layout.order[count])
    ours = ", ".join(SYMBOLS[symbol].letter for symbol in stack.symbols)
    what = "columns" if layout.library == "Keras" else "rows"
    words = f"The rows of W are those of {ours} here; the {what} in {layout.library} are those of {theirs}."
    if gate != ALL_GATES:
        letter = stack.letters[stack.symbols.index(gate)]
        there = stack.rows(layout.order[count].index(letter))
        here = stack.rows(stack.letters.index(letter))
        words += f" {SYMBOLS[gate].letter}: rows {here} here, {what} {there} there."
    return words


def _size(pixels: int) -> alt.ExprRef:
    """Return the size of labels, smaller on a phone, larger in a low wide window, as of a projector."""
    low = "windowSize()[1] <= 560 && windowSize()[0] >= 640"
    return alt.ExprRef(f"width < 500 ? {max(12, pixels - 2)} : {low} ? 17 : {pixels}")


def _centred(frame: pd.DataFrame) -> alt.Chart:
    middle = {"mid": (frame.x + frame.x2) / 2, "middle": (frame.y + frame.y2) / 2}
    return alt.Chart(frame.assign(**middle))


def _blocks(stack: Stack, layout: Layout) -> list[Block]:
    ours = list(_ours(stack))
    top = ours[-1].y2 + _GAP
    theirs = _columns if layout.library == "Keras" else _rows
    return [*ours, *theirs(stack, layout, top)]


def _ours(stack: Stack) -> Iterator[Block]:
    """Our W (G·H, H + D) and b (G·H,)."""
    H, D = stack.hidden_size, stack.input_size
    heads = ((f"our W: {H} columns for h", _OUR_HIDDEN), (f"{D} for x", _OUR_INPUT), ("b", _OUR_BIAS))
    yield from (Block(*ends, 0, _HEAD, text) for text, ends in heads)
    for place, (letter, symbol) in enumerate(zip(stack.letters, stack.symbols, strict=True)):
        sides = (
            (f"W{letter}[:, :{H}]", _OUR_HIDDEN),
            (f"W{letter}[:, {H}:]", _OUR_INPUT),
            (f"b{letter}", _OUR_BIAS),
        )
        for side, (where, ends) in enumerate(sides):
            label = SYMBOLS[symbol].letter + ("" if side else f"   {stack.rows(place)}")
            yield Block(*ends, _HEAD + place, _HEAD + place + 1, label, symbol, f"net.{where}")


def _rows(stack: Stack, layout: Layout, top: float) -> Iterator[Block]:
    """A library's two matrices and two biases, the gates on top of each other."""
    names = _NAMES[layout.library]
    order = layout.order[len(stack.letters)]
    ends_of = _INPUT, _HIDDEN, _BIAS, _SECOND_BIAS
    yield from (Block(*ends, top, top + _HEAD, name) for name, ends in zip(names, ends_of, strict=True))
    for place, letter in enumerate(order):
        theirs, y = layout.name(len(order), letter), top + _HEAD + place
        for side, (ends, where) in enumerate(zip(ends_of, _sources(stack, letter), strict=True)):
            label = f"{theirs}   {stack.rows(place)}" if side == 1 else theirs
            yield Block(*ends, y, y + 1, _bias_label(label, where, side), stack.symbol(letter), where)


def _columns(stack: Stack, layout: Layout, top: float) -> Iterator[Block]:
    """Keras' kernels, the gates side by side: kernel (D, G·H), recurrent_kernel (H, G·H), bias."""
    order = layout.order[len(stack.letters)]
    sources = [_sources(stack, letter) for letter in order]
    lines = list(zip(_NAMES["Keras"], (0, 1, 2), strict=True))
    if len(order) == 3:
        lines.append(("bias, second row", 3))
    for line, (name, side) in enumerate(lines):
        y = top + line * (_HEAD + 1)
        yield Block(0, 100, y, y + _HEAD, name)
        for place, letter in enumerate(order):
            x, x2 = (100 * (place + k) / len(order) for k in (0, 1))
            where = sources[place][side] + (", transposed" if side < 2 else "")
            label = stack.rows(place) if side == 1 else _bias_label(letter, where, side)
            yield Block(x, x2, y + _HEAD, y + _HEAD + 1, label, stack.symbol(letter), where)


def _bias_label(label: str, where: str, side: int) -> str:
    return label if side < 3 else "c" if where.startswith("ch") else "0"


def _sources(stack: Stack, letter: str) -> Sequence[str]:
    """Return what stands here for a gate's part in the matrix for x, in that for h, and in both biases."""
    H = stack.hidden_size
    second = "ch of ResetAfterGRU" if (len(stack.letters), letter) == (3, "h") else "0: only the sum counts"
    return f"net.W{letter}[:, {H}:]", f"net.W{letter}[:, :{H}]", f"net.b{letter}", second
