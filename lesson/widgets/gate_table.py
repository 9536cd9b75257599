"""Statistics of gates as a small table; Markdown, which is drawn faster than any data frame."""

from collections.abc import Mapping
from typing import NamedTuple

from numpy.typing import NDArray

from lstm.diagnosis.probes import CLOSED, OPEN

GATES = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}


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
        return "**Gates.** A plain RNN has no gates: it rewrites its whole state at every character."
    ends = [f">\u00a0{OPEN}", f"<\u00a0{CLOSED}"]  # short, for phones
    if not spreads:
        ends = [f"open, above {OPEN}", f"closed, below {CLOSED}"]
    columns = ["mean", *(["spread"] if spreads else []), *ends]
    rows = [[head, *columns], ["---", *("--:" for _ in columns)]]
    for letter, (mean, is_open, is_closed) in gates.items():
        spread = [f"{spreads[letter]:.2f}"] if spreads else []
        rows.append(
            [f"**{letter}** {GATES[letter]}", f"{mean:.2f}", *spread, f"{is_open:.0%}", f"{is_closed:.0%}"]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
