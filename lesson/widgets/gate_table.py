"""Statistics of gates as a small table: Markdown, which is drawn faster than any data frame, or HTML."""

from collections.abc import Mapping
from typing import NamedTuple

from numpy.typing import NDArray

from lesson.widgets.inline_html import inline_html, table_html
from lstm.diagnosis.probes import CLOSED, OPEN

_NO_GATES = "**Gates.** A plain RNN has no gates: it writes its whole state anew at every character."
GATES = {"f": "forget", "i": "input", "o": "output", "z": "update", "r": "reset"}


class Shares(NamedTuple):
    """A gate's mean, and the shares of its values above OPEN and below CLOSED."""

    mean: float
    is_open: float
    is_closed: float


def shares_of(gate: NDArray) -> Shares:
    """Return the numbers of a gate, of any shape."""
    return Shares(float(gate.mean()), float((gate > OPEN).mean()), float((gate < CLOSED).mean()))


def gate_table(
    gates: Mapping[str, tuple[float, float, float]],
    head: str = "gate",
    spreads: Mapping[str, float] | None = None,
) -> str:
    """Return the table as Markdown; gates: the shares of each by its letter, empty for a plain RNN.

    spreads: their standard deviations, for a column more.
    """
    if not gates:
        return _NO_GATES
    head_row, *rows = _rows(gates, head, spreads)
    lines = [head_row, ["---", *("--:" for _ in head_row[1:])], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def gate_table_html(
    gates: Mapping[str, tuple[float, float, float]],
    head: str = "gate",
    spreads: Mapping[str, float] | None = None,
) -> str:
    """Return the same table as HTML, for drawings."""
    if not gates:
        return inline_html(_NO_GATES)
    head_row, *rows = _rows(gates, head, spreads)
    return table_html(head_row, rows)


def _rows(
    gates: Mapping[str, tuple[float, float, float]], head: str, spreads: Mapping[str, float] | None
) -> list[list[str]]:
    """Return the cells of the table in Markdown, its head first."""
    ends = [f">\u00a0{OPEN}", f"<\u00a0{CLOSED}"]  # short, for phones
    if not spreads:
        ends = [f"open, above {OPEN}", f"closed, below {CLOSED}"]
    rows = [[head, "mean", *(["std"] if spreads else []), *ends]]
    for letter, (mean, is_open, is_closed) in gates.items():
        spread = [f"{spreads[letter]:.2f}"] if spreads else []
        rows.append(
            [f"**{letter}** {GATES[letter]}", f"{mean:.2f}", *spread, f"{is_open:.0%}", f"{is_closed:.0%}"]
        )
    return rows
