"""Surgery on a network while it reads: what is done, what its text becomes, and what it costs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.passages import Draw, Passage
from lstm import InputError
from lstm.arrays import State
from lstm.interpret.clamped_gates import continue_clamped
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.readout import softmax
from lstm.sampling import beginning, walk
from lstm.text import Vocabulary
from lstm.together import Draws
from lstm.training import evaluate

CONTINUED = 150  # characters
MOST_UNITS = 50  # named, alone or in ranges
_MOST_WORDS = 200  # that name them: some may say the same
_SHORTEST = 100  # characters of held-out text for a loss


class Clamp(NamedTuple):
    """A gate by its letter, and the value it is clamped at, 0 to 1."""

    gate: str
    value: float


@dataclass(frozen=True)
class Operation:
    """What is done to a network.

    clamp: None if no gate is clamped; units: whose gate, all if None; ablate: units whose state is 0;
    other_text: a text whose memory is inserted, "" for none; layer: whose gates and units, from 0.
    """

    clamp: Clamp | None = None
    units: tuple[int, ...] | None = None
    ablate: tuple[int, ...] = ()
    other_text: str = ""
    layer: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is done."""
        return self.clamp is None and not self.ablate and not self.other_text

    @property
    def changes_weights(self) -> bool:
        """Return whether something is clamped or ablated, which can go on along a whole text."""
        return self.clamp is not None or bool(self.ablate)

    def apply(self, net: Network) -> Network:
        """Return the network after the operation; `net` itself is left alone."""
        clamp = {self.clamp.gate: self.clamp.value} if self.clamp else None
        return operate(net, clamp, self.units, self.ablate, self.layer)


@dataclass(frozen=True)
class Outcome:
    """What a network does without and with the operation, in this order, from the chosen character on.

    probabilities: what is expected after that character, (V,); texts: the continuations, which begin with
    it; values: gates and states along them by name, (L, H).
    """

    probabilities: tuple[NDArray, NDArray]
    texts: tuple[str, str]
    values: tuple[Mapping[str, NDArray], Mapping[str, NDArray]]

    @property
    def first_difference(self) -> int:
        """Return the first character that differs, from 0; −1 if none does."""
        differences = (k for k, (a, b) in enumerate(zip(*self.texts, strict=True)) if a != b)
        return next(differences, -1)


class Losses(NamedTuple):
    """The loss on held-out text, in nats per character, without and with an operation."""

    without: float
    with_it: float


def units_of(typed: str, size: int) -> tuple[int, ...] | None:
    """Return units from "3, 17, 20-25", or None for "all" or nothing.  Raises InputError in one sentence."""
    words = typed.replace(",", " ").split()
    if not words or [word.casefold() for word in words] == ["all"]:
        return None
    units: set[int] = set()
    for word in words[:_MOST_WORDS]:
        match = re.fullmatch(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?", word)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, size)
        if not first <= last < size:
            raise InputError(f"Units are whole numbers from 0 to {size - 1}, such as 3, 17, 20-25, or all.")
        units.update(range(first, last + 1))
    if len(units) > MOST_UNITS or len(words) > _MOST_WORDS:
        raise InputError(f"Name up to {MOST_UNITS} units, or write all.")
    return tuple(sorted(units))


def carry_out(
    network: TrainedNetwork, passage: Passage, character: int, draw: Draw, operation: Operation
) -> Outcome:
    """Do the operation from a character of a passage on, counted from 0."""
    start, draws = _Start.of(network, passage, character), _draws(passage, character, draw)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        one = operation.apply(start.net)
        parts = (
            start.go_on(start.net, draw.temperature, draws),
            start.after(operation).go_on(one, draw.temperature, draws),
        )
    return Outcome(*zip(*parts, strict=True))


def carry_out_along(
    network: TrainedNetwork,
    passage: Passage,
    character: int,
    draw: Draw,
    operation: Operation,
    values: Sequence[float],
    names: Sequence[str],
) -> list[Outcome]:
    """Do what `carry_out` does with the gate clamped at each of some values, all together.

    names: the gates and states whose values the outcomes have.
    """
    start, chars = _Start.of(network, passage, character), network.checkpoint.vocabulary
    assert operation.clamp is not None
    draws = _draws(passage, character, draw)
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        before = start.go_on(start.net, draw.temperature, draws)
        continuations = continue_clamped(
            start.net, start.index, start.state, operation.clamp.gate, values, operation.units,
            operation.layer, draw.temperature, draws, names,
        )  # fmt: skip
        parts = [
            (softmax(one.logits.astype(np.float64)), chars.decode(one.indices), one.values)
            for one in continuations
        ]
    return [Outcome(*zip(before, after, strict=True)) for after in parts]


class _Start(NamedTuple):
    """Where an operation begins: the network, the chosen character, and the state before it."""

    net: Network
    vocabulary: Vocabulary
    index: int
    state: State

    @classmethod
    def of(cls, network: TrainedNetwork, passage: Passage, character: int) -> "_Start":
        """Read a passage up to a character."""
        net, vocabulary = network.checkpoint.net, network.checkpoint.vocabulary
        ids = vocabulary.encode(passage.text[: character + 1])
        line = vocabulary.encode(beginning(vocabulary) if passage.new_line else "")
        read = np.concatenate([line, ids])[:-1]
        with np.errstate(all="ignore"):
            state = net.run(read).state if len(read) else net.zero_state(1)
        return cls(net, vocabulary, int(ids[-1]), state)

    def after(self, operation: Operation) -> "_Start":
        """Return the start with the memory of another text, if the operation puts one in."""
        if not operation.other_text:
            return self
        memory = self.net.run(self.vocabulary.encode(operation.other_text)).state[-1]
        # C is the last of an LSTM's states, h the only one of the others.
        return self._replace(state=(*self.state[:-1], memory))

    def go_on(
        self, net: Network, temperature: float, draws: Draws
    ) -> tuple[NDArray, str, dict[str, NDArray]]:
        """Return what is expected after the character, the text from it on, and gates and states along it."""
        steps = walk(net, [self.index], state=self.state, temperature=temperature, **vars(draws))
        ids = [self.index, *(sampled.index for sampled in steps)]
        reading = net.run(ids, self.state)
        values = {name: array[:, 0] for name, array in reading.values.items()}
        return softmax(reading.logits[0, 0].astype(np.float64)), self.vocabulary.decode(ids), values


def _draws(passage: Passage, character: int, draw: Draw) -> Draws:
    """Return how the text goes on: with the random numbers that its own next characters were drawn with."""
    offset = max(0, character + 1 - passage.start)
    return Draws(CONTINUED, draw.top_k, draw.top_p, draw.seed, offset)


def losses(network: TrainedNetwork, operation: Operation) -> Losses | None:
    """Return the losses on held-out text; None without such text, or if nothing can go on along all of it."""
    text = network.held_out
    if text is None or len(text) < _SHORTEST or not operation.changes_weights:
        return None
    without_text = replace(operation, other_text="")
    return Losses(_loss(network, network.key, Operation()), _loss(network, network.key, without_text))


@memo(entries=300)
def _loss(_network: TrainedNetwork, key: str, operation: Operation) -> float:
    ids = _network.checkpoint.vocabulary.encode(_network.held_out)
    with np.errstate(all="ignore"):
        return evaluate(operation.apply(_network.checkpoint.net), ids)
