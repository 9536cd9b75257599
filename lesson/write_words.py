"""What is said of a text that a network wrote; all of it measured."""

from lesson.sources import Source
from lesson.writing import Draw, Written
from lstm.repetition import known, longest_repeat, loop, repeated
from visualization.heat import shown_in_words

# The cheat sheet gives temperature in four places; this is all of it.
ADVICE = (
    "The usual advice: 0.5 to 0.8 writes coherently and 1.0 to 1.5 creatively; below, it repeats what is "
    "safe, above, it falls apart."
)
PIECE = 20  # characters
FREQUENT = 0.2  # of a text's pieces stood in it before: it repeats itself


def speed(written: Written) -> str:
    """How long it took."""
    count = len(written.text) - written.start
    return f"{count:,} characters, computed in {1000 * written.seconds:.0f} ms"


def surprises(written: Written, draw: Draw) -> str:
    """How surprised the network was by what it wrote itself."""
    found = written.expected(draw).surprise[written.start :]
    worst = int(found.argmax())
    char = shown_in_words(written.text[written.start + worst])
    return (
        f"On average its own text surprised it by {found.mean():.2f} bits a character, most by {char} at "
        f"character {written.start + worst + 1}: {found[worst]:.1f} bits."
    )


def repetition(text: str) -> str:
    """Whether a text repeats itself, measured, and what it says again."""
    again = repeated(text, PIECE)
    if said := loop(text):
        return f"**A loop**: it ends by saying “{_quoted(said)}” over and over."
    longest = longest_repeat(text)
    measure = f"{again:.0%} of its pieces of {PIECE} characters stood in it before"
    if again >= FREQUENT:
        return f"**It repeats itself**: {measure}; the longest is “{_quoted(longest)}”."
    if len(longest) < 2:
        return f"{measure[0].upper()}{measure[1:]}."
    return f"{measure}; the longest that comes twice has {len(longest)} characters."


def copied(source: Source, text: str) -> str:
    """How much of it stands in the text it learned from."""
    if source.text is None:
        return ""
    return f"{known(text, source.text, PIECE):.0%} of these pieces stand in the text it learned from."


def _quoted(text: str) -> str:
    """A piece of text for a sentence that is shown as plain text: one line, not too long."""
    line = text.replace("\n", "⏎")
    return line if len(line) <= 60 else f"{line[:57]}…"
