"""Passages of text, written by a network or only read by it, with what it expected at every character."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.layers import of_layer
from lesson.sampling.networks import TrainedNetwork, is_own
from lstm import generate
from lstm.network import Network
from lstm.readout import softmax
from lstm.sampling import beginning, distribution
from lstm.storage.checkpoint import Checkpoint
from lstm.text import Vocabulary
from lstm.textstats.surprise import entropy, surprise
from lstm.together import Draws, walk_along
from visualization.drawings.expectations import Expected

LONGEST_PROMPT = 500  # characters that are read
MOST_LOGITS = 400_000  # characters of a text times those of the vocabulary: what is kept of a passage
_SHORTEST = 100  # characters that are written whatever the vocabulary
_MOST_VALUES = 500  # characters whose gates and states are kept


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
class Passage:
    """A text with what a network made of it.

    text, the prompt first, which ends at `start`; new_line: whether it was read as if a line ended before
    it, else nothing was read before its first character; ids (L,); logits (L, V): what was expected at each
    character after all those before it; seconds: what the computation took, of so many texts
    together.
    """

    text: str
    start: int
    new_line: bool
    ids: NDArray
    logits: NDArray
    seconds: float
    together: int = 1

    @property
    def new_text(self) -> str:
        """Return the text without its prompt."""
        return self.text[self.start :]

    @property
    def probabilities(self) -> NDArray:
        """Return what the network expected at every character, (L, V)."""
        return softmax(self.logits.astype(np.float64))

    def expected(self, draw: Draw) -> Expected:
        """Return what was expected at every character: by the network, and as it was drawn from."""
        before = self.probabilities
        after = distribution(self.logits, draw.temperature, draw.top_k, draw.top_p)
        return Expected(before, after, self.ids, surprise(before, self.ids), entropy(before))

    def first_part(self, most: int) -> "Passage":
        """Return its first characters, read as they were."""
        ids, logits = self.ids[:most], self.logits[:most]
        return replace(self, text=self.text[:most], start=min(self.start, most), ids=ids, logits=logits)


def write(network: TrainedNetwork, draw: Draw) -> Passage:
    """Let a network write; the same text is computed once for everybody, and one that is private not kept."""
    length = min(draw.length, longest_text(network.checkpoint.vocabulary))
    compute = _write.function if draw.prompt or is_own(network) else _write
    return compute(network.checkpoint, network.key, replace(draw, length=length))


def read(network: TrainedNetwork, text: str) -> Passage:
    """Let a network read a text of characters that it knows."""
    return _read(network.checkpoint, network.key, text)


def gates_and_states(network: TrainedNetwork, passage: Passage, layer: int = 0) -> dict[str, NDArray]:
    """Return a layer's gates and states after each of a passage's first 500 characters, by name, (L, H)."""
    values = _gates_and_states(network.checkpoint, network.key, passage.text[:_MOST_VALUES], passage.new_line)
    return of_layer(values, layer, network.checkpoint.net.layers)


def longest_text(vocabulary: Vocabulary) -> int:
    """Return how many characters are written at most: fewer where there are thousands to choose from."""
    return max(_SHORTEST, MOST_LOGITS // len(vocabulary) - LONGEST_PROMPT)


@memo(entries=60)
def _write(_checkpoint: Checkpoint, key: str, draw: Draw) -> Passage:
    net, vocabulary, before = _checkpoint.net, _checkpoint.vocabulary, time.perf_counter()
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        steps = list(
            generate(
                net, vocabulary, draw.prompt, draw.length, draw.temperature, draw.top_k, draw.top_p, draw.seed
            )
        )
        logits = np.array([sampled.logits for sampled in steps]).reshape(len(steps), -1)
        passage = _passage(net, vocabulary, draw.prompt, [sampled.index for sampled in steps], logits)
    return replace(passage, seconds=time.perf_counter() - before)


def write_along(network: TrainedNetwork, draw: Draw, temperatures: Sequence[float]) -> list[Passage]:
    """Let a network write at each of some temperatures: what `write` returns, computed together."""
    net, vocabulary, before = network.checkpoint.net, network.checkpoint.vocabulary, time.perf_counter()
    draws = Draws(min(draw.length, longest_text(vocabulary)), draw.top_k, draw.top_p, draw.seed)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        prompt = vocabulary.encode(draw.prompt or beginning(vocabulary))
        indices, logits = walk_along(net, prompt, temperatures, draws)
        passages = [
            _passage(net, vocabulary, draw.prompt, indices[:, row], logits[:, row])
            for row in range(len(temperatures))
        ]
    seconds, together = time.perf_counter() - before, len(passages)
    return [replace(passage, seconds=seconds, together=together) for passage in passages]


def _passage(
    net: Network, vocabulary: Vocabulary, prompt: str, new: Sequence[int] | NDArray, logits: NDArray
) -> Passage:
    """Return a prompt with what follows; new (L,): its characters, logits (L, V) of each draw."""
    read = _expect_prompt(net, vocabulary, prompt) if prompt else np.empty((0, net.output_size), net.dtype)
    ids = np.concatenate([vocabulary.encode(prompt), np.asarray(new, np.intp)])
    logits = np.concatenate([read, logits]).astype(np.float32)
    return Passage(prompt + vocabulary.decode(new), len(prompt), not prompt, ids, logits, 0.0)


def _expect_prompt(net: Network, vocabulary: Vocabulary, prompt: str) -> NDArray:
    """Return what is expected at a prompt's characters, (L, V); before the first only the biases speak."""
    return np.concatenate([net.by[None], net.run(vocabulary.encode(prompt)).logits[:-1, 0]])


@memo(entries=50)
def _read(_checkpoint: Checkpoint, key: str, text: str) -> Passage:
    net, vocabulary = _checkpoint.net, _checkpoint.vocabulary
    ids, start = vocabulary.encode(text), vocabulary.encode(beginning(vocabulary))
    with np.errstate(all="ignore"):
        logits = net.run(np.concatenate([start, ids])).logits[:-1, 0]
    return Passage(text, 0, True, ids, np.asarray(logits, np.float32), 0.0)


@memo(entries=8)
def _gates_and_states(_checkpoint: Checkpoint, key: str, text: str, new_line: bool) -> dict[str, NDArray]:
    net, vocabulary = _checkpoint.net, _checkpoint.vocabulary
    ids = vocabulary.encode(text)
    if new_line:
        ids = np.concatenate([vocabulary.encode(beginning(vocabulary)), ids])
    with np.errstate(all="ignore"):
        values = net.run(ids).values
    return {name: array[int(new_line) :, 0] for name, array in values.items()}
