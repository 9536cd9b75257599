"""What is said of a text that a network wrote; all of it measured."""

import math

import numpy as np
from numpy.typing import NDArray

from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.passages import Passage
from lesson.widgets.repetition_sentence import PIECE
from lstm.textstats.repetition import copied_share
from lstm.textstats.surprise import entropy
from visualization.numbers import perplexity
from visualization.text import character_in_words


def speed(passage: Passage) -> str:
    """Say how long the text took."""
    count = len(passage.text) - passage.start
    each = f" at each of {passage.together} temperatures" if passage.together > 1 else ""
    return f"{count:,} characters{each} were computed in {1000 * passage.seconds:.0f} ms"


def surprise_at_itself(passage: Passage, surprise: NDArray) -> str:
    """Say how the network's own text surprised it; surprise (L,) of each character, in bits."""
    bits = surprise[passage.start :]
    worst = int(bits.argmax())
    char = character_in_words(passage.text[passage.start + worst])
    return (
        f"The network's mean surprise at its own text is {in_bits(float(bits.mean()))}. The most surprising "
        f"character is number {passage.start + worst + 1}, {char}, with {bits[worst]:.1f} bits."
    )


def in_bits(bits: float) -> str:
    """Write a mean surprise with its perplexity, 2 to the bits: 1.91 bits per character, perplexity 3.75."""
    if not np.isfinite(bits):
        return "not a number"
    return f"{bits:.2f} bits per character (perplexity {perplexity(bits * math.log(2))})"


def share_copied(network: TrainedNetwork, text: str) -> str:
    """Say how much of a text stands in the text that the network learned from."""
    if network.learned is None:
        return ""
    share = copied_share(text, network.learned, PIECE)
    return f"{share:.0%} of the {PIECE}-grams also occur in the training text."


def certainty(probabilities: NDArray) -> list[str]:
    """Say how sure each draw is; probabilities (L, V) of what is drawn from."""
    return [like_a_choice(f"{among:.1f}") for among in 2 ** entropy(np.asarray(probabilities))]


def like_a_choice(among: str) -> str:
    """Say how unsure a distribution is by its perplexity."""
    return f"like a choice among {among} equally likely characters"
