"""Statistics of gates as a small table; Markdown, which is drawn faster than any data frame."""

from collections.abc import Mapping

GATES = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}
Shares = tuple[float, float, float]  # its mean, the share above 0.9, the share below 0.1


def gate_table(measured: Mapping[str, Shares], head: str = "gate") -> str:
    """The table as Markdown; measured: each gate by its letter, none of them for a plain RNN."""
    if not measured:
        return "**Gates.** A plain RNN has no gates: it rewrites its whole state at every character."
    rows = [
        f"| **{letter}** {GATES[letter]} | {mean:.2f} | {is_open:.0%} | {closed:.0%} |"
        for letter, (mean, is_open, closed) in measured.items()
    ]
    return "\n".join([f"| {head} | mean | open, above 0.9 | closed, below 0.1 |", "|---|--:|--:|--:|", *rows])
