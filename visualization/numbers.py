"""Numbers as sentences, tables and axes write them: a true minus sign, powers as powers, no −0.00."""

import numpy as np

# Axes of powers of ten need ends: what is beyond them, 0 and infinity included, is marked there and named.
FLOOR, CEILING = 1e-40, 1e40


def number(value: float, digits: int = 2) -> str:
    """A number to so many digits after the point.

    A half is rounded to the even digit, as NumPy rounds the tables of the live cell: the same value
    looks the same everywhere.
    """
    scale = 10**digits
    text = f"{round(scale * float(value)) / scale:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def steps(value: float) -> str:
    """A number of steps, such as a half-life: 5.5 steps."""
    if value > 3000:
        return "more than 3,000 steps"
    return f"{number(value, 0 if round(10 * float(value)) >= 1000 else 1)} steps"


def percent(probability: float) -> str:
    """A probability; one that is small is not 0."""
    return f"{probability:.0%}" if probability >= 0.01 else "< 1%"


def scientific(value: float) -> str:
    """A number of any size: 0.31, or 2.0 · 10⁻⁴."""
    if value == 0:
        return "exactly 0"
    if not np.isfinite(value):
        return "more than any number" if value > 0 else "not a number"
    mantissa, exponent = f"{value:.1e}".split("e")
    if -2 <= int(exponent) <= 0:
        return f"{value:.2g}"
    return f"{value:.0f}" if 0 < int(exponent) <= 2 else f"{mantissa} · 10{superscript(int(exponent))}"


def superscript(exponent: int) -> str:
    """An exponent in raised digits."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
