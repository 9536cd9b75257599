"""What a page can show of what a link asks for: the same or the nearest, with what there is to say of it."""

import math
from collections.abc import Sequence

from lesson.frame.parameters import Choice, Number, Parameter, Switch, Text

LONGEST = 400  # characters of a value that are looked at


def nearest_value(parameter: Parameter, values: Sequence[str]) -> tuple[float | str, list[str]]:
    """Return what a link asks for, or the nearest there is, and what there is to say about it."""
    longest = parameter.longest if isinstance(parameter, Text) else None
    text = values[-1][: longest or LONGEST]
    value: float | str
    if isinstance(parameter, Choice):
        text = _today(text, parameter)
    if isinstance(parameter, Number):
        value = _nearest(text, parameter)
    elif isinstance(parameter, Choice | Switch):
        value = _option(text, parameter.options, parameter.default)
    else:
        value = text
    if len(values) > 1:
        times = f"The link has `{parameter.name}` {len(values)} times"
        which = "" if isinstance(parameter, Text) else f"{value}, "  # a text of somebody's is no Markdown
        return value, [f"{times}; showing {which}the last one."]
    if not _same(text, value):
        return value, [f"The link asks for a `{parameter.name}` that does not exist; showing {value}."]
    return value, []


def _nearest(text: str, allowed: Number) -> float:
    value = _number(text)
    if math.isnan(value):
        return allowed.start
    steps = round((min(max(value, allowed.low), allowed.high) - allowed.low) / allowed.step)
    nearest = round(allowed.low + steps * allowed.step, 9)  # 3, not 3.0000000000000004
    return nearest if isinstance(allowed.step, float) else int(nearest)


def _today(text: str, parameter: Choice) -> str:
    """Return an option by its wording of today, whatever capitals and plus signs a former one has here."""
    former = {_plain(option): today for option, today in parameter.former_options.items()}
    return former.get(_plain(text), text)


def is_former(parameter: Parameter, text: str) -> bool:
    """Return whether a text is an option by a former wording."""
    return isinstance(parameter, Choice) and _today(text, parameter) != text


def _plain(text: str) -> str:
    return text.replace("+", " ").strip().casefold()


def _option(text: str, options: Sequence[str], default: str) -> str:
    """Return the option that is meant, whatever its capitals and plus signs; else the default.

    Among numbers it is the nearest.
    """
    named = next((option for option in options if option.casefold() == _plain(text)), None)
    if named is not None:
        return named
    numbers = [_number(option) for option in options]
    value = _number(text)
    if math.isnan(value) or any(math.isnan(number) for number in numbers):
        return default
    return min(zip(numbers, options, strict=True), key=lambda row: abs(row[0] - value))[1]


def _number(text: str) -> float:
    """Return the number that a text is, NaN if it is none."""
    try:
        return float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return math.nan


def _same(text: str, value: float | str) -> bool:
    if isinstance(value, str):
        return text == value
    return _number(text) == value
