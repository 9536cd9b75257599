"""Drawings for a phone: 340 units wide, so that one is about a pixel, in the colours of either theme."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from visualization.drawings.paper import DASHES, Axis, Curve, lowered
from visualization.palette import BACKGROUND, CELLS, GREY, Tones, colour
from visualization.symbols import Theme

WIDTH = 340
_LEVELS = 20  # of a surface's colour
_INK: Tones = {"light": "#1b2026", "dark": "#eef1f4"}
# Where the gates of the cell stand: the middle of each, and its name.
_GATES = {"f": (46, "forget"), "i": (126, "input"), "C_tilde": (206, "candidate"), "o": (286, "output")}
_LETTERS = {"f": "f", "i": "i", "C_tilde": "C̃", "o": "o"}
_WIRES = (
    ("C", "M72 58H268M236 58V104M236 130V164"), ("f", "M46 236V196H108V72"), ("i", "M126 236V128H176"),
    ("C_tilde", "M206 236V128H204M190 114V72"), ("o", "M286 236V214H236V192"), ("h", "M250 178H268"),
)  # fmt: skip
_SIGNS = ((108, 58, "×"), (190, 58, "+"), (190, 128, "×"), (236, 117, "tanh"), (236, 178, "×"))
_STATES = {"C_prev": (36, 58, "C", "t−1"), "C": (304, 58, "C", "t"), "h": (304, 178, "h", "t")}
# What is right has a colour of its own, that of the page around it (assets/classroom/phone/phone.css).
RIGHT = "right"
_RIGHT: Tones = {"light": "#00693e", "dark": "#5fe0b0"}
_COLOURED = ("f", "i", "C_tilde", "o", "C", "h", *CELLS, RIGHT)


def pocket_cell(values: Mapping[str, str], shares: Mapping[str, float]) -> str:
    """Draw a cell; values: as they are written, by the ids of the symbols; shares: how full a gate is."""
    parts = [f'<path class="{name}" d="{wire}"/>' for name, wire in _WIRES]
    for x, y, sign in _SIGNS:
        half = 24 if sign == "tanh" else 14
        parts += [_box(x - half, y - 14, 2 * half, 28, 14), _text(x, y + 5, sign)]
    for name, (x, y, letter, index) in _STATES.items():
        symbol = name.removesuffix("_prev")
        label = f'<tspan font-style="italic">{letter}</tspan><tspan dy="4" font-size="11">{index}</tspan>'
        parts += [_box(x - 32, y - 17, 64, 34, 8, symbol), _number(x, y + 6, values[name])]
        parts.append(f'<text x="{x}" y="{y - 25}" class="{symbol} letter">{label}</text>')
    for name, (x, word) in _GATES.items():
        full = 60 * min(1.0, abs(shares[name]))
        parts += [_box(x - 36, 236, 72, 60, 8, name), _box(x - 36, 296 - full, 72, full, 8, f"{name} full")]
        parts += [_text(x, 258, _LETTERS[name]), _number(x, 282, values[name]), _text(x, 314, word)]
    return _picture(322, parts)


def pocket_axes(
    x: Axis,
    y: Axis,
    curves: Sequence[Curve],
    colours: Sequence[str],
    height: int = 250,
    behind: Mapping[str, Sequence[Curve]] = MappingProxyType({}),
) -> str:
    """Draw curves; colours: symbols or cells in whose colours they are, or RIGHT; behind: thin ones, by
    colour."""
    left, right, top = 50, WIDTH - 16, 30 + 20 * len(curves)
    bottom = height - 40
    across = np.interp
    parts = []
    for value, text in x.ticks:
        at = across(value, (x.low, x.high), (left, right))
        parts += [_line(at, top, at, bottom), _text(at, bottom + 17, text)]
    for value, text in y.ticks:
        at = across(value, (y.low, y.high), (bottom, top))
        parts += [_line(left, at, right, at), _text(left - 6, at + 4, text, "end")]
    parts += [_text((left + right) / 2, bottom + 35, x.label), _text(6, top - 12, y.label, "start")]

    def path(curve: Curve) -> str:
        points = zip(
            across(np.asarray(curve.x, float), (x.low, x.high), (left, right)),
            across(np.asarray(curve.y, float), (y.low, y.high), (bottom, top)),
            strict=True,
        )
        return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)

    for name, others in behind.items():
        parts.append(f'<path class="{name} thin" d="{"".join(map(path, others))}"/>')
    for row, (curve, name, dash) in enumerate(zip(curves, colours, DASHES, strict=False)):
        parts.append(f'<path class="{name}" d="{path(curve)}" stroke-dasharray="{dash}"/>')
        at = 14 + 20 * row
        parts.append(f'<path class="{name}" d="M6 {at}H40" stroke-dasharray="{dash}"/>')
        parts.append(_text(48, at + 5, curve.name, "start"))
    return _picture(height, parts)


def pocket_heat(
    x: Axis, y: Axis, heights: ArrayLike, name: str, title: str, key: Sequence[tuple[float, str]]
) -> str:
    """Draw a surface seen from above; heights: (y, x), from 0 to 1; name: of the symbol whose colour is high.

    title: what the heights are; key: heights, and what stands beside their colour.
    """
    left, right, top, bottom = 44, WIDTH - 12, 82, 350
    # Rounded down: only what is as high as can be has the full colour.
    levels = np.floor(_LEVELS * np.asarray(heights, float) + 1e-9).astype(int)  # (y, x)
    rows, columns = levels.shape
    down, across = (bottom - top) / rows, (right - left) / columns
    cells: dict[int, list[str]] = {}
    for row, of_row in enumerate(levels[::-1]):  # the first row lies at the bottom
        for level, start, length in _runs(of_row.tolist()):
            place = f"M{left + start * across:.1f} {top + row * down:.1f}"
            cells.setdefault(level, []).append(
                f"{place}h{length * across:.1f}v{down:.1f}h-{length * across:.1f}z"
            )
    parts = [_filled(name, level, "".join(paths)) for level, paths in sorted(cells.items()) if level]
    parts.append(
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill-opacity="0"/>'
    )
    for value, text in x.ticks:
        at = np.interp(value, (x.low, x.high), (left + across / 2, right - across / 2))
        parts.append(_text(at, bottom + 17, text))
    for value, text in y.ticks:
        at = np.interp(value, (y.low, y.high), (bottom - down / 2, top + down / 2))
        parts.append(_text(left - 6, at + 4, text, "end"))
    parts += [_text((left + right) / 2, bottom + 35, x.label), _text(6, top - 12, y.label, "start")]
    parts.append(_text(6, 44, title, "start"))
    for place, (height, text) in enumerate(key):
        at = 6 + place * (WIDTH - 12) / len(key)
        parts += [
            _filled(name, round(_LEVELS * height), f"M{at:.1f} 8h20v16h-20z"),
            f'<rect x="{at:.1f}" y="8" width="20" height="16" fill-opacity="0"/>',
            _text(at + 26, 21, text, "start"),
        ]
    return _picture(bottom + 40, parts)


def _runs(values: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield each run of equal values: the value, where it starts, and its length."""
    start = 0
    for value, group in groupby(values):
        length = len(list(group))
        yield value, start, length
        start += length


