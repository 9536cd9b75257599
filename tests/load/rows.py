"""Lines of the table that a load test prints, and what stands in them."""

from typing import NamedTuple


class Row(NamedTuple):
    """A line of the table; figures: the numbers in it, by the names that tests.figures has for them."""

    what: str
    asked: str
    measured: str
    holds: bool
    figures: dict[str, float] = {}  # nobody writes into it


def p50(seconds: list[float]) -> float:
    """The median, in milliseconds."""
    return sorted(seconds)[len(seconds) // 2] * 1000 if seconds else float("nan")


def p95(seconds: list[float]) -> float:
    """The quantile that is asked for, in milliseconds."""
    return sorted(seconds)[int(0.95 * (len(seconds) - 1))] * 1000 if seconds else float("nan")


def worst(seconds: list[float]) -> float:
    """The slowest, in milliseconds."""
    return max(seconds) * 1000 if seconds else float("nan")


def figures_of(rows: list[Row]) -> dict[str, float | str | None]:
    """Return the numbers of all rows; amiss: what does not hold, also if it is in none of these numbers."""
    amiss = "; ".join(f"{row.what} ({row.measured})" for row in rows if not row.holds)
    return {name: value for row in rows for name, value in row.figures.items()} | {"amiss": amiss or None}


def print_rows(title: str, rows: list[Row]) -> None:
    """Print the table."""
    print(f"\n| {title} | asked | measured | |")
    print("|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.asked} | {row.measured} | {'holds' if row.holds else 'DOES NOT HOLD'} |")
