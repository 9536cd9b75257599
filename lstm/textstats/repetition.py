"""How much a text repeats itself, and how much of it is another text's: pieces that are equal to the letter.

A piece is n characters in a row; a text of L characters has L − n + 1 of them.
"""

from functools import lru_cache

from lstm.errors import LARGEST_SETTING, whole_number


def repeated_share(text: str, n: int = 20) -> float:
    """Return the share of pieces of n characters that stood in the text before; 0 if it is too short.

    It grows with the length of the text, so only texts of one length can be compared.
    """
    count = len(text) - _length(n) + 1
    return 1 - len(set(_pieces(text, n))) / count if count > 0 else 0.0


def copied_share(text: str, reference: str, n: int = 20) -> float:
    """Return the share of pieces of n characters that stand in a reference too; 0 for too short a text."""
    pieces = _pieces(text, _length(n))
    return sum(piece in _set_of_pieces(reference, n) for piece in pieces) / len(pieces) if pieces else 0.0


def longest_repeat(text: str) -> str:
    """Find the longest piece that stands in a text twice, the first of several; the two may overlap."""
    best = ""
    for start in range(len(text)):
        # One more character than the longest found so far, as often as it goes.
        while text.find(longer := text[start : start + len(best) + 1], start + 1) >= 0:
            best = longer
    return best


def longest_copy(text: str, reference: str) -> str:
    """Find the longest piece of a text that stands in a reference too, the first of several."""
    best = ""
    for start in range(len(text)):
        while start + len(best) < len(text) and (longer := text[start : start + len(best) + 1]) in reference:
            best = longer
    return best


def loop(text: str, times: int = 3, least: int = 60) -> str:
    """Find what a text says over and over at its end; empty if there is nothing.

    It is the shortest piece that stands there in a row, at least `times` times and over at least `least`
    characters.

    "The fox ate. ate. ate." ends in a loop of " ate." with least=15.
    """
    least = whole_number("least", least, 1, LARGEST_SETTING)
    for period in range(1, len(text) // whole_number("times", times, 2, LARGEST_SETTING) + 1):
        often = max(times, -(-least // period))  # rounded up
        if text.endswith(text[-period:] * often):
            return text[-period:]
    return ""


def _length(n: int) -> int:
    return whole_number("n", n, 1, LARGEST_SETTING)


def _pieces(text: str, n: int) -> list[str]:
    return [text[start : start + n] for start in range(len(text) - n + 1)]


@lru_cache(maxsize=4)
def _set_of_pieces(text: str, n: int) -> frozenset[str]:
    """Return the set of a text's pieces; cached, because sample after sample is compared with one text."""
    return frozenset(_pieces(text, n))
