"""Drawings for paper: black lines on white, with room to write, and the same with the answers in them."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

DASHES = ("", "9 5", "2 5", "12 4 2 4")  # tell curves apart on a grey printer


class Axis(NamedTuple):
    """An axis: its label, its ends, and where its ticks are, with what stands there."""

    label: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


class Curve(NamedTuple):
    """A curve: its name and its points; hint: it is on the sheet before anything is solved."""

    name: str
    x: ArrayLike
    y: ArrayLike
    hint: bool = False


def paper_axes(x: Axis, y: Axis, curves: Sequence[Curve], solved: bool, height: int = 200) -> str:
    """Draw axes with a grid to draw on; the curves only where it is solved."""
    left, right, top, bottom = 56, 520, 10, height - 42
    across = np.interp
    parts = []
    for value, text in x.ticks:
        at = across(value, (x.low, x.high), (left, right))
        parts += [_line(at, top, at, bottom, _FAINT), _text(at, bottom + 16, text)]
    for value, text in y.ticks:
        at = across(value, (y.low, y.high), (bottom, top))
        parts += [_line(left, at, right, at, _FAINT), _text(left - 7, at + 4, text, "end")]
    parts += [_line(left, top, left, bottom), _line(left, bottom, right, bottom)]
    parts += [_text((left + right) / 2, bottom + 34, x.label), _turned(14, (top + bottom) / 2, y.label)]
    for dash, curve in zip(DASHES, curves, strict=False):
        if solved or curve.hint:
            points = np.column_stack([
                across(np.asarray(curve.x, float), (x.low, x.high), (left, right)),
                across(np.asarray(curve.y, float), (y.low, y.high), (bottom, top)),
            ])  # fmt: skip
            line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
            parts.append(f'<polyline points="{line}" fill="none" {_BOLD} stroke-dasharray="{dash}"/>')
    keys = [(dash, c.name) for dash, c in zip(DASHES, curves, strict=False) if solved or c.hint]
    curve_words = "".join(f"; drawn: {name}" for _, name in keys)
    for row, (dash, name) in enumerate(keys):
        height_of_row = top + 14 + 17 * row
        parts.append(_line(right + 10, height_of_row - 4, right + 42, height_of_row - 4, _BOLD, dash))
        parts.append(_text(right + 48, height_of_row, name, "start"))
    return _svg(700, height, parts, f"Axes to draw in: {y.label}, over {x.label}{curve_words}")


def paper_bars(names: Sequence[str], groups: Mapping[str, ArrayLike], solved: bool) -> str:
    """Draw empty axes from 0 to 1 for some distributions over the same names; the bars where it is solved."""
    parts, width, bottom = [], 640 / len(groups), 130
    name = f"Axes for bars from 0 to 1, over {', '.join(names)}: {', '.join(groups)}"
    for k, (title, values) in enumerate(groups.items()):
        left = 40 + k * width
        parts.append(_text(left + width / 2 - 30, 12, title))
        for tick in (0, 0.5, 1):
            at = bottom - 105 * tick
            parts += [
                _line(left, at, left + width - 60, at, _FAINT),
                _text(left - 5, at + 4, f"{tick:g}", "end"),
            ]
        parts.append(_line(left, bottom, left, bottom - 105))
        step = (width - 60) / len(names)
        for n, (below, value) in enumerate(zip(names, np.asarray(values, float), strict=True)):
            at = left + step * (n + 0.5)
            parts.append(_text(at, bottom + 16, below))
            if solved:
                tall = 105 * float(value)
                parts.append(_rectangle(at - 12, bottom - tall, 24, tall, "#999"))
    return _svg(700, 152, parts, name)


def paper_path(factors: Sequence[str], products: Sequence[str], solved: bool) -> str:
    """Draw the cell-state path over some steps: a factor f at each, and what is left behind it."""
    parts, gap = [], 600 / len(factors)
    for k, factor in enumerate(factors):
        at = 30 + gap * k
        parts += [_circle(at, 60, "C", k), _line(at + 20, 60, at + gap - 22, 60), _tip(at + gap - 22, 60)]
        parts += [_text(at + gap / 2, 30, f"× f = {factor}"), _line(at + gap / 2, 36, at + gap / 2, 54)]
        parts += [
            _box(at + gap - 32, 92, 64, products[k] if solved else ""),
            _line(at + gap, 82, at + gap, 92),
        ]
    parts += [_circle(30 + gap * len(factors), 60, "C", len(factors)), _text(30, 110, "left: 1")]
    left = f"; left behind each: {', '.join(products)}" if solved else ", with a box behind each step"
    return _svg(700, 124, parts, f"The path of C over {len(factors)} steps, f = {', '.join(factors)}{left}")


def paper_stacks(columns: Mapping[str, Sequence[str]], solved: bool) -> str:
    """Draw matrices side by side, each a stack of blocks of rows, to be named."""
    parts, width = [], 640 / len(columns)
    for k, (title, blocks) in enumerate(columns.items()):
        left = 30 + k * width
        parts.append(_text(left + width / 2 - 20, 14, title))
        parts += [
            _box(left, 22 + 27 * n, width - 40, name if solved else "") for n, name in enumerate(blocks)
        ]
    rows = [f"{title}: {', '.join(blocks) if solved else len(blocks)}" for title, blocks in columns.items()]
    name = f"Matrices and their blocks of rows. {'; '.join(rows)}"
    return _svg(700, 30 + 27 * max(map(len, columns.values())), parts, name)


_THIN = 'stroke="#111" stroke-width="1"'
_BOLD = 'stroke="#111" stroke-width="2.2"'
_FAINT = 'stroke="#aaa" stroke-width=".6"'


def _svg(width: int, height: int, parts: Sequence[str], name: str) -> str:
    font = f'font-family="Georgia, serif" font-size="13" fill="#111" aria-label="{escape(name)}"'
    return f'<svg viewBox="0 0 {width} {height}" role="img" {font}>{"".join(parts)}</svg>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str = _THIN, dash: str = "") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {stroke} stroke-dasharray="{dash}"/>'
    )


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{lowered(text)}</text>'


def lowered(text: str) -> str:
    """Write the index of a symbol, such as b_f, lower."""
    index = r'<tspan dy="4" font-size="10">\1</tspan><tspan dy="-4">\2</tspan>'
    return re.sub("_([a-zA-Z])(.*)", index, escape(text))


def _turned(x: float, y: float, text: str) -> str:
    return f'<text transform="translate({x} {y:.1f}) rotate(-90)" text-anchor="middle">{escape(text)}</text>'


def _circle(x: float, y: float, letter: str, index: int) -> str:
    name = f'{letter}<tspan dy="4" font-size="10">{index}</tspan>'
    ring = f'<circle cx="{x:.1f}" cy="{y}" r="20" fill="#fff" {_THIN}/>'
    return f'{ring}<text x="{x:.1f}" y="{y + 4}" text-anchor="middle" font-style="italic">{name}</text>'


def _tip(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 5}l9 5l-9 5z" fill="#111"/>'


def _rectangle(x: float, y: float, width: float, height: float, fill: str = "#fff") -> str:
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {size} fill="{fill}" {_THIN}/>'


def _box(x: float, y: float, width: float, text: str) -> str:
    """Draw a box to write into, with what stands in it."""
    middle = f'x="{x + width / 2:.1f}" y="{y + 17:.1f}" text-anchor="middle" font-weight="bold"'
    return _rectangle(x, y, width, 25) + (f"<text {middle}>{escape(text)}</text>" if text else "")
