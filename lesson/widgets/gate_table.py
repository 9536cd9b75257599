"""Statistics of gates as a small table; Markdown, which is drawn faster than any data frame."""

from collections.abc import Mapping

from numpy.typing import NDArray

GATES = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}
Shares = tuple[float, float, float]  # its mean, the share above 0.9, the share below 0.1


OPEN, CLOSED = 0.9, 0.1


def shares_of(gate: NDArray) -> Shares:
    """The numbers of a gate, of any shape."""
    return float(gate.mean()), float((gate > OPEN).mean()), float((gate < CLOSED).mean())


def gate_table(
    measured: Mapping[str, Shares], head: str = "gate", spreads: Mapping[str, float] | None = None
) -> str:
    """The table as Markdown; measured: each gate by its letter, none of them for a plain RNN.

    spreads: their standard deviations, for a column more.
    """
    if not measured:
        return "**Gates.** A plain RNN has no gates: it rewrites its whole state at every character."
    ends = [">\u00a00.9", "<\u00a00.1"] if spreads else ["open, above 0.9", "closed, below 0.1"]  # for phones
    columns = ["mean", *(["spread"] if spreads else []), *ends]
    rows = [[head, *columns], ["---", *("--:" for _ in columns)]]
    for letter, (mean, is_open, closed) in measured.items():
        spread = [f"{spreads[letter]:.2f}"] if spreads else []
        rows.append(
            [f"**{letter}** {GATES[letter]}", f"{mean:.2f}", *spread, f"{is_open:.0%}", f"{closed:.0%}"]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
