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
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.readout import softmax
from lstm.sampling import beginning, walk
from lstm.storage.checkpoint import Checkpoint
from lstm.training import evaluate

CONTINUED = 150  # characters
MOST_UNITS = 50  # named, alone or in ranges
_MOST_WORDS = 200  # that name them: some may say the same
_SHORTEST = 100  # characters of held-out text for a loss


class Hold(NamedTuple):
    """A gate by its letter, and the value it is held at, 0 to 1."""

    gate: str
    value: float


@dataclass(frozen=True)
class Operation:
    """What is done to a network.

    hold: None if no gate is held; units: whose gate, all if None; cut: units whose state is 0; other_text:
    a text whose memory is put in, "" for none; layer: whose gates and units, from 0.
    """

    hold: Hold | None = None
    units: tuple[int, ...] | None = None
    cut: tuple[int, ...] = ()
    other_text: str = ""
    layer: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is done."""
        return self.hold is None and not self.cut and not self.other_text

    @property
    def changes_weights(self) -> bool:
        """Return whether something is held or cut, which can go on along a whole text."""
        return self.hold is not None or bool(self.cut)

    def apply(self, net: Network) -> Network:
        """Return the network after the operation; `net` itself is left alone."""
        hold = {self.hold.gate: self.hold.value} if self.hold else None
        return operate(net, hold, self.units, self.cut, self.layer)


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
    text, draw = passage.text[: character + 1], replace(draw, prompt="", length=CONTINUED)
    return _carry_out(network.checkpoint, network.key, text, passage.new_line, draw, operation)


@memo(entries=20)
def _carry_out(
    _checkpoint: Checkpoint, key: str, text: str, new_line: bool, draw: Draw, operation: Operation
) -> Outcome:
    net, vocabulary = _checkpoint.net, _checkpoint.vocabulary
    ids, before = vocabulary.encode(text), net.zero_state(1)
    read = np.concatenate([vocabulary.encode(beginning(vocabulary) if new_line else ""), ids])[:-1]
    with np.errstate(all="ignore"):  # the weights may be an upload's, and huge
        if len(read):
            before = net.run(read).state
        after = before
        if operation.other_text:
            memory = net.run(vocabulary.encode(operation.other_text)).state[-1]
            after = (*before[:-1], memory)  # C is the last of an LSTM's states, h the only one of the others
        pairs = [(net, before), (operation.apply(net), after)]
        results = [_continue(one, vocabulary.chars, int(ids[-1]), state, draw) for one, state in pairs]
    probabilities, texts, values = zip(*results, strict=True)
    return Outcome(probabilities, texts, values)


def _continue(
    net: Network, chars: Sequence[str], index: int, state: State, draw: Draw
) -> tuple[NDArray, str, dict[str, NDArray]]:
    """Return what is expected after a character, the text from it on, and gates and states along that."""
    steps = walk(
        net, [index], length=draw.length, temperature=draw.temperature, top_k=draw.top_k, top_p=draw.top_p,
        seed=draw.seed, state=state,
    )  # fmt: skip
    ids = [index, *(sampled.index for sampled in steps)]
    reading = net.run(ids, state)
    values = {name: array[:, 0] for name, array in reading.values.items()}
    return softmax(reading.logits[0, 0].astype(np.float64)), "".join(chars[k] for k in ids), values


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
