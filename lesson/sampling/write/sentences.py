"""What is said of a text that a network wrote; all of it measured."""

from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.sources import Source
from lesson.sampling.write.writing import Written
from lesson.widgets.repetition_sentence import PIECE
from lstm.textstats.repetition import known
from visualization.heat import shown_in_words

# The cheat sheet gives temperature in four places; this is all of it.
ADVICE = (
    "The usual advice: 0.5 to 0.8 writes coherently and 1.0 to 1.5 creatively; below, it repeats what is "
    "safe, above, it falls apart."
)


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


def copied(source: Source, text: str) -> str:
    """How much of it stands in the text it learned from."""
    return "" if source.text is None else _copied(source.key, text, source.text)


@memo(entries=200)
def _copied(key: str, text: str, _learned: str) -> str:
    # Kept: with more texts in use than the library keeps pieces of, each question would cost 30 ms.
    return f"{known(text, _learned, PIECE):.0%} of them stand in the text it learned from as well."
