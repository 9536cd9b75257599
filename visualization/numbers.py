"""Numbers as sentences, tables and axes write them: a true minus sign, powers as powers, no −0.00."""

from collections.abc import Callable, Sequence

import numpy as np

# Axes of powers of ten need ends: what is beyond them, 0 and infinity included, is marked there and named.
FLOOR, CEILING = 1e-40, 1e40
_MOST_DIGITS = 8  # after the point
_LEAST_REACH = 1e-7  # every axis of powers of ten reaches down to this


def number(value: float, digits: int = 2) -> str:
    """A number to so many digits after the point.

    A half is rounded to the even digit, as NumPy rounds the tables of the live cell: the same value
    looks the same everywhere.
    """
    scale = 10**digits
    text = f"{round(scale * float(value)) / scale:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def recomputable(
    values: Sequence[float], compute: Callable[[Sequence[float]], float], least: int = 2
) -> list[str]:
    """Write numbers with as many digits as it takes to get what is computed of them, to two digits.

    least: the fewest digits after the point.
    """
    result = number(compute(values))
    for digits in range(least, _MOST_DIGITS):
        if number(compute([round(float(value), digits) for value in values])) == result:
            return [number(value, digits) for value in values]
    return [number(value, _MOST_DIGITS) for value in values]


def difference(value: float, other: float, digits: int = 2) -> str:
    """Return by how much two numbers differ as they are written: who subtracts them gets the same."""
    scale = 10**digits
    apart = float(abs(np.round(scale * value) - np.round(scale * other)) / scale)
    return f"{apart:.{digits}f}"


def steps(value: float) -> str:
    """A number of steps, such as a half-life: 5.5 steps."""
    if value > 3000:
        return "more than 3,000 steps"
    if round(10 * float(value)) == 0:
        return "less than 0.1 steps"
    return f"{value:,.0f} steps" if round(10 * float(value)) >= 1000 else f"{number(value, 1)} steps"


def percent(probability: float) -> str:
    """A probability; one that is small is not 0."""
    return f"{probability:.0%}" if probability >= 0.01 else "< 1%"


def scientific(value: float) -> str:
    """A number of any size: 0.31, or 2.0 · 10⁻⁴; one that is only near 1 does not read as 1: 0.997."""
    if value == 0:
        return "exactly 0"
    if not np.isfinite(value):
        return "more than any number" if value > 0 else "not a number"
    mantissa, exponent = f"{value:.1e}".split("e")
    if -2 <= int(exponent) <= 0:
        return next((text for text in (f"{value:.{digits}g}" for digits in (2, 3, 4, 5)) if text != "1"), "1")
    return f"{value:.0f}" if 0 < int(exponent) <= 2 else f"{mantissa} · 10{superscript(int(exponent))}"


def factor(value: float) -> str:
    """By what something is multiplied: 3.3, 92, 5,370; a large one to three digits."""
    if not 1 <= value < 1e6:
        return scientific(value)
    return f"{value:.1f}" if value < 10 else f"{float(f'{value:.3g}'):,.0f}"


def perplexity(nats: float) -> str:
    """e to the power of a loss: among so many equally likely characters a network would be as unsure."""
    value = float(np.exp(min(float(nats), 700.0)))
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}" if value < 10**9 else "more than a billion"


def other_units(nats: float) -> str:
    """A loss in nats, in its two other units: 1.90 bits, perplexity 3.74."""
    return f"{nats / np.log(2):.2f} bits, perplexity {perplexity(nats)}"


def superscript(exponent: int) -> str:
    """An exponent in raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def decades(values: np.ndarray) -> tuple[int, int]:
    """Exponents of the axis' ends, in steps of five decades so that it rests while values move."""
    in_range = values[(values >= FLOOR) & (values <= CEILING)]
    smallest = min(float(in_range.min(initial=1.0)), _LEAST_REACH)
    largest = max(float(in_range.max(initial=1.0)), 1.0)
    return 5 * int(np.floor((np.log10(smallest) - 0.3) / 5)), max(3, 5 * int(np.ceil(np.log10(largest) / 5)))
