"""Pictures for phones of what a number or a setting is asked for: the model's curve, or its surface."""

from dataclasses import replace

import numpy as np

from lesson.classroom.question import Question, Scale, Setting
from lesson.pictures import Picture
from visualization.drawings.paper import Axis, Curve
from visualization.drawings.pocket import RIGHT, pocket_axes, pocket_heat
from visualization.numbers import scientific, superscript

_MOST_TICKS = 6
_END = 1 + 1e-9  # the end of a scale has a tick, too


def with_curve(question: Question) -> Question:
    """Return a question for a number with the picture of its curve, in which the right number is marked."""
    scale, curve = question.scale, question.curve
    assert scale is not None and curve is not None and isinstance(question.right, int | float)
    right, unit = _on_axis(scale, question.right), f" {scale.unit}" if scale.unit else ""
    across = [_on_axis(scale, x) for x, _ in curve.points]
    mark = f"right: {_written(question.right)}{unit}"
    axes = (
        Axis(
            scale.unit or "the number asked for",
            _on_axis(scale, scale.low),
            _on_axis(scale, scale.high),
            _ticks(scale),
        ),
        Axis(curve.title, 0, 1, curve.ticks),
    )
    curves = [Curve("the model", across, [y for _, y in curve.points]), Curve(mark, [right, right], [0, 1])]
    words = f"Across: {axes[0].label}; upwards: {curve.title}. {curve.words} {mark.capitalize()}."
    return _with(question, Picture(pocket_axes(*axes, curves, ["C", RIGHT]), words))


def with_surface(question: Question) -> Question:
    """Return a question for a setting with the picture of what comes of each."""
    surface, settings = question.surface, question.settings
    assert surface is not None
    best = int(np.argmax(surface.heights))
    words = f"{surface.title[0].upper()}{surface.title[1:]}. The highest point: {surface.words[best]}."
    if len(settings) == 1:
        (setting,) = settings
        height = Axis(surface.title, 0, 1, surface.ticks)
        curves = [Curve("the model", range(len(setting.values)), surface.heights)]
        return _with(question, Picture(pocket_axes(_places(setting), height, curves, ["C"]), words))
    down, across = settings
    heights = np.reshape(surface.heights, (len(down.values), len(across.values)))
    heat = pocket_heat(
        _places(across), _places(down), heights, "C", f"Colour: {surface.title}", surface.ticks
    )
    return _with(question, Picture(heat, f"Colour: {words}"))


def _with(question: Question, picture: Picture) -> Question:
    return replace(question, picture=picture.svg, picture_text=picture.words)


def _places(setting: Setting) -> Axis:
    """Return an axis along the places of a setting's values."""
    last = len(setting.values) - 1
    ticks = [
        (place, setting.values[place].replace("-", "−")) for place in range(0, last + 1, max(1, last // 4))
    ]
    return Axis(setting.text, 0, last, ticks)


def _on_axis(scale: Scale, value: float) -> float:
    return float(np.log10(value)) if scale.logarithmic else float(value)


def _ticks(scale: Scale) -> list[tuple[float, str]]:
    """Return round numbers on a scale: powers of ten on a logarithmic one."""
    if scale.logarithmic:
        low, high = (round(_on_axis(scale, end)) for end in (scale.low, scale.high))
        return [(k, f"10{superscript(k)}" if k else "1") for k in range(low, high + 1, -(-(high - low) // 5))]
    steps = (digit * 10.0**power for power in range(-2, 7) for digit in (1, 2, 5))
    step = next(step for step in steps if (scale.high - scale.low) / step < _MOST_TICKS)
    ticks = [(value, f"{value:,g}") for value in np.arange(scale.low, scale.high * _END, step).tolist()]
    # A long number would not fit at the right end.
    return [(value, text) for value, text in ticks if len(text) < 5 or value < 0.95 * scale.high]


def _written(value: float) -> str:
    """Write a number to three digits, a whole one with all of them."""
    if value == round(value):
        return f"{value:,.0f}"
    return scientific(value) if value < 1 else f"{value:.3g}"
