"""What is said of a text that a network wrote; all of it measured."""

import streamlit as st
from numpy.typing import NDArray

from lesson.sources import Source
from lesson.writing import Written
from lstm.repetition import known, longest_repeat, loop, repeated
from visualization.heat import shown_in_words

# The cheat sheet gives temperature in four places; this is all of it.
ADVICE = (
    "The usual advice: 0.5 to 0.8 writes coherently and 1.0 to 1.5 creatively; below, it repeats what is "
    "safe, above, it falls apart."
)
PIECE = 20  # characters
FREQUENT = 0.2  # of a text's pieces repeat an earlier one: it repeats itself


def speed(written: Written) -> str:
    """How long it took."""
    count = len(written.text) - written.start
    return f"{count:,} characters, computed in {1000 * written.seconds:.0f} ms"


def surprises(written: Written, surprise: NDArray) -> str:
    """How surprised the network was by what it wrote itself; surprise (L,) of each character, in bits."""
    found = surprise[written.start :]
    worst = int(found.argmax())
    char = shown_in_words(written.text[written.start + worst])
    return (
        f"On average its own text surprised it by {found.mean():.2f} bits a character, most by {char} at "
        f"character {written.start + worst + 1}: {found[worst]:.1f} bits."
    )


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


def copied(source: Source, text: str) -> str:
    """How much of it stands in the text it learned from."""
    return "" if source.text is None else _copied(source.key, text, source.text)


@st.cache_data(show_spinner=False, max_entries=200)
def _copied(key: str, text: str, _learned: str) -> str:
    # Kept: with more texts in use than the library keeps pieces of, each question would cost 30 ms.
    return f"{known(text, _learned, PIECE):.0%} of them stand in the text it learned from as well."


def _quoted(text: str) -> str:
    """A piece of text for a sentence that is shown as plain text: one line, not too long."""
    line = text.replace("\n", "⏎")
    return line if len(line) <= 60 else f"{line[:57]}…"