def _filled(name: str, level: int, path: str) -> str:
    return f'<path class="{name} full" style="opacity:{level / _LEVELS:.2f}" d="{path}"/>'


def _picture(height: int, parts: Sequence[str]) -> str:
    body = "".join(parts)
    names = [name for name in _COLOURED if f'class="{name}' in body]
    dark = f"@media(prefers-color-scheme:dark){{{_rules(names, 'dark')}}}"
    sizes = ".n{font-weight:700;font-size:17px}.letter{font-size:18px}.thin{stroke-width:.8;opacity:.4}"
    style = f"{_rules(names, 'light')}{dark}{sizes}"
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    font = 'font-family="system-ui,sans-serif" font-size="14"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}><style>{style}</style>{body}</svg>'


def _rules(names: Sequence[str], theme: Theme) -> str:
    ink, ground = _INK[theme], BACKGROUND[theme]
    rules = [
        f"text{{fill:{ink};text-anchor:middle}}svg{{background:{ground}}}path{{fill:none;stroke-width:3}}",
        f"rect{{fill:{ground};stroke:{ink};stroke-width:2}}line{{stroke:{GREY[theme]};stroke-width:.6}}",
    ]
    for name in names:
        tone = _RIGHT[theme] if name == RIGHT else colour(name, theme)
        rules.append(f".{name}{{stroke:{tone}}}text.{name}{{fill:{tone};stroke:none}}")
        rules.append(f".{name}.full{{fill:{tone};stroke:none;opacity:.25}}")
    return "".join(rules)


def _box(x: float, y: float, width: float, height: float, round: float, name: str = "") -> str:
    kind = f' class="{name}"' if name else ""
    return f'<rect{kind} x="{x}" y="{y:.1f}" width="{width}" height="{height:.1f}" rx="{round}"/>'


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str = "") -> str:
    place = f' style="text-anchor:{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{place}>{lowered(text)}</text>'


def _number(x: float, y: float, text: str) -> str:
    return f'<text class="n" x="{x}" y="{y}">{escape(text)}</text>'
