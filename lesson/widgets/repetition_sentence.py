"""Whether a text repeats itself, in a sentence."""

from lstm.textstats.repetition import longest_repeat, loop, repeated

PIECE = 20  # characters


FREQUENT = 0.2  # of a text's pieces repeat an earlier one: it repeats itself


def repetition(text: str, piece: int = PIECE) -> str:
    """Whether a text repeats itself, measured, and what it says again; plain text."""
    again, longest = repeated(text, piece), longest_repeat(text)
    measure = f"{again:.0%} of its stretches of {piece} characters repeat an earlier one"
    if said := loop(text):
        return f"It ends in a loop of {len(said)} characters, “{_quoted(said)}” over and over; {measure}."
    twice = f"the longest that comes twice has {len(longest)} characters"
    if again >= FREQUENT:
        return f"It repeats itself: {measure}; {twice}, “{_quoted(longest)}”."
    return f"{measure}; {twice}."


def _quoted(text: str) -> str:
    """A piece of text for a sentence that is shown as plain text: one line, not too long."""
    line = text.replace("\n", "⏎")
    return line if len(line) <= 60 else f"{line[:57]}…"
