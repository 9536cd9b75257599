"""Whether a text repeats itself, in a sentence."""

from lstm.textstats.repetition import longest_repeat, loop, repeated_share

PIECE = 20  # characters: a 20-gram
FREQUENT = 0.2  # from this share of repeated pieces on, a text is said to repeat itself
_LONGEST_QUOTE = 60  # characters


def repetition(text: str, piece: int = PIECE) -> str:
    """Say whether a text repeats itself, measured, and what it says again; plain text."""
    share, longest = repeated_share(text, piece), longest_repeat(text)
    measure = f"{share:.0%} of the {piece}-grams ({piece} characters in a row) repeat an earlier one"
    if end := loop(text):
        return f"The text ends in a loop of {len(end)} characters: “{_quoted(end)}”. {measure}."
    twice = f"The longest segment that occurs twice has {len(longest)} characters"
    if share >= FREQUENT:
        return f"The text repeats itself: {measure}. {twice}: “{_quoted(longest)}”."
    return f"{measure}. {twice}."


def _quoted(text: str) -> str:
    """Return a piece of text for a sentence that is shown as plain text: one line, not too long."""
    line = text.replace("\n", "⏎")
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 3]}…"
