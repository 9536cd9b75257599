"""What is said of a text that a network wrote; all of it measured."""

import numpy as np
from numpy.typing import NDArray

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.passages import Passage
from lesson.widgets.repetition_sentence import PIECE
from lstm.textstats.repetition import copied_share
from lstm.textstats.surprise import entropy
from visualization.text import character_in_words

# The cheat sheet gives temperature in four places; this is all of it.
ADVICE = (
    "The usual advice: 0.5 to 0.8 writes coherently and 1.0 to 1.5 creatively; below, it repeats what is "
    "safe, above, it falls apart."
)


def speed(passage: Passage) -> str:
    """Say how long the text took."""
    count = len(passage.text) - passage.start
    others = f" at {passage.together} temperatures together" if passage.together > 1 else ""
    return f"{count:,} characters{others}, computed in {1000 * passage.seconds:.0f} ms"


def surprise_at_itself(passage: Passage, surprise: NDArray) -> str:
    """Say how the network's own text surprised it; surprise (L,) of each character, in bits."""
    bits = surprise[passage.start :]
    worst = int(bits.argmax())
    char = character_in_words(passage.text[passage.start + worst])
    return (
        f"On average its own text surprised it by {bits.mean():.2f} bits a character, most by {char} at "
        f"character {passage.start + worst + 1}: {bits[worst]:.1f} bits."
    )


def share_copied(network: TrainedNetwork, text: str) -> str:
    """Say how much of a text stands in the text that the network learned from."""
    if network.text is None:
        return ""
    return f"{copied_share(text, network.text, PIECE):.0%} of them stand in the text it learned from as well."


def certainty(probabilities: NDArray) -> list[str]:
    """Say how sure each draw is; probabilities (L, V) of what is drawn from."""
    return [f"as unsure as among {among:.1f}" for among in 2 ** entropy(np.asarray(probabilities))]
