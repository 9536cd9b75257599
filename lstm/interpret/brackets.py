"""Brackets and quotes: what a line of the bracket text has to close."""

from typing import NamedTuple

CLOSER = {"(": ")", "[": "]", "{": "}"}


class LineCount(NamedTuple):
    """How many lines close every bracket and quote that they open, and how many lines there are."""

    closed: int
    lines: int

    @property
    def share(self) -> float:
        """Return the share of lines that close everything."""
        return self.closed / self.lines


def closes_what_it_opens(line: str) -> bool:
    """Return whether every bracket outside quotes is closed by its own kind, and every quote."""
    waiting, quoted = [], False
    for char in line:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in CLOSER:
            waiting.append(CLOSER[char])
        elif not quoted and char in CLOSER.values() and (not waiting or waiting.pop() != char):
            return False
    return not waiting and not quoted


def count_closed_lines(text: str) -> LineCount:
    """Count the lines of a text and those that close what they open; the last one, cut off, is left out."""
    lines = [line for line in text.split("\n")[:-1] if line] or [text]
    return LineCount(sum(map(closes_what_it_opens, lines)), len(lines))
