"""What a model has learned, as shares that can be counted in the text it writes."""

import re
from collections.abc import Callable, Iterable

from assets.build.rhymes import rhyming_pairs
from lstm.interpret.imitation import closed_lines, known_words, share


def indented_consistently(lines: Iterable[str]) -> list[bool]:
    """For each line that is not blank: is it indented as the one before it allows?

    By multiples of four; exactly one level deeper after a colon, and never deeper without one; a new
    function starts at the margin.
    """
    verdicts, allowed, must = [], 0, False
    for line in lines:
        if not line.strip():
            allowed, must = 0, False
            continue
        indent = len(line) - len(line.lstrip(" "))
        right = indent == allowed if must else indent <= allowed
        verdicts.append(indent % 4 == 0 and right)
        must = line.endswith(":")
        allowed = indent + 4 if must else indent
    return verdicts


def indented_lines(written: str, learned: str) -> float:
    """Return the share of lines that are indented consistently."""
    return share(indented_consistently(written.split("\n")))


def counted_steps(written: str, learned: str) -> float:
    """Return the share of numbered steps whose number is one more than the one before, or 1 at the start."""
    verdicts, expected = [], 1
    for line in written.split("\n"):
        if match := re.match(r"(\d+)\. ", line):
            verdicts.append(int(match[1]) == expected)
            expected = int(match[1]) + 1
        else:
            expected = 1
    return share(verdicts)


def verse_lines(written: str, learned: str) -> float:
    """Return the share of lines that begin with a capital letter and end with a mark."""
    return share(line[0].isupper() and line[-1] in ".,?!" for line in written.split("\n") if line)


def rhymed_pairs(written: str, learned: str) -> float:
    """Return the share of pairs of lines that end on two different words of one sound."""
    return share(rhyming_pairs(written))


def new_names(written: str, learned: str) -> float:
    """Return the share of names that end like one of the text but are not in it: invented, not recited."""
    names = set(learned.split("\n"))
    endings = {name[-4:] for name in names}
    return share(name not in names and name[-4:] in endings for name in written.split("\n") if name)


# For each text: what is counted, what the count is called, and what is asked of it (None: nothing).
MEASURES: dict[str, tuple[Callable[[str, str], float], str, float | None]] = {
    "fables": (known_words, "words that its text has", 0.97),
    "brackets": (closed_lines, "lines that close what they open", 0.95),
    "programs": (indented_lines, "lines indented consistently", 0.90),
    "recipes": (counted_steps, "steps numbered in order", None),
    "rhymes": (verse_lines, "lines with a capital and a mark", None),
    "couplets": (rhymed_pairs, "pairs of lines that rhyme", 0.50),
    "places": (new_names, "new names with a right ending", None),
}
