"""What a network writes with given settings, and what it expected at every character of it."""

import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.sources import Source
from lstm import generate
from lstm.network import Network
from lstm.readout import softmax
from lstm.sampling import beginning, distribution
from lstm.text import Vocabulary
from lstm.textstats.surprise import entropy, surprise
from visualization.expectations import Expected

LONGEST = 500  # characters of a prompt that are read
MOST_NUMBERS = 400_000  # characters of a text times those of the vocabulary: what is kept of a text


@dataclass(frozen=True)
class Draw:
    """How a text is drawn; see `lstm.generate`.  prompt: characters that the network knows."""

    prompt: str = ""
    temperature: float = 0.8
    top_k: int | None = None
    top_p: float | None = None
    length: int = 300
    seed: int = 1


@dataclass(frozen=True)
class Written:
    """A text with what its network made of it.

    text, the prompt first, which ends at `start`; new_line: whether it was read as if a line ended before
    it; else nothing was read before its first character; ids (L,); logits (L, V): what was expected at each
    character by who has read those before it; seconds: what the computation took.
    """

    text: str
    start: int
    new_line: bool
    ids: NDArray
    logits: NDArray
    seconds: float

    def expected(self, draw: Draw) -> Expected:
        """What was expected at every character, as the network has it and as it was drawn from."""
        before = softmax(self.logits.astype(np.float64))
        after = distribution(self.logits, draw.temperature, draw.top_k, draw.top_p)
        return Expected(before, after, self.ids, surprise(before, self.ids), entropy(before))


def write(source: Source, draw: Draw) -> Written:
    """The text, computed once for all who ask for the same."""
    length = min(draw.length, longest(source.checkpoint.vocabulary))
    return _write(source.checkpoint, source.key, replace(draw, length=length))


def first_part(written: Written, most: int) -> Written:
    """The first characters of a text, read as it was."""
    ids, logits = written.ids[:most], written.logits[:most]
    return replace(written, text=written.text[:most], start=min(written.start, most), ids=ids, logits=logits)


def longest(vocabulary: Vocabulary) -> int:
    """How many characters are written at most: fewer where there are thousands to choose from."""
    return max(100, MOST_NUMBERS // len(vocabulary) - LONGEST)


def read(source: Source, text: str) -> Written:
    """A text that was not written by the network, and what it expects there; known characters only."""
    return _read(source.checkpoint, source.key, text)


@memo(entries=60)
def _write(_checkpoint, key: str, draw: Draw) -> Written:
    net, vocabulary, started = _checkpoint.net, _checkpoint.vocabulary, time.perf_counter()
    with np.errstate(all="ignore"):  # the weights may be a stranger's, and huge
        drawn = generate(
            net, vocabulary, draw.prompt, draw.length, draw.temperature, draw.top_k, draw.top_p, draw.seed
        )
        text = draw.prompt + "".join(sampled.char for sampled in drawn)
        made = _expect(net, vocabulary, text, not draw.prompt)
    return replace(made, start=len(draw.prompt), seconds=time.perf_counter() - started)


@memo(entries=50)
def _read(_checkpoint, key: str, text: str) -> Written:
    return _expect(_checkpoint.net, _checkpoint.vocabulary, text, True)


def _expect(net: Network, vocabulary: Vocabulary, text: str, new_line: bool) -> Written:
    """Read a text.  Where nothing was read before its first character, only the readout's biases speak."""
    ids, start = vocabulary.encode(text), vocabulary.encode(beginning(vocabulary))
    logits = (
        net.run(np.concatenate([start, ids])).logits[:-1, 0]
        if new_line
        else np.concatenate([net.by[None], net.run(ids).logits[:-1, 0]])
    )
    return Written(text, 0, new_line, ids, np.asarray(logits, np.float32), 0.0)


def values(source: Source, written: Written, most: int = 500) -> dict[str, NDArray]:
    """Gates and states after each of the first characters of a text, by name, each (L, H)."""
    return _values(source.checkpoint, source.key, written.text[:most], written.new_line)


@memo(entries=8)
def _values(_checkpoint, key: str, text: str, new_line: bool) -> dict[str, NDArray]:
    net, vocabulary = _checkpoint.net, _checkpoint.vocabulary
    ids = vocabulary.encode(text)
    if new_line:
        ids = np.concatenate([vocabulary.encode(beginning(vocabulary)), ids])
    with np.errstate(all="ignore"):
        found = net.run(ids).values
    return {name: array[int(new_line) :, 0] for name, array in found.items()}
